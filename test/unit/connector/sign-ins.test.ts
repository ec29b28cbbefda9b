import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignIns } from '../../../main/connector/sign-ins.ts';
import { fail } from '../../../shared/errors.ts';
import { failureOf, valueOf } from '../results.ts';
import { ANA, CLIENT_ID, FakeXero, TOKENS } from '../xero/fake-xero.ts';
import { settingsDiskFull } from './memory-settings.ts';
import { DESKTOP, KEPT, openSignIns } from './signing-in.ts';
import { trouble } from './snapshots.ts';

const BEN = { sub: 'subject-of-ben', name: 'Ben Okafor', email: 'ben@harbour.example' };
const OTHER_APP = 'F'.repeat(32);

let xero: FakeXero;
beforeEach(async () => {
  xero = await FakeXero.start();
});
afterEach(() => xero.close());

const signingIn = () => openSignIns(xero);

describe('a first sign-in', () => {
  it('is shown waiting with its address, then signed in under the person’s name', async () => {
    const { signIns, state, secrets, browser, allow, shown, port } = await signingIn();
    const outcome = signIns.begin({ kind: 'desktop', clientId: ` ${CLIENT_ID} ` });
    await browser();
    expect(state.snapshot.xero[0]?.state).toMatchObject({
      kind: 'waitingForBrowser',
      redirectUri: `http://localhost:${port}/callback`,
      address: expect.stringContaining(`client_id=${CLIENT_ID}`) as string,
    });
    await allow();
    expect(valueOf(await outcome)).toMatchObject({ id: 'sign-in-1', who: { name: ANA.name } });
    expect(shown()).toEqual([['sign-in-1', ANA.name, 'signedIn']]);
    expect(secrets.entries.get('xero/sign-in-1')).toBe(TOKENS.refresh_token);
    expect(signIns.reaches.map(({ signInId }) => signInId)).toEqual(['sign-in-1']);
  });

  it('isn’t begun with what can’t be a client ID', async () => {
    const { signIns, shown } = await signingIn();
    expect(failureOf(await signIns.begin({ kind: 'desktop', clientId: 'abc' })).code).toBe(
      'xeroClientIdInvalid',
    );
    expect(shown()).toEqual([]);
  });

  it('is one at a time', async () => {
    const { signIns, browser, allow, shown } = await signingIn();
    const first = signIns.begin(DESKTOP);
    await browser();
    expect(failureOf(await signIns.begin(DESKTOP)).message).toContain('under way already');
    await allow();
    valueOf(await first);
    expect(shown()).toHaveLength(1);
  });

  it('that was cancelled says so, and makes room for the next', async () => {
    const { signIns, state, browser, allow, shown } = await signingIn();
    const cancelled = signIns.begin(DESKTOP);
    await browser();
    signIns.cancel();
    expect(failureOf(await cancelled).code).toBe('signInCancelled');
    expect(state.snapshot.xero[0]?.state).toMatchObject({
      kind: 'signedOut',
      because: { code: 'signInCancelled' },
    });
    const next = signIns.begin(DESKTOP);
    await allow(ANA, 2);
    valueOf(await next);
    expect(shown()).toEqual([['sign-in-2', ANA.name, 'signedIn']]);
  });

  it('that the keychain can’t keep isn’t kept at all, and the browser says so', async () => {
    const { signIns, secrets, allow, shown } = await signingIn();
    secrets.readOnly = true;
    const outcome = signIns.begin(DESKTOP);
    expect(await allow()).toContain('keychain is locked');
    expect(failureOf(await outcome).code).toBe('keychainLocked');
    expect(shown()).toEqual([['sign-in-1', null, 'signedOut']]);
    expect(signIns.kept).toEqual([]);
    expect(signIns.reaches).toEqual([]);
  });

  it('that the settings can’t keep isn’t kept at all: no token stays, and the browser says so', async () => {
    const { signIns, secrets, settings, allow, shown } = await signingIn();
    settings.breakDown(settingsDiskFull, 1);
    const outcome = signIns.begin(DESKTOP);
    expect(await allow()).toContain('The disk is full');
    expect(failureOf(await outcome).code).toBe('diskFull');
    expect(shown()).toEqual([['sign-in-1', null, 'signedOut']]);
    expect(signIns.kept).toEqual([]);
    expect(secrets.changes).toEqual(['write xero/sign-in-1', 'erase xero/sign-in-1']);
    // Giving the consent back would end it for other computers too.
    expect(xero.to('/connect/revocation')).toEqual([]);
  });

  it('logs that a token was left behind where it couldn’t be erased again', async () => {
    const { signIns, secrets, settings, log, allow } = await signingIn();
    settings.breakDown(settingsDiskFull, 1);
    secrets.erase = () => Promise.resolve(fail(settingsDiskFull));
    const outcome = signIns.begin(DESKTOP);
    await allow();
    expect(failureOf(await outcome).code).toBe('diskFull');
    expect(log.lines.join()).toContain('xero.tokenLeft');
  });

  it('notes an answer that belongs to another one, and goes on', async () => {
    const { signIns, state, browser, comeBack, allow } = await signingIn();
    const outcome = signIns.begin(DESKTOP);
    await browser();
    await comeBack({ code: 'c', state: 'another' });
    expect(state.snapshot.xero[0]?.state).toMatchObject({
      kind: 'waitingForBrowser',
      note: { code: 'signInStateMismatch' },
    });
    await allow();
    valueOf(await outcome);
  });

  it('logs no name, e-mail, token or client ID', async () => {
    const { signIns, log, allow } = await signingIn();
    const outcome = signIns.begin(DESKTOP);
    await allow();
    await outcome;
    expect(log.lines).toEqual(['info xero.signedIn {}']);
  });
});

describe('signing in once more', () => {
  it('as the same person renews the kept sign-in', async () => {
    const { signIns, secrets, keep, allow, shown } = await signingIn();
    keep(KEPT, { state: { kind: 'needsSignIn', because: trouble() } });
    const outcome = signIns.repeat('sign-in-0');
    await allow();
    expect(valueOf(await outcome).id).toBe('sign-in-0');
    expect(shown()).toEqual([['sign-in-0', ANA.name, 'signedIn']]);
    expect(secrets.entries.get('xero/sign-in-0')).toBe(TOKENS.refresh_token);
    expect(signIns.kept).toHaveLength(1);
  });

  it('as the same person needs no room in the settings', async () => {
    const { signIns, settings, keep, allow } = await signingIn();
    keep(KEPT, { state: { kind: 'needsSignIn', because: trouble() } });
    settings.breakDown(settingsDiskFull);
    const outcome = signIns.repeat('sign-in-0');
    await allow();
    expect(valueOf(await outcome).id).toBe('sign-in-0');
  });

  it('as another person stands beside the kept sign-in, which keeps its token and state', async () => {
    const { signIns, secrets, keep, allow, shown } = await signingIn();
    keep();
    const outcome = signIns.repeat('sign-in-0');
    await allow(BEN);
    expect(valueOf(await outcome)).toMatchObject({ id: 'sign-in-1', who: { name: BEN.name } });
    expect(shown()).toEqual([
      ['sign-in-0', ANA.name, 'signedIn'],
      ['sign-in-1', BEN.name, 'signedIn'],
    ]);
    expect(secrets.entries.get('xero/sign-in-0')).toBe('refresh-kept');
    expect(secrets.entries.get('xero/sign-in-1')).toBe(TOKENS.refresh_token);
  });

  it('from the beginning as the same person finds the kept sign-in', async () => {
    const { signIns, keep, allow, shown } = await signingIn();
    keep();
    const outcome = signIns.begin(DESKTOP);
    await allow();
    expect(valueOf(await outcome).id).toBe('sign-in-0');
    expect(shown()).toEqual([['sign-in-0', ANA.name, 'signedIn']]);
  });

  it('with another app of the same person is another sign-in', async () => {
    const { signIns, keep, allow, shown } = await signingIn();
    keep();
    const outcome = signIns.begin({ kind: 'desktop', clientId: OTHER_APP });
    await allow();
    valueOf(await outcome);
    expect(shown().map(([id]) => id)).toEqual(['sign-in-0', 'sign-in-1']);
  });

  it('renews a sign-in whose person was forgotten, instead of leaving it broken beside', async () => {
    const { signIns, clock, keep, allow, shown } = await signingIn();
    keep(
      { ...KEPT, subject: '', who: null },
      { state: { kind: 'needsSignIn', because: trouble() } },
    );
    const outcome = signIns.repeat('sign-in-0');
    await allow();
    valueOf(await outcome);
    expect(shown()).toEqual([['sign-in-0', ANA.name, 'signedIn']]);
    expect(signIns.kept).toEqual([{ ...KEPT, renewedAt: clock.now() }]);
  });

  it.each([
    ['cancelled', (signIns: SignIns) => signIns.cancel()],
    ['denied', () => undefined],
  ])('leaves the kept sign-in as it was when it is %s', async (how, act) => {
    const { signIns, secrets, keep, browser, comeBack, shown } = await signingIn();
    keep();
    const outcome = signIns.repeat('sign-in-0');
    const parameters = await browser();
    act(signIns);
    if (how === 'denied') {
      await comeBack({ error: 'access_denied', state: parameters.get('state') ?? '' });
    }
    expect((await outcome).ok).toBe(false);
    expect(shown()).toEqual([['sign-in-0', ANA.name, 'signedIn']]);
    expect(secrets.entries.get('xero/sign-in-0')).toBe('refresh-kept');
  });

  it('isn’t taken out of the browser by what a look finds meanwhile', async () => {
    const { signIns, keep, browser, shown, allow } = await signingIn();
    keep();
    const outcome = signIns.repeat('sign-in-0');
    await browser();
    signIns.found('sign-in-0', { kind: 'signedIn' });
    signIns.found('sign-in-0', { kind: 'needsSignIn', because: trouble() });
    expect(shown()[0]?.[2]).toBe('waitingForBrowser');
    await allow();
    valueOf(await outcome);
    signIns.found('sign-in-0', { kind: 'needsSignIn', because: trouble() });
    expect(shown()[0]?.[2]).toBe('needsSignIn');
  });

  it('with a sign-in that nobody knows asks for a new one', async () => {
    const { signIns } = await signingIn();
    expect(failureOf(await signIns.repeat('nobody')).next).toBe('signInToXero');
  });
});

describe('signing out', () => {
  it('everywhere gives the consent back and forgets the sign-in', async () => {
    const { signIns, secrets, keep, shown } = await signingIn();
    xero.answers.set('/connect/revocation', () => ({ body: '' }));
    keep();
    expect(valueOf(await signIns.end('sign-in-0', 'everywhere'))).toBe('givenBack');
    expect(xero.to('/connect/revocation')[0]?.form.get('token')).toBe('refresh-kept');
    expect(secrets.entries.size).toBe(0);
    expect(shown()).toEqual([]);
    expect(signIns.reaches).toEqual([]);
  });

  it('here forgets the sign-in and leaves the consent to other computers', async () => {
    const { signIns, secrets, keep, shown } = await signingIn();
    keep();
    expect(valueOf(await signIns.end('sign-in-0', 'here'))).toBe('left');
    expect(xero.seen).toEqual([]);
    expect(secrets.entries.size).toBe(0);
    expect(shown()).toEqual([]);
  });

  it('everywhere says so when Xero couldn’t be told', async () => {
    const { signIns, secrets, keep } = await signingIn();
    xero.answers.set('/connect/revocation', () => 'hangUp');
    keep();
    expect(valueOf(await signIns.end('sign-in-0', 'everywhere'))).toBe('mayRemain');
    expect(secrets.entries.size).toBe(0);
  });

  it.each(['here', 'everywhere'] as const)(
    '%s: stays signed in while the keychain is locked',
    async (where) => {
      const { signIns, secrets, keep, shown } = await signingIn();
      keep();
      secrets.locked = true;
      expect(failureOf(await signIns.end('sign-in-0', where)).code).toBe('keychainLocked');
      expect(shown()).toHaveLength(1);
      expect(signIns.reaches).toHaveLength(1);
    },
  );

  it('removes what is left of an attempt that failed', async () => {
    const { signIns, browser, shown } = await signingIn();
    const outcome = signIns.begin(DESKTOP);
    await browser();
    signIns.cancel();
    await outcome;
    valueOf(await signIns.end('sign-in-1', 'here'));
    expect(shown()).toEqual([]);
  });
});
