import { describe, expect, it } from 'vitest';
import { settingsDiskFull } from '../unit/connector/memory-settings.ts';
import { keychainLocked } from './core-surroundings.ts';
import { DEMO, DONE, HARBOUR, KAURI, openDesk, refused, type Desk } from './core-desk.ts';

const FULL = refused('diskFull', 'freeDisk');

function tokens(desk: Desk): readonly string[] {
  return [...desk.keychain.entries.keys()].filter((key) => key.startsWith('xero/'));
}

describe('settings that a full disk doesn’t take', () => {
  it('at the sign-in: it fails, here and in the browser, and no token stays', async () => {
    const desk = await openDesk();
    desk.settings.breakDown(settingsDiskFull);
    expect(await desk.signIn()).toMatchObject(FULL);
    expect(await desk.browser.tab).toContain('Not signed in');
    expect(desk.snapshot).toMatchObject({
      setup: 'xero',
      xero: [{ state: { kind: 'signedOut', because: { code: 'diskFull' } } }],
    });
    expect(tokens(desk)).toEqual([]);

    desk.settings.mend();
    expect(await desk.signIn()).toMatchObject(DONE);
    await desk.restart();
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);
  });

  it('right after the sign-in: it is said, and the sign-in isn’t lost', async () => {
    const desk = await openDesk();
    // Room for noting that it begins, and for keeping it.
    desk.settings.breakDown(settingsDiskFull, 2);
    expect(await desk.signIn()).toMatchObject(FULL);
    expect(desk.snapshot).toMatchObject({ setup: 'xero', xero: [{ state: { kind: 'signedIn' } }] });
    expect(desk.settings.read()).toMatchObject({ signIns: [{}], governed: [], setup: 'xero' });

    desk.settings.mend();
    await desk.restart();
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);
    expect(tokens(desk)).toHaveLength(1);
  });

  it('at a step or a choice: each is as before, and can be made again', async () => {
    const desk = await openDesk();
    await desk.signInFor([KAURI, HARBOUR]);
    const chosen = desk.settings.read();
    const ids = [desk.organisation(KAURI)?.id ?? ''];
    desk.settings.breakDown(settingsDiskFull);
    expect(await desk.intents.goToStep({ step: 'c1' })).toMatchObject(FULL);
    expect(await desk.intents.chooseOrganisations({ ids })).toMatchObject(FULL);
    expect(desk.snapshot.setup).toBe('organisations');
    expect(desk.organisation(HARBOUR)?.governed).toBe(true);
    expect(desk.settings.read()).toBe(chosen);

    desk.settings.mend();
    expect(await desk.intents.chooseOrganisations({ ids })).toMatchObject(DONE);
    expect(await desk.intents.goToStep({ step: 'c1' })).toMatchObject(DONE);
    expect(desk.snapshot.setup).toBe('c1');
    expect(desk.organisation(HARBOUR)?.governed).toBe(false);
  });

  it('at the sign-out: Xero isn’t told, and the sign-in goes on', async () => {
    const desk = await openDesk();
    await desk.signInFor([DEMO]);
    const signInId = desk.snapshot.xero[0]?.id ?? '';
    desk.settings.breakDown(settingsDiskFull);
    expect(await desk.intents.signOut({ signInId, where: 'everywhere' })).toMatchObject(FULL);
    expect(desk.sandbox.xero.connections(desk.app)).toHaveLength(1);
    expect(tokens(desk)).toHaveLength(1);
    expect(await desk.intents.checkXeroNow()).toMatchObject(DONE);

    desk.settings.mend();
    expect(await desk.intents.signOut({ signInId, where: 'everywhere' })).toMatchObject(DONE);
    expect(desk.sandbox.xero.connections(desk.app)).toEqual([]);
    expect(desk.settings.read()).toMatchObject({ signIns: [], governed: [], setup: 'xero' });
  });

  it('are put back when the keychain doesn’t let a sign-in go', async () => {
    const desk = await openDesk();
    await desk.signInFor([DEMO]);
    const chosen = desk.settings.read();
    desk.keychain.breakDown(keychainLocked);
    const signInId = desk.snapshot.xero[0]?.id ?? '';
    expect(await desk.intents.signOut({ signInId, where: 'everywhere' })).toMatchObject({
      ok: false,
    });
    expect(desk.settings.read()).toEqual(chosen);
    desk.keychain.mend();
  });
});
