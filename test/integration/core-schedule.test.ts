import { describe, expect, it } from 'vitest';
import { FakeClock } from '../unit/fake-clock.ts';
import { DONE, KAURI, openDesk, refused, type Desk, type DeskOptions } from './core-desk.ts';

const HOUR = 3_600_000;

/** Signed in, and looked at once. */
async function settled(options: DeskOptions = {}): Promise<Desk> {
  const desk = await openDesk(options);
  await desk.signInFor([KAURI]);
  return desk;
}

describe('the next look', () => {
  it('is shown, and comes when a pause is over that Xero asked for', async () => {
    const desk = await settled();
    expect(desk.snapshot.nextLook).toBeGreaterThan(Date.now());
    expect(desk.snapshot.nextLook).toBeLessThan(Date.now() + HOUR);

    const fault = { kind: 'status', status: 429, retryAfter: 18 * 3600, problem: 'day' } as const;
    desk.sandbox.xero.fail({ endpoint: 'users', fault });
    await desk.intents.checkXeroNow();
    const state = desk.organisation(KAURI)?.state;
    const because = state?.kind === 'failed' ? state.because : undefined;
    expect(because).toMatchObject({ code: 'xeroRateLimited' });
    expect(desk.snapshot.nextLook).toBe(because?.retryAt);
    expect(desk.snapshot.nextLook).toBeGreaterThan(Date.now() + 17 * HOUR);

    // The admin may look in spite of it; what that finds counts.
    expect(await desk.intents.checkXeroNow()).toMatchObject(DONE);
    expect(desk.snapshot.nextLook).toBeLessThan(Date.now() + HOUR);
  });

  it('comes by itself, when it was said to come', async () => {
    const clock = new FakeClock(Date.now());
    const desk = await settled({ clock });
    const fault = { kind: 'status', status: 429, retryAfter: 300, problem: 'minute' } as const;
    desk.sandbox.xero.fail({ endpoint: 'connections', fault });
    expect(await desk.intents.checkXeroNow()).toMatchObject(refused('xeroRateLimited', 'wait'));
    const calls = desk.calls('connections');
    await clock.advance(299_000);
    expect(desk.calls('connections')).toBe(calls);
    await clock.advance(1000);
    expect(await desk.until(({ sync }) => sync.kind === 'done')).toMatchObject({
      sync: { at: clock.now(), for: 'look' },
    });
    expect(desk.calls('connections')).toBe(calls + 1);
  });
});

describe('when the computer or its network is back', () => {
  it('what waited goes on at once, at Xero and at C1', async () => {
    const desk = await settled();
    expect(await desk.connectC1()).toMatchObject(DONE);
    desk.sandbox.xero.fail({ endpoint: 'connections', fault: { kind: 'reset' }, times: Infinity });
    expect(await desk.intents.checkXeroNow()).toMatchObject(refused('xeroUnreachable', 'wait'));
    desk.sandbox.xero.clearFaults();
    await desk.connector.wake();
    expect(desk.snapshot).toMatchObject({
      sync: { kind: 'done', for: 'look' },
      c1: { kind: 'connected' },
    });
  });

  it('a pause that Xero asked for is still respected', async () => {
    const desk = await settled();
    const fault = { kind: 'status', status: 429, retryAfter: 18 * 3600, problem: 'day' } as const;
    desk.sandbox.xero.fail({ endpoint: 'connections', fault });
    expect(await desk.intents.checkXeroNow()).toMatchObject(refused('xeroRateLimited', 'wait'));
    const { nextLook } = desk.snapshot;
    const calls = desk.calls('connections');
    await desk.connector.wake();
    expect(desk.calls('connections')).toBe(calls);
    expect(desk.snapshot.nextLook).toBe(nextLook);
  });

  it('nothing is looked at before somebody has signed in', async () => {
    const desk = await openDesk();
    await desk.connector.wake();
    expect(desk.calls('connections')).toBe(0);
    expect(desk.snapshot.sync).toEqual({ kind: 'idle' });
  });
});
