import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { XeroIdentity, type XeroApp } from '../../../main/xero/identity.ts';
import { TokenKeeper } from '../../../main/xero/token-keeper.ts';
import type { FailureCode, NextStep } from '../../../shared/errors.ts';
import { KeptLog } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';
import { CLIENT_ID, FakeXero, TOKENS, type Answer, type Reply } from './fake-xero.ts';

const TOKEN = '/connect/token';
const REVOCATION = '/connect/revocation';
const REDIRECT = 'http://localhost:21741/callback';
const KEY = 'xero/one';
const CORRELATION = 'b3c8-4f1e';
const PRIVATE = 'Ana Reyes';
const PAGE = `<!doctype html><title>Welcome, ${PRIVATE}</title>`;
const SUCCESSOR = 'the-next';
const HOUR = 3_600_000;

let xero: FakeXero;
let clock: FakeClock;
beforeAll(async () => {
  xero = await FakeXero.start();
});
beforeEach(() => {
  xero.reset();
  clock = new FakeClock();
});
afterAll(() => xero.close());

const identity = (kind: 'desktop' | 'custom' = 'desktop'): XeroIdentity => {
  const app: XeroApp =
    kind === 'desktop'
      ? { kind, clientId: CLIENT_ID }
      : { kind, clientId: CLIENT_ID, clientSecret: 'client-secret' };
  return new XeroIdentity(app, { endpoints: xero.endpoints, network: xero.network, clock });
};

/** A sign-in that is kept, whose token Xero answers so for. */
async function refreshing(answer: () => Answer) {
  const secrets = new MemorySecrets();
  const log = new KeptLog();
  secrets.entries.set(KEY, 'kept');
  const keeper = new TokenKeeper({ identity: identity(), secrets, key: KEY, clock, log });
  xero.answers.set(TOKEN, answer);
  const outcome = await keeper.accessToken();
  const lost = keeper.renewAt === clock.now();
  return { keeper, secrets, outcome, lost, log };
}

/** A browser that came back with a code, which Xero answers so for. */
async function signingIn(answer: () => Answer) {
  const pending = valueOf(await identity().authorize(REDIRECT));
  xero.answers.set(TOKEN, answer);
  return pending.exchange(new URL(`${REDIRECT}?code=the-code&state=${pending.state}`));
}

interface Expected {
  readonly code: FailureCode;
  readonly next: NextStep;
  /** Words that only this state's sentence has. */
  readonly says: string;
}
interface Row {
  /** What becomes of a kept sign-in; the stored token is kept in each case. */
  readonly refresh: Expected;
  /** Xero may have replaced the stored token: it is tried again within the 30 minutes of grace. */
  readonly lost: boolean;
  readonly signIn: Expected;
}

const signedOut = { code: 'xeroSignedOut', next: 'signInToXero', says: 'signed you out' } as const;
const client = { code: 'xeroClientRejected', next: 'signInToXero', says: 'secret' } as const;
const scope = { code: 'xeroScopeMissing', next: 'signInToXero', says: 'allow all' } as const;
const refused = { code: 'xeroRequestRefused', next: 'reportProblem', says: 'refused' } as const;
const down = { code: 'xeroUnavailable', next: 'wait', says: 'problem of its own' } as const;
const odd = { code: 'xeroAnswerUnreadable', next: 'checkXeroNow', says: 'proxy' } as const;
const away = { code: 'xeroUnreachable', next: 'wait', says: 'Nothing is lost' } as const;
const pause = { code: 'xeroRateLimited', next: 'wait', says: 'in 3 min' } as const;
const again = 'signInToXero' as const;
const signInRefused = { code: 'signInRefused', next: again, says: 'redirect URIs' } as const;
const incomplete = { code: 'signInIncomplete', next: again, says: 'incomplete' } as const;
const unfinished = { next: again, says: 'the sign-in wasn’t finished' } as const;

const SIGNED_OUT: Row = { refresh: signedOut, lost: false, signIn: incomplete };
const CLIENT: Row = { refresh: client, lost: false, signIn: client };
const SCOPE: Row = { refresh: scope, lost: false, signIn: scope };
const REFUSED: Row = { refresh: refused, lost: false, signIn: signInRefused };
const DOWN: Row = { refresh: down, lost: true, signIn: { ...down, ...unfinished } };
const PAUSE: Row = { refresh: pause, lost: false, signIn: { ...pause, ...unfinished } };
const ODD: Row = { refresh: odd, lost: true, signIn: { ...odd, ...unfinished } };
const HALF: Row = { refresh: odd, lost: true, signIn: incomplete };
const AWAY: Row = { refresh: away, lost: true, signIn: { ...away, ...unfinished } };

const error = (code: string, status = 400): Reply => ({ status, body: { error: code } });
const granted = (more: Readonly<Record<string, unknown>>): Reply => ({
  body: { ...TOKENS, refresh_token: SUCCESSOR, ...more },
});
const seconds = (retryAfter: string) => ({ 'Retry-After': retryAfter });

const REFUSALS: readonly (readonly [string, Reply, Row])[] = [
  ['400 invalid_grant', error('invalid_grant'), SIGNED_OUT],
  [
    '400 invalid_grant with a description',
    { status: 400, body: { error: 'invalid_grant', error_description: `${PRIVATE}’s is spent` } },
    SIGNED_OUT,
  ],
  ['400 invalid_client', error('invalid_client'), CLIENT],
  ['401 invalid_client', error('invalid_client', 401), CLIENT],
  [
    '401 with a challenge',
    { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="xero"' }, body: '' },
    CLIENT,
  ],
  ['400 unauthorized_client', error('unauthorized_client'), CLIENT],
  ['400 unsupported_grant_type', error('unsupported_grant_type'), CLIENT],
  ['400 invalid_scope', error('invalid_scope'), SCOPE],
  ['400 invalid_request', error('invalid_request'), REFUSED],
  ['400 of a kind nobody knows', error('slow_down'), REFUSED],
  ['400 without a body', { status: 400, body: '' }, ODD],
  ['403', { status: 403, body: PAGE }, ODD],
  ['404', { status: 404, body: PAGE }, ODD],
  ['429 with Retry-After', { status: 429, headers: seconds('130'), body: '' }, PAUSE],
  [
    '429 with Retry-After and an error',
    { status: 429, headers: seconds('130'), body: { error: 'slow_down' } },
    PAUSE,
  ],
  ['500', { status: 500, body: '' }, DOWN],
  ['500 in JSON', error('server_error', 500), DOWN],
  ['502, a page', { status: 502, body: PAGE }, DOWN],
  ['503 with Retry-After', { status: 503, headers: seconds('30'), body: '' }, DOWN],
  ['200, a page', { status: 200, body: PAGE }, ODD],
  [
    '200, JSON cut short',
    { headers: { 'Content-Type': 'application/json' }, body: '{"access_token":"acc' },
    ODD,
  ],
  ['200, more than an answer can have', granted({ more: 'x'.repeat(2_000_000) }), ODD],
  ['200 without access_token', granted({ access_token: undefined }), HALF],
  ['200 with a token type of another kind', granted({ token_type: 'mac' }), HALF],
  ['200, a list', { body: [PRIVATE] }, HALF],
  ['no answer, the connection reset in the middle', { ...granted({}), breaks: 'during' }, AWAY],
];

describe('every answer of Xero’s token endpoint that grants nothing', () => {
  describe.each(REFUSALS)('%s', (_name, reply, row) => {
    const answer = (): Reply => {
      const headers = { ...reply.headers, 'xero-correlation-id': CORRELATION };
      return { ...reply, headers };
    };
    const answered = row.refresh.code !== 'xeroUnreachable';

    it('to a refresh leaves the stored token, and says what to do', async () => {
      const { outcome, secrets, lost, log } = await refreshing(answer);
      const failure = failureOf(outcome);
      expect(failure).toMatchObject({ code: row.refresh.code, next: row.refresh.next });
      expect(failure.message).toContain(row.refresh.says);
      expect(secrets.entries.get(KEY)).toBe('kept');
      expect(lost).toBe(row.lost);
      if (answered) expect(failure.detail).toContain(CORRELATION);
      expect(JSON.stringify([failure, log.lines])).not.toMatch(/Ana|Welcome|kept|the-next/);
    });

    it('to a refresh is made good by the next answer, with the same token', async () => {
      const { keeper, secrets, log } = await refreshing(answer);
      xero.answers.set(TOKEN, () => granted({}));
      expect(valueOf(await keeper.accessToken())).toBe(TOKENS.access_token);
      expect(secrets.entries.get(KEY)).toBe(SUCCESSOR);
      const spent = xero.to(TOKEN).map(({ form }) => form.get('refresh_token'));
      expect(spent).toEqual(['kept', 'kept']);
      expect(log.lines.join().includes('xero.oldTokenTriedAgain')).toBe(row.lost);
    });

    it('to a sign-in keeps nothing, and says to sign in again', async () => {
      const failure = failureOf(await signingIn(answer));
      expect(failure).toMatchObject({ code: row.signIn.code, next: row.signIn.next });
      expect(failure.message).toContain(row.signIn.says);
      expect(JSON.stringify(failure)).not.toMatch(/Ana|Welcome|the-code|the-next/);
    });

    it('to a custom connection means what it means to a refresh', async () => {
      xero.answers.set(TOKEN, answer);
      const failure = failureOf(await identity('custom').clientCredentials());
      expect(failure.code).toBe(row.refresh.code);
      expect(JSON.stringify(failure)).not.toMatch(/Ana|Welcome|client-secret/);
    });
  });

  it('says when a limit is over, and isn’t asked for before the hour that any failure waits', async () => {
    const { keeper, outcome } = await refreshing(() => ({
      status: 429,
      headers: seconds('130'),
      body: '',
    }));
    expect(failureOf(outcome).retryAt).toBe(clock.now() + 130_000);
    expect(keeper.renewAt).toBe(clock.now() + HOUR);
  });

  it('when the grace of 30 minutes was missed says that an answer had been lost', async () => {
    const { keeper } = await refreshing(() => 'hangUp');
    xero.answers.set(TOKEN, () => error('invalid_grant'));
    const failure = failureOf(await keeper.accessToken());
    expect(failure.code).toBe('xeroSignedOut');
    expect(failure.detail).toContain('an earlier answer was lost for more than 30 minutes');
  });
});

describe('no answer of Xero’s token endpoint', () => {
  it('as the connection was reset before it, is a fault of the network', async () => {
    const { outcome, lost, secrets } = await refreshing(() => 'hangUp');
    expect(failureOf(outcome)).toMatchObject({ code: 'xeroUnreachable', next: 'wait' });
    expect([lost, secrets.entries.get(KEY)]).toEqual([true, 'kept']);
    expect(failureOf(await signingIn(() => 'hangUp'))).toMatchObject({ next: 'signInToXero' });
  });

  it('is given up on in 30 seconds, and may have been lost', async () => {
    const late = new AbortController();
    const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
    let ask = (): void => undefined;
    const asked = new Promise<void>((resolve) => (ask = resolve));
    const refreshed = refreshing(() => {
      ask();
      return 'silence';
    });
    await asked;
    expect(new Set(limit.mock.calls.map(([ms]) => ms))).toContain(30_000);
    late.abort(new DOMException('late', 'TimeoutError'));
    const { outcome, lost } = await refreshed;
    limit.mockRestore();
    expect(failureOf(outcome)).toMatchObject({ code: 'xeroUnreachable', next: 'wait' });
    expect(lost).toBe(true);
  });
});

describe('a redirect of Xero’s token endpoint', () => {
  const elsewhere = (): Reply => ({
    status: 307,
    headers: { location: `${xero.root}/elsewhere`, 'xero-correlation-id': CORRELATION },
    body: '',
  });

  it('isn’t followed with a token in hand', async () => {
    const { outcome, lost, secrets } = await refreshing(elsewhere);
    expect(failureOf(outcome)).toMatchObject({ code: 'xeroAnswerUnreadable' });
    expect([lost, secrets.entries.get(KEY)]).toEqual([true, 'kept']);
    expect((await signingIn(elsewhere)).ok).toBe(false);
    expect((await identity('custom').clientCredentials()).ok).toBe(false);
    xero.answers.set(REVOCATION, elsewhere);
    expect((await identity().revoke('kept')).ok).toBe(false);
    expect(xero.to('/elsewhere')).toEqual([]);
  });
});

describe('an answer that grants tokens, with something odd beside them', () => {
  const HALF_HOUR = 1_800_000;
  it.each([
    ['no lifetime', { expires_in: undefined }, HALF_HOUR],
    ['a lifetime of zero', { expires_in: 0 }, HALF_HOUR],
    ['a negative lifetime', { expires_in: -1800 }, HALF_HOUR],
    ['a lifetime of null', { expires_in: null }, HALF_HOUR],
    ['a lifetime in words', { expires_in: 'soon' }, HALF_HOUR],
    ['a lifetime that is a text', { expires_in: '600' }, 600_000],
    ['a huge lifetime', { expires_in: 1e12 }, 1e15],
    ['a malformed id token', { id_token: 'not.a.token' }, HALF_HOUR],
    ['an id token that is no text', { id_token: 7 }, HALF_HOUR],
    ['scopes that are no text', { scope: ['openid'] }, HALF_HOUR],
    ['a token type in capitals', { token_type: 'BEARER' }, HALF_HOUR],
    ['fields that nobody knows', { tenant: PRIVATE }, HALF_HOUR],
  ])('%s costs no refresh token', async (_what, more, lifetime) => {
    const { keeper, outcome, secrets, lost } = await refreshing(() => granted(more));
    expect(valueOf(outcome)).toBe(TOKENS.access_token);
    expect([secrets.entries.get(KEY), lost]).toEqual([SUCCESSOR, false]);
    await clock.advance(lifetime - 60_001);
    valueOf(await keeper.accessToken());
    expect(xero.to(TOKEN)).toHaveLength(1);
    await clock.advance(1);
    valueOf(await keeper.accessToken());
    expect(xero.to(TOKEN)).toHaveLength(2);
  });

  it.each([
    ['none', { refresh_token: undefined }],
    ['null', { refresh_token: null }],
  ])('%s in place of a refresh token keeps the one there is', async (_what, more) => {
    const { outcome, secrets } = await refreshing(() => granted(more));
    expect(valueOf(outcome)).toBe(TOKENS.access_token);
    expect(secrets.entries.get(KEY)).toBe('kept');
  });

  it('and a connection that is reset after it, is an answer like any other', async () => {
    const { outcome, secrets } = await refreshing(() => ({ ...granted({}), breaks: 'after' }));
    valueOf(outcome);
    expect(secrets.entries.get(KEY)).toBe(SUCCESSOR);
  });

  it.each([
    ['no id token', {}],
    ['a malformed id token', { id_token: 'not.a.token' }],
  ])('%s is no sign-in: nobody knows who it was', async (_what, more) => {
    const outcome = await signingIn(() => granted(more));
    expect(failureOf(outcome)).toMatchObject({ next: 'signInToXero' });
  });
});

describe('every answer to giving a consent back', () => {
  it.each<[string, Answer, FailureCode | null]>([
    ['200', { body: '' }, null],
    ['200 with a page', { body: PAGE }, null],
    ['400 invalid_client', error('invalid_client'), 'xeroClientRejected'],
    ['401 invalid_client', error('invalid_client', 401), 'xeroClientRejected'],
    ['400 unsupported_token_type', error('unsupported_token_type'), 'xeroRequestRefused'],
    ['403, a page', { status: 403, body: PAGE }, 'xeroAnswerUnreadable'],
    ['404', { status: 404, body: '' }, 'xeroAnswerUnreadable'],
    ['429', { status: 429, body: '' }, 'xeroRateLimited'],
    ['503', { status: 503, body: PAGE }, 'xeroUnavailable'],
    ['a reset', 'hangUp', 'xeroUnreachable'],
  ])('%s', async (_name, answer, code) => {
    xero.answers.set(REVOCATION, () => answer);
    const outcome = await identity().revoke('kept');
    expect(outcome.ok ? null : outcome.failure.code).toBe(code);
    expect(JSON.stringify(outcome)).not.toMatch(/Ana|Welcome|kept/);
  });
});
