import { describe, expect, it } from 'vitest';
import { followNetwork } from '../../../main/desktop/network-return.ts';
import { FakeClock } from '../fake-clock.ts';

const SOON = 5000;

function following(online: boolean) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const network = { online, returns: 0 };
  const ended = followNetwork(
    { isOnline: () => network.online, clock, onReturn: () => (network.returns += 1) },
    stop.signal,
  );
  return { clock, stop, network, ended };
}

describe('the network', () => {
  it('is noticed within seconds each time it comes back', async () => {
    const { clock, network } = following(true);
    await clock.advance(10 * SOON);
    expect(network.returns).toBe(0);
    for (const returns of [1, 2]) {
      network.online = false;
      await clock.advance(10 * SOON);
      expect(network.returns).toBe(returns - 1);
      network.online = true;
      await clock.advance(SOON);
      expect(network.returns).toBe(returns);
    }
    await clock.advance(10 * SOON);
    expect(network.returns).toBe(2);
  });

  it('may be away when the app starts', async () => {
    const { clock, network } = following(false);
    network.online = true;
    await clock.advance(SOON);
    expect(network.returns).toBe(1);
  });

  it('isn’t watched any more once the app quits', async () => {
    const { clock, stop, network, ended } = following(false);
    stop.abort();
    await ended;
    network.online = true;
    await clock.advance(10 * SOON);
    expect(network.returns).toBe(0);
  });
});
