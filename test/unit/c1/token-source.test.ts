import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Credential } from '../../../main/c1/credential.ts';
import { TokenSource } from '../../../main/c1/token-source.ts';
import type { FetchRequest } from '../../../main/ports.ts';
import { fetchingBy } from '../fake-network.ts';
import { FakeClock } from '../fake-clock.ts';
import { CLIENT_ID, makeCredential, makeKey, makeSecret } from './credentials.ts';
import { KeptLog, steady } from './quiet.ts';

const key = makeKey();
const secret = makeSecret(key);

interface Setting {
  readonly credential?: Credential;
  readonly apiHost?: string;
  readonly answer?: (calls: number, init: FetchRequest) => Response | Promise<Response>;
}

function setUp({ credential, apiHost, answer = (calls) => granted(calls) }: Setting = {}) {
  const clock = new FakeClock();
  const log = new KeptLog();
  const calls: { readonly url: string; readonly init: FetchRequest }[] = [];
  const source = new TokenSource({
    credential: credential ?? makeCredential(CLIENT_ID, secret),
    network: fetchingBy(async (url, init = {}) => {
      calls.push({ url, init });
      return await answer(calls.length, init);
    }),
    clock,
    random: steady,
    log,
    apiHost,
    userAgent: 'c1-xero/0.1.0',
  });
  return { source, clock, log, calls };
}

function granted(calls: number, more: Record<string, unknown> = {}): Response {
  return Response.json({
    access_token: `t${calls}`,
    token_type: 'Bearer',
    expires_in: 600,
    ...more,
  });
}

function formOf(init: FetchRequest | undefined): URLSearchParams {
  const body = init?.body;
  if (typeof body !== 'string') throw new Error('no form');
  return new URLSearchParams(body);
}

describe('the request for a token', () => {
  it('is a form with sorted parameters, posted to the host of the Client ID', async () => {
    const { source, calls } = setUp();
    await source.authorization();
    expect(calls[0]?.url).toBe('https://acme.conductor.one/auth/v1/token');
    expect(calls[0]?.init).toMatchObject({
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'User-Agent': 'c1-xero/0.1.0',
      },
    });
    expect(calls[0]?.init.body).toMatch(
      /^client_assertion=[\w.-]+&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_id=sneaky-otter-12345%40acme.conductor.one%2Fccc&grant_type=client_credentials$/,
    );
  });

  it('carries an assertion signed with the secret’s key, valid two minutes either way', async () => {
    const { source, calls, clock } = setUp();
    await source.authorization();
    const assertion = formOf(calls[0]?.init).get('client_assertion') ?? '';
    const publicKey = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.x }, 'EdDSA');
    const verified = await jwtVerify(assertion, publicKey, { currentDate: new Date(clock.now()) });
    expect(verified.protectedHeader).toEqual({
      alg: 'EdDSA',
      nonce: '000102030405060708090a0b0c0d0e0f',
    });
    const now = clock.now() / 1000;
    expect(verified.payload).toEqual({
      iss: CLIENT_ID,
      sub: CLIENT_ID,
      aud: 'acme.conductor.one',
      exp: now + 120,
      nbf: now - 120,
      iat: now,
    });
  });

  it('names the key when the secret does', async () => {
    const credential = makeCredential(CLIENT_ID, makeSecret(key, { kid: 'key-7' }));
    const { source, calls } = setUp({ credential });
    await source.authorization();
    const assertion = formOf(calls[0]?.init).get('client_assertion') ?? '';
    expect(decodeProtectedHeader(assertion)).toMatchObject({ alg: 'EdDSA', kid: 'key-7' });
  });

  it('goes elsewhere when the host is replaced, with the audience unchanged and without a port', async () => {
    const credential = makeCredential('otter@acme.conductor.one:8443/ccc', secret);
    const { source, calls } = setUp({ credential, apiHost: 'localhost:9999' });
    await source.authorization();
    expect(calls[0]?.url).toBe('https://localhost:9999/auth/v1/token');
    const assertion = formOf(calls[0]?.init).get('client_assertion') ?? '';
    const payload = Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(payload)).toMatchObject({ aud: 'acme.conductor.one' });
  });
});

describe('a token', () => {
  it('is used until shortly before it expires, then asked for again', async () => {
    const { source, clock, calls } = setUp();
    expect(await source.authorization()).toEqual({ ok: true, value: 'Bearer t1' });
    await clock.advance(539_000);
    expect(await source.authorization()).toEqual({ ok: true, value: 'Bearer t1' });
    await clock.advance(2_000);
    expect(await source.authorization()).toEqual({ ok: true, value: 'Bearer t2' });
    expect(calls).toHaveLength(2);
  });

  it('without a lifetime is used once', async () => {
    const { source } = setUp({
      answer: (calls) => Response.json({ access_token: `t${calls}` }),
    });
    expect(await source.authorization()).toEqual({ ok: true, value: 'Bearer t1' });
    expect(await source.authorization()).toEqual({ ok: true, value: 'Bearer t2' });
  });

  it('is asked for once when many calls need it at the same time', async () => {
    const { source, calls } = setUp();
    const answers = await Promise.all([1, 2, 3].map(() => source.authorization()));
    expect(new Set(answers.map((answer) => answer.ok && answer.value))).toEqual(
      new Set(['Bearer t1']),
    );
    expect(calls).toHaveLength(1);
  });

  it('is dropped on demand, but not in place of a newer one', async () => {
    const { source, calls } = setUp();
    await source.authorization();
    source.drop('Bearer t1');
    expect(await source.authorization()).toEqual({ ok: true, value: 'Bearer t2' });
    source.drop('Bearer t1');
    expect(await source.authorization()).toEqual({ ok: true, value: 'Bearer t2' });
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['bearer', 'Bearer t1'],
    ['', 'Bearer t1'],
    ['MAC', 'MAC t1'],
    ['DPoP', 'DPoP t1'],
    ['constructor', 'constructor t1'],
  ])('of type %j goes into the header as the official client writes it', async (type, header) => {
    const { source } = setUp({ answer: (calls) => granted(calls, { token_type: type }) });
    expect(await source.authorization()).toEqual({ ok: true, value: header });
  });
});

describe('an answer without a token', () => {
  it.each([
    [400, 'credentialRejected'],
    [401, 'credentialRejected'],
    [403, 'credentialRejected'],
    [404, 'c1Unavailable'],
    [429, 'c1Unavailable'],
    [500, 'c1Unavailable'],
    [503, 'c1Unavailable'],
    [302, 'c1Unavailable'],
  ])('HTTP %i means %s', async (status, code) => {
    const { source, calls } = setUp({
      answer: () => new Response('no', { status, headers: { location: 'https://evil.example/' } }),
    });
    const answer = await source.authorization();
    expect(answer).toMatchObject({ ok: false, failure: { code } });
    expect(calls).toHaveLength(1);
  });

  it.each([400, 401, 403, 404])('a page with HTTP %i isn’t C1’s refusal', async (status) => {
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    const { source } = setUp({
      answer: () => new Response('<html>Blocked</html>', { status, headers }),
    });
    expect(await source.authorization()).toMatchObject({
      failure: {
        code: 'c1Unavailable',
        message: expect.stringContaining('sign-in page') as string,
      },
    });
  });

  it('is kept apart from a wrong clock, which heals', async () => {
    const { source, clock } = setUp({
      answer: () =>
        new Response('', {
          status: 401,
          headers: { date: new Date(clock.now() - 7 * 60_000).toUTCString() },
        }),
    });
    expect(await source.authorization()).toMatchObject({
      failure: {
        code: 'c1Unavailable',
        message: expect.stringContaining('7 minutes wrong') as string,
      },
    });
  });

  it.each([
    ['a page of HTML', new Response('<html>Welcome to the Grand Hotel</html>')],
    ['nothing', new Response(null)],
    ['no token', Response.json({ token_type: 'Bearer', expires_in: 600 })],
    ['an empty token', Response.json({ access_token: '', expires_in: 600 })],
    ['a token that breaks a header', Response.json({ access_token: 'a\r\nb', expires_in: 600 })],
    ['a lifetime in words', Response.json({ access_token: 'a', expires_in: '600' })],
    ['other spelling', Response.json({ Access_Token: 'a', expires_in: 600 })],
    ['far too much', new Response(JSON.stringify({ access_token: 'a'.repeat(70_000) }))],
  ])('but %s is taken for a captive portal', async (_, response) => {
    const { source } = setUp({ answer: () => response });
    expect(await source.authorization()).toMatchObject({
      failure: {
        code: 'c1Unavailable',
        message: expect.stringContaining('sign-in page') as string,
      },
    });
  });

  it.each(['ENOTFOUND', 'ECONNREFUSED', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'])(
    'because of %s means that C1 is unreachable',
    async (code) => {
      const { source } = setUp({
        answer: () => {
          throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
        },
      });
      expect(await source.authorization()).toMatchObject({
        failure: {
          code: 'c1Unreachable',
          detail: code,
          message: expect.stringContaining('can’t be reached') as string,
        },
      });
    },
  );

  it('in 30 seconds is given up', async () => {
    const { source, clock } = setUp({
      answer: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(new DOMException('stopped', 'AbortError'));
          });
        }),
    });
    const asked = source.authorization();
    await clock.untilAsleep();
    await clock.advance(30_000);
    expect(await asked).toMatchObject({ failure: { code: 'c1Unreachable', detail: 'time-out' } });
  });

  it('is asked for anew by the next call', async () => {
    const { source } = setUp({
      answer: (calls) => (calls === 1 ? new Response('', { status: 500 }) : granted(calls)),
    });
    expect(await source.authorization()).toMatchObject({ ok: false });
    expect(await source.authorization()).toEqual({ ok: true, value: 'Bearer t2' });
  });
});

it('tells neither secret nor token in failures or in the log', async () => {
  const { source, log, calls } = setUp({
    answer: (call) => (call === 1 ? new Response(secret, { status: 401 }) : granted(call)),
  });
  const refused = await source.authorization();
  await source.authorization();
  const told = JSON.stringify(refused) + log.lines.join('\n');
  for (const hidden of [
    key.d,
    secret,
    formOf(calls[0]?.init).get('client_assertion') ?? '-',
    't2',
  ]) {
    expect(told).not.toContain(hidden);
  }
  expect(log.lines).toHaveLength(2);
});
