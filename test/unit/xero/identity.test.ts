import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { XeroIdentity, type XeroApp } from '../../../main/xero/identity.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { ANA, CLIENT_ID, FakeXero, TOKENS } from './fake-xero.ts';

const REDIRECT = 'http://localhost:21741/callback';
const TOKEN = '/connect/token';
const DESKTOP: XeroApp = { kind: 'desktop', clientId: CLIENT_ID };
const SECRET = 'client-secret-of-the-admin';

let xero: FakeXero;
const clock = new FakeClock();
beforeEach(async () => {
  xero = await FakeXero.start();
});
afterEach(() => xero.close());

const identity = (app: XeroApp = DESKTOP) =>
  new XeroIdentity(app, { endpoints: xero.endpoints, network: xero.network, clock });

/** A sign-in whose browser comes back with `query` on top of the right state. */
async function comeBack(query: Record<string, string> = { code: 'the-code' }) {
  const pending = valueOf(await identity().authorize(REDIRECT));
  if (!xero.answers.has(TOKEN)) xero.signsIn(pending.address);
  const answer = new URL(REDIRECT);
  answer.search = new URLSearchParams({ state: pending.state, ...query }).toString();
  return { pending, outcome: await pending.exchange(answer) };
}

describe('the address of a sign-in', () => {
  it('asks for exactly the five scopes, with PKCE S256, state and nonce', async () => {
    const { address, state } = valueOf(await identity().authorize(REDIRECT));
    const url = new URL(address);
    expect(url.origin + url.pathname).toBe(xero.discovery['authorization_endpoint']);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT,
      scope: 'openid profile email offline_access accounting.settings.read',
      state,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
    });
  });

  it('has a state, a nonce and a challenge of its own each time', async () => {
    const xeroIdentity = identity();
    const fresh = ['state', 'nonce', 'code_challenge'];
    const [one, other] = await Promise.all(
      [1, 2].map(async () => new URL(valueOf(await xeroIdentity.authorize(REDIRECT)).address)),
    );
    for (const name of fresh)
      expect(one?.searchParams.get(name)).not.toBe(other?.searchParams.get(name));
  });

  it('goes where the discovery says, not to a fixed place', async () => {
    const moved = { ...xero.discovery, authorization_endpoint: 'https://login.example/start' };
    xero.answers.set('/.well-known/openid-configuration', () => ({ body: moved }));
    const { address } = valueOf(await identity().authorize(REDIRECT));
    expect(address).toMatch(/^https:\/\/login\.example\/start\?/);
  });
});

describe('an answer to a sign-in', () => {
  it('is exchanged for tokens and the person’s name', async () => {
    const { outcome } = await comeBack();
    expect(valueOf(outcome)).toEqual({
      tokens: {
        accessToken: TOKENS.access_token,
        refreshToken: TOKENS.refresh_token,
        expiresAt: clock.now() + 1_800_000,
      },
      who: { subject: ANA.sub, name: ANA.name, email: ANA.email },
    });
  });

  it('proves with the verifier that it is ours, and sends no secret', async () => {
    const { pending } = await comeBack();
    const form = xero.to(TOKEN)[0]?.form;
    const challenge = createHash('sha256')
      .update(form?.get('code_verifier') ?? '')
      .digest('base64url');
    expect(challenge).toBe(new URL(pending.address).searchParams.get('code_challenge'));
    expect(form?.get('code')).toBe('the-code');
    expect(form?.get('redirect_uri')).toBe(REDIRECT);
    expect(form?.get('client_id')).toBe(CLIENT_ID);
    expect(form?.has('client_secret')).toBe(false);
    expect(xero.to(TOKEN)[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ['both names where there is no full one', { name: '' }, 'Ana Reyes'],
    [
      'the e-mail where there is no name',
      { name: '', given_name: '', family_name: ' ' },
      ANA.email,
    ],
  ])('names the person by %s', async (_what, claims, name) => {
    const pending = valueOf(await identity().authorize(REDIRECT));
    const parts = { given_name: 'Ana', family_name: 'Reyes' };
    xero.signsIn(pending.address, { ...ANA, ...parts, ...claims });
    const answer = new URL(`${REDIRECT}?code=c&state=${pending.state}`);
    expect(valueOf(await pending.exchange(answer)).who.name).toBe(name);
  });

  it('says that access was not allowed', async () => {
    const { outcome } = await comeBack({ error: 'access_denied' });
    expect(failureOf(outcome).code).toBe('signInDenied');
  });

  it('shows what else Xero refused it with', async () => {
    const { outcome } = await comeBack({ error: 'server_error', error_description: 'Ana Reyes' });
    expect(failureOf(outcome)).toMatchObject({
      code: 'signInRefused',
      detail: 'Xero answered: server_error',
    });
    expect(JSON.stringify(outcome)).not.toContain('Ana Reyes');
  });

  it.each([
    ['the state is another', { state: 'another', code: 'c' }],
    ['there is no code', {}],
    ['the issuer is another', { code: 'c', iss: 'https://evil.example' }],
  ])('is refused when %s, before the code is spent', async (_what, query) => {
    const { outcome } = await comeBack(query);
    expect(failureOf(outcome)).toMatchObject({ code: 'signInIncomplete', next: 'signInToXero' });
    expect(xero.to(TOKEN)).toEqual([]);
  });

  it.each([
    ['another nonce', { nonce: 'another' }],
    ['another audience', { aud: 'another-app' }],
    ['another issuer', { iss: 'https://evil.example' }],
  ])('is refused when the id token has %s', async (_what, claims) => {
    const pending = valueOf(await identity().authorize(REDIRECT));
    xero.signsIn(pending.address, { ...ANA, ...claims });
    const answer = new URL(`${REDIRECT}?code=c&state=${pending.state}`);
    const failure = failureOf(await pending.exchange(answer));
    expect(failure.code).toBe('signInIncomplete');
  });

  it('is refused without an id token', async () => {
    xero.answers.set(TOKEN, () => ({ body: TOKENS }));
    expect((await comeBack()).outcome.ok).toBe(false);
  });
});

describe('a refusal of Xero’s token endpoint', () => {
  it('repeats nothing secret', async () => {
    const body = {
      error: 'invalid_grant',
      error_description: 'the token refresh-secret of Ana Reyes is spent',
    };
    xero.answers.set(TOKEN, () => ({ status: 400, body }));
    const app: XeroApp = { kind: 'web', clientId: CLIENT_ID, clientSecret: SECRET };
    const failure = failureOf(await identity(app).refresh('refresh-secret'));
    expect(JSON.stringify(failure)).not.toMatch(/refresh-secret|Ana|client-secret/);
  });
});

describe('Xero’s identity server', () => {
  it('is asked anew after its description couldn’t be had', async () => {
    const path = '/.well-known/openid-configuration';
    const xeroIdentity = identity();
    xero.answers.set(path, () => 'hangUp');
    expect(failureOf(await xeroIdentity.authorize(REDIRECT)).code).toBe('xeroUnreachable');
    xero.answers.set(path, () => ({ status: 503, body: 'busy' }));
    expect(failureOf(await xeroIdentity.authorize(REDIRECT)).code).toBe('xeroUnavailable');
    xero.answers.set(path, () => ({ body: '<html>Welcome to the hotel</html>' }));
    expect(failureOf(await xeroIdentity.authorize(REDIRECT)).code).toBe('xeroAnswerUnreadable');
    xero.answers.set(path, () => ({ body: xero.discovery }));
    valueOf(await xeroIdentity.authorize(REDIRECT));
  });

  it('refreshes a desktop app by its client ID alone', async () => {
    xero.answers.set(TOKEN, () => ({ body: { ...TOKENS, refresh_token: 'the-next' } }));
    const tokens = valueOf(await identity().refresh('kept'));
    expect(tokens).toMatchObject({ accessToken: TOKENS.access_token, refreshToken: 'the-next' });
    expect(Object.fromEntries(xero.to(TOKEN)[0]?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'kept',
      client_id: CLIENT_ID,
    });
  });

  it('refreshes a web app with its secret in the header, and not in the body too', async () => {
    xero.answers.set(TOKEN, () => ({ body: TOKENS }));
    const app: XeroApp = { kind: 'web', clientId: CLIENT_ID, clientSecret: SECRET };
    valueOf(await identity(app).refresh('kept'));
    const [request] = xero.to(TOKEN);
    const basic = (request?.headers.authorization ?? '').replace('Basic ', '');
    // RFC 6749 §2.3.1: both halves are form-encoded first.
    const halves = Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
    expect(halves).toEqual([CLIENT_ID, SECRET]);
    expect(request?.form.has('client_secret')).toBe(false);
  });

  it('gives a custom connection its token without being asked for scopes', async () => {
    const { access_token, token_type, expires_in } = TOKENS;
    xero.answers.set(TOKEN, () => ({ body: { access_token, token_type, expires_in } }));
    const app: XeroApp = { kind: 'custom', clientId: CLIENT_ID, clientSecret: SECRET };
    const tokens = valueOf(await identity(app).clientCredentials());
    expect(tokens).toMatchObject({ accessToken: access_token, refreshToken: null });
    const [request] = xero.to(TOKEN);
    expect(Object.fromEntries(request?.form ?? [])).toEqual({ grant_type: 'client_credentials' });
  });

  it('takes half an hour for granted where no lifetime is sent', async () => {
    const { access_token, token_type } = TOKENS;
    xero.answers.set(TOKEN, () => ({ body: { access_token, token_type } }));
    expect(valueOf(await identity().refresh('kept')).expiresAt).toBe(clock.now() + 1_800_000);
  });

  describe('and a clock here that is wrong by years', () => {
    const seconds = (date: string) => Date.parse(date) / 1000;
    const id = (date: string) =>
      xero.idToken({
        ...ANA,
        aud: CLIENT_ID,
        iat: seconds(date),
        exp: seconds(date) + 300,
      });

    it.each(['2019-03-01T08:00:00Z', '2041-03-01T08:00:00Z'])(
      'doesn’t cost the new refresh token when Xero thinks it is %s',
      async (date) => {
        const body = { ...TOKENS, refresh_token: 'the-next', id_token: await id(date) };
        const headers = { Date: new Date(date).toUTCString() };
        xero.answers.set(TOKEN, () => ({ headers, body }));
        const tokens = valueOf(await identity().refresh('kept'));
        expect(tokens.refreshToken).toBe('the-next');
        // By the time that passes here, whatever time it is there.
        expect(tokens.expiresAt).toBe(clock.now() + 1_800_000);
      },
    );

    it.each([
      ['signs in by Xero’s clock', '2019-03-01T08:00:00Z', true],
      ['is no way in for an id token that is out of date there', '2019-03-01T09:00:00Z', false],
    ])('%s', async (_what, date, accepted) => {
      const pending = valueOf(await identity().authorize(REDIRECT));
      const nonce = new URL(pending.address).searchParams.get('nonce');
      const exp = seconds('2019-03-01T08:05:00Z');
      const claims = { ...ANA, aud: CLIENT_ID, nonce, iat: exp - 300, exp };
      const body = { ...TOKENS, id_token: await xero.idToken(claims) };
      xero.answers.set(TOKEN, () => ({ headers: { Date: new Date(date).toUTCString() }, body }));
      const answer = new URL(`${REDIRECT}?code=c&state=${pending.state}`);
      const outcome = await pending.exchange(answer);
      expect(outcome.ok).toBe(accepted);
      if (!accepted) expect(failureOf(outcome).code).toBe('signInIncomplete');
    });
  });

  it('is told which refresh token to revoke', async () => {
    xero.answers.set('/connect/revocation', () => ({ body: '' }));
    valueOf(await identity().revoke('kept'));
    expect(xero.to('/connect/revocation')[0]?.form.get('token')).toBe('kept');
  });
});
