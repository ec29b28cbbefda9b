import { describe, expect, it } from 'vitest';
import { FakeClock } from '../unit/fake-clock.ts';
import type { Failure } from '../../shared/errors.ts';
import {
  DONE,
  HARBOUR,
  KAURI,
  openDesk,
  refused,
  type Desk,
  type DeskOptions,
} from './core-desk.ts';

const HOUR = 3_600_000;

/** Signed in, and looked at once. */
async function settled(options: DeskOptions = {}): Promise<Desk> {
  const desk = await openDesk(options);
  await desk.signInFor([KAURI]);
  return desk;
}

function troubleOf(desk: Desk, organisation: string): Failure | undefined {
  const state = desk.organisation(organisation)?.state;
  return state?.kind === 'failed' ? state.because : undefined;
}

describe('the next look', () => {
  it('is shown, and comes when a pause is over that Xero asked for', async () => {
    const desk = await settled();
    expect(desk.snapshot.nextLook).toBeGreaterThan(Date.now());
    expect(desk.snapshot.nextLook).toBeLessThan(Date.now() + HOUR);

    const fault = { kind: 'status', status: 429, retryAfter: 18 * 3600, problem: 'day' } as const;
    desk.sandbox.xero.fail({ endpoint: 'users', fault });
    await desk.intents.checkXeroNow();
    const because = troubleOf(desk, KAURI);
    expect(because).toMatchObject({ code: 'xeroRateLimited' });
    expect(desk.snapshot.nextLook).toBe(because?.retryAt);
    expect(desk.snapshot.nextLook).toBeGreaterThan(Date.now() + 17 * HOUR);

    // A check by hand doesn't ask Xero before its time either.
    const calls = desk.calls('users');
    await desk.intents.checkXeroNow();
    expect(desk.calls('users')).toBe(calls);
    expect(desk.snapshot.nextLook).toBe(troubleOf(desk, KAURI)?.retryAt);
    expect(desk.snapshot.nextLook).toBeGreaterThan(Date.now() + 17 * HOUR);
  });

  it('isn’t held back by the long pause of another organisation', async () => {
    const clock = new FakeClock(Date.now());
    const desk = await openDesk({ clock });
    await desk.signInFor([KAURI, HARBOUR]);
    const { id: organisationId } = desk.sandbox.world.organisation(HARBOUR);
    const fault = { kind: 'status', status: 429, retryAfter: 18 * 3600, problem: 'day' } as const;
    desk.sandbox.xero.fail({ endpoint: 'users', fault, organisationId });
    await desk.intents.checkXeroNow();
    const until = troubleOf(desk, HARBOUR)?.retryAt;
    expect(until).toBe(clock.now() + 18 * HOUR);

    const asked = desk.calls('users');
    await clock.advance(0.6 * HOUR);
    const at = clock.now();
    await desk.until(() => {
      const state = desk.organisation(KAURI)?.state;
      return state?.kind === 'read' && state.at > at - 0.2 * HOUR;
    });
    expect(desk.calls('users')).toBe(asked + 1);
    expect(troubleOf(desk, HARBOUR)?.retryAt).toBe(until);
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

describe('the last calls of an organisation’s day', () => {
  it('are C1’s: a check by hand says so instead of spending them', async () => {
    const desk = await settled({ limits: { day: 104 } });
    let checked = await desk.intents.checkXeroNow();
    for (let more = 0; checked.ok && more < 5; more += 1) {
      checked = await desk.intents.checkXeroNow();
    }
    expect(checked).toMatchObject(refused('xeroRateLimited', 'wait'));
    expect(checked.ok ? '' : checked.failure.message).toContain('kept for C1’s syncs');
    expect(desk.organisation(KAURI)).toMatchObject({
      state: { kind: 'read' },
      today: { left: 100, forC1Alone: true },
    });
    const calls = desk.calls('users');
    await desk.intents.checkXeroNow();
    await desk.connector.wake();
    expect(desk.calls('users')).toBe(calls);

    expect(await desk.connectC1()).toMatchObject(DONE);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(desk.organisation(KAURI)?.today?.left).toBe(99);
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
