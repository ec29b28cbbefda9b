import { describe, expect, it } from 'vitest';
import { openDesk } from './core-desk.ts';

describe('a connection to C1 that died without a word', () => {
  it('after sleep is replaced at once, and Xero is looked at', async () => {
    const desk = await openDesk();
    await desk.settle();
    const looks = desk.calls('connections');
    desk.sandbox.c1.wire.forget();
    await desk.connector.wake();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(desk.calls('connections')).toBeGreaterThan(looks);
    expect(desk.snapshot.c1).toMatchObject({ kind: 'connected' });
  });

  it('on another network is replaced at once, and Xero isn’t asked for that', async () => {
    const desk = await openDesk();
    await desk.settle();
    const looks = desk.calls('connections');
    desk.sandbox.c1.wire.forget();
    await desk.connector.reconnect();
    const polled = desk.sandbox.c1.events('poll').length;
    await desk.sandbox.c1.waitFor('poll', () => desk.sandbox.c1.events('poll').length > polled);
    expect(desk.calls('connections')).toBe(looks);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });
});
