import { describe, expect, it } from 'vitest';
import { ACCOUNTANT, keptFor, registerApp, signInOf, signInWith } from './core-apps.ts';
import { DONE, HARBOUR, KAURI, openDesk, refused, type Desk } from './core-desk.ts';
import { keychainLocked } from './core-surroundings.ts';
import { settingsDiskFull } from '../unit/connector/memory-settings.ts';
import { accessIn } from './expected-access.ts';

const never = { tokens: 0, secrets: 0 };

function organisationsAtC1({ sandbox }: Desk): readonly string[] {
  return accessIn(sandbox.c1.access()).organisations.map((line) => line.replace(/^.*?: /, ''));
}

function expectNothingKept(desk: Desk): void {
  expect(keptFor(desk)).toEqual(never);
  expect(desk.settings.read()).toMatchObject({ signIns: [], governed: [], setup: 'xero' });
}

describe.each([
  ['web', HARBOUR, { tokens: 1, secrets: 1 }, { name: 'Sam Okafor', email: ACCOUNTANT }],
  ['custom', KAURI, { tokens: 0, secrets: 1 }, null],
] as const)('a sign-in with an app of kind %s', (kind, organisation, kept, who) => {
  it('goes from what was pasted to a sync, and after a restart to the next', async () => {
    const desk = await openDesk();
    const app = registerApp(desk, kind);
    expect(await desk.intents.checkXeroApp(app.pasted)).toMatchObject({
      ok: true,
      value: { clientId: app.pasted.clientId },
    });
    expect(await signInWith(desk, app)).toMatchObject(DONE);
    expect(desk.snapshot).toMatchObject({
      setup: 'organisations',
      xero: [{ app: kind, clientId: app.pasted.clientId, who, state: { kind: 'signedIn' } }],
    });
    await desk.until(() => desk.organisation(organisation)?.state.kind === 'read');
    const { id } = desk.sandbox.world.organisation(organisation);
    expect(desk.organisation(organisation)).toMatchObject({ id, governed: true });
    expect(desk.settings.read().governed).toEqual([id]);
    expect(keptFor(desk)).toEqual(kept);

    expect(await desk.connectC1()).toMatchObject(DONE);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(organisationsAtC1(desk)).toEqual([organisation]);

    await desk.restart();
    expect(desk.snapshot.xero).toMatchObject([{ app: kind, who, state: { kind: 'signedIn' } }]);
    desk.sandbox.xero.expireAccessTokens();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(desk.sandbox.c1.uploads()).toHaveLength(2);
    expect(signInOf(desk, kind).organisations).toMatchObject([{ id, governed: true }]);
    if (kind === 'custom') expect(desk.calls('connections')).toBe(0);
  });

  it.each(['keychain', 'settings'])('keeps nothing when the %s can’t', async (which) => {
    const desk = await openDesk();
    const app = registerApp(desk, kind);
    if (which === 'keychain') desk.keychain.breakDown(keychainLocked, ['write']);
    else desk.settings.breakDown(settingsDiskFull);
    expect(await signInWith(desk, app)).toMatchObject({ ok: false });
    desk.keychain.mend();
    desk.settings.mend();
    expectNothingKept(desk);
    expect(await signInWith(desk, app)).toMatchObject(DONE);
  });

  it('with a secret that Xero doesn’t know keeps nothing, and says whose it is', async () => {
    const desk = await openDesk();
    const app = registerApp(desk, kind);
    desk.sandbox.xero.replaceSecret(app.registered);
    const outcome = await signInWith(desk, app);
    expect(outcome).toMatchObject(refused('xeroClientRejected', 'signInToXero'));
    expect(desk.snapshot.xero).toMatchObject([
      { app: kind, state: { kind: 'signedOut', because: { code: 'xeroClientRejected' } } },
    ]);
    expect(JSON.stringify(outcome)).toContain('generate another secret');
    expectNothingKept(desk);
  });
});

describe('a custom connection', () => {
  it.each([
    ['nobody authorised', { organisationId: '' }, 'xeroForbidden', 'has to authorise it'],
    ['lacks its scope', { scopes: [] }, 'xeroScopeMissing', 'accounting.settings.read'],
  ])('that %s says so, and keeps nothing', async (_what, more, code, says) => {
    const desk = await openDesk();
    const outcome = await signInWith(desk, registerApp(desk, 'custom', more));
    expect(outcome).toMatchObject(refused(code, 'signInToXero'));
    expect(JSON.stringify(outcome)).toContain(says);
    expectNothingKept(desk);
  });

  it('that is a web app in truth says so', async () => {
    const desk = await openDesk();
    const { pasted, registered } = registerApp(desk, 'web');
    const outcome = await signInWith(desk, { registered, pasted: { ...pasted, kind: 'custom' } });
    expect(outcome).toMatchObject(refused('xeroClientRejected', 'signInToXero'));
    expect(JSON.stringify(outcome)).toContain('that it is a custom connection');
    expectNothingKept(desk);
  });

  it('reaches one organisation for ever', async () => {
    const desk = await openDesk();
    await signInWith(desk, registerApp(desk, 'custom'));
    const { id: signInId } = signInOf(desk, 'custom');
    expect(await desk.intents.connectAnother({ signInId })).toMatchObject(
      refused('usage', 'signInToXero'),
    );
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);
  });
});

describe('several sign-ins at once', () => {
  it('of every kind and of two people have tokens and states of their own', async () => {
    const desk = await openDesk();
    const { xero } = desk.sandbox;
    const web = registerApp(desk, 'web');
    await desk.signInFor([KAURI]);
    expect(await signInWith(desk, web)).toMatchObject(DONE);
    expect(await signInWith(desk, registerApp(desk, 'custom'))).toMatchObject(DONE);
    expect(await desk.connectC1()).toMatchObject(DONE);
    expect(keptFor(desk)).toEqual({ tokens: 2, secrets: 2 });
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(organisationsAtC1(desk).toSorted()).toEqual([HARBOUR, KAURI]);

    xero.replaceSecret(web.registered);
    xero.expireAccessTokens();
    await desk.intents.checkXeroNow();
    expect(desk.snapshot.xero.map(({ app, state }) => [app, state.kind])).toEqual([
      ['desktop', 'signedIn'],
      ['web', 'needsSignIn'],
      ['custom', 'signedIn'],
    ]);
    expect(desk.organisation(KAURI)?.state.kind).toBe('read');
    await desk.restart();
    expect(desk.snapshot.xero.map(({ who }) => who?.name ?? null)).toEqual([
      'Aroha Ngata',
      'Sam Okafor',
      null,
    ]);
  });

  it('that reach one organisation read it once, through the first that is healthy', async () => {
    const desk = await openDesk();
    await desk.signInFor([KAURI]);
    expect(await signInWith(desk, registerApp(desk, 'custom'))).toMatchObject(DONE);
    expect(await desk.connectC1()).toMatchObject(DONE);
    await desk.intents.checkXeroNow();
    const before = desk.calls('users');
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(desk.calls('users') - before).toBe(1);

    // Whoever signed in first is signed out by Xero: the custom connection reads on.
    desk.sandbox.xero.ageRefreshTokens(61 * 24 * 3_600_000);
    desk.sandbox.xero.expireAccessTokens();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(organisationsAtC1(desk)).toEqual([KAURI]);
    expect(signInOf(desk, 'desktop').state.kind).toBe('needsSignIn');
    expect(signInOf(desk, 'custom').state.kind).toBe('signedIn');
  });
});
