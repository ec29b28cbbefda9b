import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeptSignIn } from '../../../main/connector/kept-sign-in.ts';
import { fail } from '../../../shared/errors.ts';
import { failureOf, valueOf } from '../results.ts';
import { keychainLocked } from '../store/memory-secrets.ts';
import { ANA, FakeXero, TOKENS, type Reply, type Seen } from '../xero/fake-xero.ts';
import { settingsDiskFull } from './memory-settings.ts';
import { CUSTOM, KEPT, openSignIns, SECRET, WEB } from './signing-in.ts';
import { HARBOUR, trouble } from './snapshots.ts';

const KEPT_WEB: KeptSignIn = { ...KEPT, app: 'web' };
const KEPT_CUSTOM: KeptSignIn = { ...KEPT, app: 'custom', subject: '', who: null };
const NEW_SECRET = 'another-secret-of-the-app-0123456789-0123456789x';
const TOKEN = '/connect/token';
const ORGANISATION = '/api.xro/2.0/Organisation';
const NEEDS_SIGN_IN = { state: { kind: 'needsSignIn', because: trouble() } } as const;

const never = new AbortController().signal;

let xero: FakeXero;
beforeEach(async () => {
  xero = await FakeXero.start();
  xero.answers.set(ORGANISATION, () => ({
    body: { Organisations: [{ OrganisationID: HARBOUR, Name: 'Harbour Books' }] },
  }));
});
afterEach(() => xero.close());

const signingIn = () => openSignIns(xero);

function secretOf({ headers }: Seen): string {
  const basic = (headers.authorization ?? '').replace('Basic ', '');
  return decodeURIComponent(Buffer.from(basic, 'base64').toString().split(':')[1] ?? '');
}

/** Has the token endpoint take one secret alone. */
function takes(secret: string, reply: Reply = { body: TOKENS }): void {
  xero.answers.set(TOKEN, (request) =>
    secretOf(request) === secret ? reply : { status: 400, body: { error: 'invalid_client' } },
  );
}

const askedWith = () => xero.to(TOKEN).map(secretOf);

describe('a sign-in with a web app', () => {
  it('goes through the browser with PKCE, and proves itself with the secret', async () => {
    const { signIns, state, secrets, settings, browser, allow, shown } = await signingIn();
    const outcome = signIns.begin({ ...WEB, secret: `Client secret: ${SECRET}\n` });
    expect((await browser()).get('code_challenge_method')).toBe('S256');
    await allow();
    expect(valueOf(await outcome)).toMatchObject({ id: 'sign-in-1', app: 'web' });
    expect(shown()).toEqual([['sign-in-1', ANA.name, 'signedIn']]);
    expect(state.snapshot.xero[0]?.app).toBe('web');
    const [exchange] = xero.to(TOKEN);
    expect(askedWith()).toEqual([SECRET]);
    expect(exchange?.form.has('code_verifier')).toBe(true);
    expect(exchange?.form.has('client_secret')).toBe(false);
    expect(Object.fromEntries(secrets.entries)).toEqual({
      'xero/sign-in-1': TOKENS.refresh_token,
      'xero/sign-in-1/secret': SECRET,
    });
    expect(JSON.stringify([settings.read(), state.snapshot])).not.toContain(SECRET);
  });

  it('whose secret Xero refuses keeps nothing, and says what to do about a secret', async () => {
    const { signIns, secrets, settings, browser, comeBack, shown } = await signingIn();
    takes(NEW_SECRET);
    const outcome = signIns.begin(WEB);
    const state = (await browser()).get('state') ?? '';
    expect(await comeBack({ code: 'c', state })).toContain('generate another secret');
    expect(failureOf(await outcome)).toMatchObject({
      code: 'xeroClientRejected',
      message: expect.stringContaining('this web app’s client ID and secret') as string,
    });
    expect(shown()).toEqual([['sign-in-1', null, 'signedOut']]);
    expect(secrets.changes).toEqual([]);
    expect(settings.read().signIns).toEqual([]);
  });

  it.each(['cancelled', 'denied'])('that is %s keeps nothing', async (how) => {
    const { signIns, secrets, settings, browser, comeBack } = await signingIn();
    const outcome = signIns.begin(WEB);
    const state = (await browser()).get('state') ?? '';
    if (how === 'cancelled') signIns.cancel();
    else await comeBack({ error: 'access_denied', state });
    expect((await outcome).ok).toBe(false);
    expect(secrets.changes).toEqual([]);
    expect(settings.read().signIns).toEqual([]);
  });

  it.each([
    ['the token', 'xero/sign-in-1'],
    ['the secret', 'xero/sign-in-1/secret'],
  ])('keeps nothing when the keychain doesn’t take %s', async (_what, refused) => {
    const { signIns, secrets, settings, allow } = await signingIn();
    const write = secrets.write.bind(secrets);
    secrets.write = (key, secret) =>
      key === refused ? Promise.resolve(fail(keychainLocked)) : write(key, secret);
    const outcome = signIns.begin(WEB);
    await allow();
    expect(failureOf(await outcome).code).toBe('keychainLocked');
    expect(secrets.entries.size).toBe(0);
    expect(settings.read().signIns).toEqual([]);
    expect(signIns.kept).toEqual([]);
  });

  it('keeps nothing when the settings can’t be written', async () => {
    const { signIns, secrets, settings, allow } = await signingIn();
    settings.breakDown(settingsDiskFull);
    const outcome = signIns.begin(WEB);
    await allow();
    expect(failureOf(await outcome).code).toBe('diskFull');
    expect(secrets.entries.size).toBe(0);
  });

  it('is repeated for another organisation with the kept secret', async () => {
    const { signIns, secrets, keep, allow, shown } = await signingIn();
    keep(KEPT_WEB);
    const outcome = signIns.repeat('sign-in-0');
    await allow();
    expect(valueOf(await outcome).id).toBe('sign-in-0');
    expect(askedWith()).toEqual([SECRET]);
    expect(shown()).toEqual([['sign-in-0', ANA.name, 'signedIn']]);
    expect(secrets.entries.get('xero/sign-in-0/secret')).toBe(SECRET);
  });

  it('asks for the secret where the keychain has lost it', async () => {
    const { signIns, secrets, keep, shown } = await signingIn();
    keep(KEPT_WEB);
    secrets.entries.delete('xero/sign-in-0/secret');
    const [reach] = signIns.reaches;
    for (const outcome of [
      await signIns.repeat('sign-in-0'),
      await reach?.reader.connections('look', never),
    ]) {
      expect(outcome).toMatchObject({
        ok: false,
        failure: { code: 'xeroSecretInvalid', next: 'signInToXero' },
      });
    }
    expect(shown()).toEqual([['sign-in-0', ANA.name, 'signedIn']]);
    expect(xero.seen).toEqual([]);
  });

  it.each(['here', 'everywhere'] as const)(
    'is ended %s with its secret, which giving the consent back needs',
    async (where) => {
      const { signIns, secrets, keep } = await signingIn();
      xero.answers.set('/connect/revocation', () => ({ body: '' }));
      keep(KEPT_WEB);
      valueOf(await signIns.end('sign-in-0', where));
      expect(xero.to('/connect/revocation').map(secretOf)).toEqual(
        where === 'here' ? [] : [SECRET],
      );
      expect(secrets.entries.size).toBe(0);
    },
  );

  it('that ended by half ends whole at the next try', async () => {
    const { signIns, secrets, keep, shown } = await signingIn();
    keep(KEPT_WEB);
    const erase = secrets.erase.bind(secrets);
    secrets.erase = (key) =>
      key.endsWith('/secret') ? Promise.resolve(fail(keychainLocked)) : erase(key);
    expect(failureOf(await signIns.end('sign-in-0', 'here')).code).toBe('keychainLocked');
    expect(shown()).toHaveLength(1);
    secrets.erase = erase;
    valueOf(await signIns.end('sign-in-0', 'here'));
    expect(secrets.entries.size).toBe(0);
    expect(shown()).toEqual([]);
  });
});

describe('a custom connection', () => {
  const granted = { body: { access_token: 'access', token_type: 'Bearer', expires_in: 1800 } };

  it('needs no browser: its secret is tried, its organisation learnt, then both are kept', async () => {
    const { signIns, state, secrets, settings, shown } = await signingIn();
    const kinds: string[] = [];
    state.subscribe(({ xero: [first] }) => kinds.push(first?.state.kind ?? 'none'));
    takes(SECRET, granted);
    let keptWhenTried = -1;
    xero.answers.set(ORGANISATION, () => {
      keptWhenTried = secrets.entries.size;
      return { body: { Organisations: [{ OrganisationID: HARBOUR, Name: 'Harbour Books' }] } };
    });
    expect(valueOf(await signIns.begin(CUSTOM))).toMatchObject({ app: 'custom', who: null });
    expect(keptWhenTried).toBe(0);
    expect([...new Set(kinds)]).toEqual(['signedOut', 'finishing', 'signedIn']);
    expect(shown()).toEqual([['sign-in-1', null, 'signedIn']]);
    expect(Object.fromEntries(secrets.entries)).toEqual({ 'xero/sign-in-1/secret': SECRET });
    expect(settings.read().signIns).toMatchObject([{ id: 'sign-in-1', app: 'custom' }]);
    expect(xero.to(TOKEN)[0]?.form.has('scope')).toBe(false);
    expect(xero.to('/connections')).toEqual([]);
    expect(signIns.keepers).toEqual([]);
  });

  it.each<[string, Reply, Reply | null, string, string]>([
    [
      'the secret is wrong',
      { status: 400, body: { error: 'invalid_client' } },
      null,
      'xeroClientRejected',
      'for a custom connection',
    ],
    [
      'the app is of another kind',
      { status: 400, body: { error: 'unauthorized_client' } },
      null,
      'xeroClientRejected',
      'that it is a custom connection',
    ],
    [
      'nobody has authorised it',
      granted,
      { status: 403, body: { Detail: 'AuthenticationUnsuccessful' } },
      'xeroForbidden',
      'has to authorise it',
    ],
    [
      'the scope is missing',
      granted,
      { status: 401, body: { Detail: 'AuthorizationUnsuccessful' } },
      'xeroScopeMissing',
      'Add the scope accounting.settings.read',
    ],
    [
      'Xero refuses its own token',
      granted,
      { status: 401, body: { Detail: 'AuthenticationUnsuccessful' } },
      'xeroSignedOut',
      'authorised and paid for',
    ],
  ])(
    'says so in a sentence of its own, and keeps nothing: %s',
    async (_what, token, api, code, says) => {
      const { signIns, secrets, settings, shown } = await signingIn();
      xero.answers.set(TOKEN, () => token);
      if (api !== null) xero.answers.set(ORGANISATION, () => api);
      const failure = failureOf(await signIns.begin(CUSTOM));
      expect(failure).toMatchObject({ code, next: 'signInToXero' });
      expect(failure.message).toContain(says);
      expect(shown()).toEqual([['sign-in-1', null, 'signedOut']]);
      expect(secrets.changes).toEqual([]);
      expect(settings.read().signIns).toEqual([]);
      expect(signIns.kept).toEqual([]);
    },
  );

  it('that is cancelled while Xero is asked keeps nothing', async () => {
    const { signIns, secrets, shown } = await signingIn();
    takes(SECRET, granted);
    xero.answers.set(ORGANISATION, () => {
      signIns.cancel();
      return { body: { Organisations: [{ OrganisationID: HARBOUR }] } };
    });
    expect(failureOf(await signIns.begin(CUSTOM)).code).toBe('signInCancelled');
    expect(secrets.changes).toEqual([]);
    expect(shown()).toEqual([['sign-in-1', null, 'signedOut']]);
  });

  it.each(['keychain', 'settings'])('keeps nothing when the %s can’t', async (which) => {
    const { signIns, secrets, settings } = await signingIn();
    takes(SECRET, granted);
    if (which === 'settings') settings.breakDown(settingsDiskFull);
    else secrets.readOnly = true;
    expect((await signIns.begin(CUSTOM)).ok).toBe(false);
    expect(secrets.entries.size).toBe(0);
    expect(settings.read().signIns).toEqual([]);
  });

  it('added once more with another secret is the one that is kept', async () => {
    const { signIns, secrets, keep, shown } = await signingIn();
    keep(KEPT_CUSTOM, NEEDS_SIGN_IN);
    takes(NEW_SECRET, granted);
    expect(valueOf(await signIns.begin({ ...CUSTOM, secret: NEW_SECRET })).id).toBe('sign-in-0');
    expect(shown()).toEqual([['sign-in-0', null, 'signedIn']]);
    expect(Object.fromEntries(secrets.entries)).toEqual({ 'xero/sign-in-0/secret': NEW_SECRET });
  });

  it('reaches one organisation for ever', async () => {
    const { signIns, keep, shown } = await signingIn();
    keep(KEPT_CUSTOM);
    const failure = failureOf(await signIns.repeat('sign-in-0'));
    expect(failure.message).toContain('set up another custom connection');
    expect(shown()).toEqual([['sign-in-0', null, 'signedIn']]);
    expect(xero.seen).toEqual([]);
  });

  it.each(['here', 'everywhere'] as const)(
    'has nothing to give back when it ends %s',
    async (where) => {
      const { signIns, secrets, keep } = await signingIn();
      keep(KEPT_CUSTOM);
      expect(valueOf(await signIns.end('sign-in-0', where))).toBe('left');
      expect(secrets.entries.size).toBe(0);
      expect(xero.seen).toEqual([]);
    },
  );
});

describe('a new secret', () => {
  it.each([KEPT_WEB, KEPT_CUSTOM])(
    'is kept once Xero took it, and used from then on: $app',
    async (kept) => {
      const { signIns, secrets, keep, shown } = await signingIn();
      keep(kept, NEEDS_SIGN_IN);
      takes(NEW_SECRET);
      xero.answers.set('/connections', () => ({ body: [] }));
      const look = () => signIns.reaches[0]?.reader.connections('look', never);
      expect(await look()).toMatchObject({ ok: false, failure: { code: 'xeroClientRejected' } });
      valueOf(await signIns.changeSecret('sign-in-0', ` "${NEW_SECRET}" `));
      expect(secrets.entries.get('xero/sign-in-0/secret')).toBe(NEW_SECRET);
      expect(shown()[0]?.[2]).toBe('signedIn');
      for (const keeper of signIns.keepers) valueOf(await keeper.renew());
      expect(await look()).toMatchObject({ ok: true });
      expect(askedWith()).toEqual([SECRET, NEW_SECRET, NEW_SECRET]);
    },
  );

  it('of a web app is tried by a refresh, whose new token is kept', async () => {
    const { signIns, secrets, keep } = await signingIn();
    keep(KEPT_WEB, NEEDS_SIGN_IN);
    takes(NEW_SECRET);
    valueOf(await signIns.changeSecret('sign-in-0', NEW_SECRET));
    expect(xero.to(TOKEN)[0]?.form.get('refresh_token')).toBe('refresh-kept');
    expect(secrets.changes).toEqual(['write xero/sign-in-0', 'write xero/sign-in-0/secret']);
  });

  it.each([KEPT_WEB, KEPT_CUSTOM])('that Xero refuses changes nothing: $app', async (kept) => {
    const { signIns, secrets, keep, shown } = await signingIn();
    keep(kept, NEEDS_SIGN_IN);
    const before = new Map(secrets.entries);
    takes(SECRET);
    const failure = failureOf(await signIns.changeSecret('sign-in-0', NEW_SECRET));
    expect(failure.code).toBe('xeroClientRejected');
    expect(secrets.entries).toEqual(before);
    expect(shown()[0]?.[2]).toBe('needsSignIn');
  });

  it('that the keychain can’t take leaves the old one in use', async () => {
    const { signIns, secrets, keep } = await signingIn();
    keep(KEPT_CUSTOM);
    xero.answers.set(TOKEN, () => ({ body: TOKENS }));
    secrets.readOnly = true;
    expect(failureOf(await signIns.changeSecret('sign-in-0', NEW_SECRET)).code).toBe(
      'keychainLocked',
    );
    const [reach] = signIns.reaches;
    expect(await reach?.reader.connections('look', never)).toMatchObject({ ok: true });
    expect(askedWith()).toEqual([NEW_SECRET, SECRET]);
  });

  it('is refused without a call where it can’t be one, or where none is used', async () => {
    const { signIns, keep } = await signingIn();
    keep(KEPT_WEB);
    expect(failureOf(await signIns.changeSecret('sign-in-0', 'abc')).code).toBe(
      'xeroSecretInvalid',
    );
    expect(failureOf(await signIns.changeSecret('nobody', NEW_SECRET)).code).toBe('xeroSignedOut');
    signIns.restore([{ ...KEPT, id: 'sign-in-9' }]);
    const failure = failureOf(await signIns.changeSecret('sign-in-9', NEW_SECRET));
    expect(failure.message).toContain('A desktop app has no client secret');
    expect(xero.seen).toEqual([]);
  });
});
