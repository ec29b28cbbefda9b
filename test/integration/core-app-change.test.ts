import { describe, expect, it } from 'vitest';
import { tell } from '../../shared/history-words.ts';
import type { PastedXeroApp } from '../../shared/intents.ts';
import { keptFor, registerApp } from './core-apps.ts';
import { DONE, HARBOUR, KAURI, openDesk, refused, type Desk } from './core-desk.ts';
import { keychainLocked, visit } from './core-surroundings.ts';

const ADMIN = 'aroha.ngata@kauri.example';
const BOTH = [KAURI, HARBOUR] as const;

/** Signed in with a desktop app that reaches two organisations, and another app registered. */
async function atWork() {
  const desk = await openDesk();
  await desk.settle(BOTH);
  const { registered, pasted } = registerApp(desk, 'web', { name: 'The new one' });
  const [{ id: signInId } = { id: '' }] = desk.snapshot.xero;
  const change = (organisation: string, app: PastedXeroApp = pasted) => {
    desk.browser.plan = { email: ADMIN, organisation };
    return desk.intents.changeXeroApp({ signInId, app });
  };
  const connect = (organisation: string) => {
    desk.browser.plan = { email: ADMIN, organisation };
    const fresh = desk.snapshot.xero.find(({ clientId }) => clientId === pasted.clientId);
    return desk.intents.connectAnother({ signInId: fresh?.id ?? '' });
  };
  const synced = async (): Promise<number | undefined> => {
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    return desk.snapshot.uploaded?.counts.organisations;
  };
  return { desk, signInId, registered, pasted, change, connect, synced };
}

const appsOf = ({ snapshot: { xero } }: Desk) => xero.map(({ app }) => app);
const told = ({ snapshot: { events } }: Desk) => events.map(({ event }) => tell(event).sentence);

describe('changing the Xero app', () => {
  it('keeps the old one until the new one reaches all that is governed, and C1 misses nothing', async () => {
    const { desk, signInId, pasted, change, connect, synced } = await atWork();
    expect(await synced()).toBe(2);
    expect(await change(KAURI)).toMatchObject(DONE);
    expect(desk.snapshot.appChange).toEqual({ from: signInId, clientId: pasted.clientId });
    expect(appsOf(desk)).toEqual(['desktop', 'web']);
    expect(await synced()).toBe(2);

    // The app may end between any two steps.
    await desk.restart();
    await desk.until(({ appChange }) => appChange?.from === signInId);
    expect(await synced()).toBe(2);

    expect(await connect(HARBOUR)).toMatchObject(DONE);
    await desk.until(({ appChange }) => appChange === undefined);
    expect(appsOf(desk)).toEqual(['web']);
    expect(keptFor(desk)).toEqual({ tokens: 1, secrets: 1 });
    expect(desk.settings.read()).toMatchObject({ appChange: null, signIns: [{ app: 'web' }] });
    expect(await synced()).toBe(2);
    expect(told(desk)).toContain(
      'The new Xero app took over; the sign-in with the one before isn’t kept here any more',
    );
    expect(told(desk).join()).not.toContain('Nothing new was connected');
    // Other computers may use the old app: its consent stays at Xero.
    expect(desk.calls('revocation')).toBe(0);
    expect(desk.sandbox.xero.connections(desk.app)).toHaveLength(2);
  });

  it('lets the old one go only after the sync that reads through it', async () => {
    const { desk, change, connect, synced } = await atWork();
    await change(KAURI);
    let letGo = (): void => undefined;
    const until = new Promise<void>((resolve) => (letGo = resolve));
    const { xero, world, c1 } = desk.sandbox;
    const organisationId = world.organisation(HARBOUR).id;
    xero.fail({ endpoint: 'users', organisationId, fault: { kind: 'hold', until } });
    const seen = desk.calls('users');
    const task = c1.enqueue('sync_full');
    await xero.arrived('users', seen + BOTH.length);

    expect(await connect(HARBOUR)).toMatchObject(DONE);
    expect(appsOf(desk)).toEqual(['desktop', 'web']);
    letGo();
    expect(await desk.finished(task)).toMatchObject({ outcome: { ok: true } });
    await desk.until(({ appChange, xero: left }) => appChange === undefined && left.length === 1);
    expect(appsOf(desk)).toEqual(['web']);
    expect(await synced()).toBe(2);
  });

  it('goes on after a look that ended while somebody was still signing in', async () => {
    const { desk, signInId, pasted, synced } = await atWork();
    const { browser } = desk;
    const seen = browser.opened.length;
    browser.plan = 'wait';
    const changed = desk.intents.changeXeroApp({ signInId, app: pasted });
    await desk.until(() => browser.opened.length > seen);
    expect(await synced()).toBe(2);
    await visit(browser.opened.at(-1) ?? '', { email: ADMIN, organisation: KAURI });
    expect(await changed).toMatchObject(DONE);
    expect(desk.snapshot.appChange).toEqual({ from: signInId, clientId: pasted.clientId });
  });

  it('that is cancelled at Xero, or not kept, leaves all as it was', async () => {
    const { desk, change, synced } = await atWork();
    desk.keychain.breakDown(keychainLocked, ['write']);
    expect(await change(KAURI)).toMatchObject(refused('keychainLocked', 'unlockKeychain'));
    desk.keychain.mend();
    expect(desk.snapshot.appChange).toBeUndefined();
    expect(desk.settings.read()).toMatchObject({ appChange: null, signIns: [{ app: 'desktop' }] });
    expect(await synced()).toBe(2);
  });

  it('is given up by signing out of the new app: the old one was there all the time', async () => {
    const { desk, pasted, change, synced } = await atWork();
    await change(KAURI);
    const fresh = desk.snapshot.xero.find(({ clientId }) => clientId === pasted.clientId);
    const left = { signInId: fresh?.id ?? '', where: 'here' } as const;
    expect(await desk.intents.signOut(left)).toMatchObject(DONE);
    expect(desk.snapshot.appChange).toBeUndefined();
    expect(appsOf(desk)).toEqual(['desktop']);
    expect(await synced()).toBe(2);
  });

  it('that ended before somebody signed in is forgotten at the next start', async () => {
    const { desk, signInId, pasted, synced } = await atWork();
    desk.settings.change({ appChange: { from: signInId, clientId: pasted.clientId } });
    await desk.restart();
    expect(await synced()).toBe(2);
    expect(desk.settings.read().appChange).toBeNull();
    expect(desk.snapshot.appChange).toBeUndefined();
  });

  it('to the app that is in use is told', async () => {
    const { desk, change } = await atWork();
    const same = { kind: 'desktop', clientId: desk.app.clientId } as const;
    expect(await change(KAURI, same)).toMatchObject(refused('xeroClientIdInvalid', 'signInToXero'));
    expect(appsOf(desk)).toEqual(['desktop']);
  });
});
