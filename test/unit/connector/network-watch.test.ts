import { describe, expect, it } from 'vitest';
import { watchNetwork } from '../../../main/connector/network-watch.ts';
import { FakeClock } from '../fake-clock.ts';

const SOON = 5000;
const HOME = '192.168.1.20';
const PHONE = '172.20.10.3';

async function watching(address: string | null) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const network = { address };
  const told: string[] = [];
  const ended = watchNetwork(
    {
      clock,
      address: () => Promise.resolve(network.address),
      onReturn: () => told.push('return'),
      onMove: () => told.push('move'),
    },
    stop.signal,
  );
  await clock.untilAsleep();
  return { clock, stop, network, told, ended };
}

describe('the network', () => {
  it('is noticed within seconds each time it comes back, be it the same or another', async () => {
    const { clock, network, told } = await watching(HOME);
    await clock.advance(10 * SOON);
    expect(told).toEqual([]);
    for (const next of [HOME, PHONE]) {
      network.address = null;
      await clock.advance(10 * SOON);
      network.address = next;
      await clock.advance(SOON);
    }
    await clock.advance(10 * SOON);
    expect(told).toEqual(['return', 'return']);
  });

  it('is noticed within seconds when it becomes another without being away', async () => {
    const { clock, network, told } = await watching(HOME);
    network.address = PHONE;
    await clock.advance(SOON);
    expect(told).toEqual(['move']);
    await clock.advance(10 * SOON);
    expect(told).toEqual(['move']);
  });

  it('may be away when the app starts', async () => {
    const { clock, network, told } = await watching(null);
    network.address = HOME;
    await clock.advance(SOON);
    expect(told).toEqual(['return']);
  });

  it('isn’t watched any more once the app quits', async () => {
    const { clock, stop, network, told, ended } = await watching(null);
    stop.abort();
    await ended;
    network.address = HOME;
    await clock.advance(10 * SOON);
    expect(told).toEqual([]);
  });
});
