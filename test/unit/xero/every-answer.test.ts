import { describe, expect, it } from 'vitest';
import type { XeroAnswer } from '../../../main/xero/api.ts';
import { Governor } from '../../../main/xero/governor.ts';
import { XeroReader } from '../../../main/xero/reader.ts';
import { succeed, type Failure, type FailureCode, type NextStep } from '../../../shared/errors.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';

const HARBOUR = { id: 'c-1', tenantId: 't-harbour', name: 'Harbour Books' };
const CORRELATION = 'b3c8-4f1e';
const PRIVATE = 'Ana Reyes';
const PAGE = `<!doctype html><title>Welcome, ${PRIVATE}</title>`;
const described = { Organisations: [{ OrganisationID: 't-harbour', Name: 'Harbour Books' }] };
const ana = { UserID: 'u-ana', OrganisationRole: 'STANDARD', FirstName: 'Ana', LastName: 'Reyes' };
const problem = (Title: string, Detail: string) => ({
  Type: null,
  Title,
  Detail,
  Instance: '',
  Extensions: {},
});

type Given = Pick<XeroAnswer, 'status' | 'body'> & { readonly headers?: Record<string, string> };

/** What the users of an organisation are answered with, to the end of all tries. */
async function usersAnswered({ status, body, headers = {} }: Given) {
  const clock = new FakeClock();
  const log = new KeptLog();
  const answer = { status, body, headers: { 'xero-correlation-id': CORRELATION, ...headers } };
  let calls = 0;
  const reader = new XeroReader({
    api: {
      connections: () => Promise.resolve(answer),
      disconnect: () => Promise.resolve(answer),
      organisation: () => Promise.resolve({ status: 200, headers: {}, body: described }),
      users: () => {
        calls += 1;
        return Promise.resolve(answer);
      },
    },
    tokens: { accessToken: () => Promise.resolve(succeed('t')), discard: () => undefined },
    governor: new Governor({ clock, random: steady }),
    clock,
    random: steady,
    log,
  });
  const { signal } = new AbortController();
  const outcome = reader.organisation(HARBOUR, 'look', signal);
  for (let turn = 0; turn < 20; turn += 1) await clock.advance(10_000);
  return {
    outcome: await outcome,
    calls,
    log,
    connections: () => reader.connections('look', signal),
  };
}

interface Expected {
  readonly code: FailureCode;
  readonly next: NextStep;
  /** Words that only this state's sentence has. */
  readonly says: string;
  readonly calls: number;
}
const signedOut = { code: 'xeroSignedOut', next: 'signInToXero', says: 'signed you out' } as const;
const page = { code: 'xeroAnswerUnreadable', next: 'checkXeroNow', says: 'proxy' } as const;
const short = { code: 'xeroAnswerUnreadable', next: 'checkXeroNow', says: 'broke off' } as const;
const strange = { code: 'xeroAnswerUnreadable', next: 'reportProblem', says: 'a form' } as const;
const down = { code: 'xeroUnavailable', next: 'wait', says: 'problem of its own' } as const;
const refused = { code: 'xeroRequestRefused', next: 'reportProblem', says: 'refused' } as const;
const forbidden = {
  code: 'xeroForbidden',
  next: 'chooseOrganisations',
  says: 'Harbour Books no longer lets this app in',
} as const;
const scope = { code: 'xeroScopeMissing', next: 'signInToXero', says: 'allow all' } as const;
const limited = (kind: string) => ({ 'x-rate-limit-problem': kind, 'retry-after': '66183' });
const pause = { code: 'xeroRateLimited', next: 'wait', says: 'by ourselves in 19 hours' } as const;
const html = { 'content-type': 'text/html; charset=utf-8' };
const json = { 'content-type': 'application/json' };

const TABLE: readonly (readonly [string, Given, Expected])[] = [
  ['400', { status: 400, body: { Type: 'Query', Message: PRIVATE } }, { ...refused, calls: 1 }],
  [
    '401, expired',
    { status: 401, body: problem('Unauthorized', 'TokenExpired: …') },
    { ...signedOut, calls: 2 },
  ],
  [
    '401, unknown token',
    { status: 401, body: { title: 'Unauthorized', detail: 'AuthenticationUnsuccessful' } },
    { ...signedOut, calls: 2 },
  ],
  ['401 without a body', { status: 401, body: '' }, { ...signedOut, calls: 2 }],
  [
    '401, a scope is missing',
    { status: 401, body: '', headers: { 'www-authenticate': 'insufficient_scope' } },
    { ...scope, calls: 1 },
  ],
  [
    '401, a scope is missing by its body',
    { status: 401, body: problem('Unauthorized', 'AuthorizationUnsuccessful') },
    { ...scope, calls: 1 },
  ],
  [
    '403',
    { status: 403, body: problem('Forbidden', 'AuthenticationUnsuccessful') },
    { ...forbidden, calls: 1 },
  ],
  ['403 without a body', { status: 403, body: '' }, { ...forbidden, calls: 1 }],
  ['404', { status: 404, body: '' }, { ...refused, calls: 1 }],
  ['412', { status: 412, body: '' }, { ...refused, calls: 1 }],
  [
    '429 for the day',
    { status: 429, body: '', headers: limited('day') },
    { ...pause, says: 'daily limit', calls: 1 },
  ],
  [
    '429 for the minute',
    { status: 429, body: PAGE, headers: limited('minute') },
    { ...pause, calls: 1 },
  ],
  [
    '429 for the app',
    { status: 429, body: [PRIVATE], headers: limited('AppMinute') },
    { ...pause, calls: 1 },
  ],
  [
    '429 for calls at once',
    { status: 429, body: '', headers: limited('concurrent') },
    { ...pause, calls: 1 },
  ],
  ['500', { status: 500, body: { Message: PRIVATE } }, { ...down, calls: 4 }],
  ['503, a page', { status: 503, body: PAGE, headers: html }, { ...down, calls: 4 }],
  ['a redirect', { status: 302, body: '', headers: { location: '/' } }, { ...page, calls: 1 }],
  ['a proxy’s page', { status: 200, body: PAGE, headers: html }, { ...page, calls: 1 }],
  ['a proxy’s refusal', { status: 403, body: PAGE, headers: html }, { ...page, calls: 1 }],
  ['a proxy’s sign-in', { status: 401, body: PAGE, headers: html }, { ...page, calls: 1 }],
  [
    'XML in spite of all',
    {
      status: 200,
      body: `<Response>${PRIVATE}</Response>`,
      headers: { 'content-type': 'text/xml' },
    },
    { ...page, calls: 1 },
  ],
  ['nothing', { status: 200, body: '', headers: json }, { ...page, calls: 1 }],
  [
    'JSON cut short',
    { status: 200, body: `{"Users":[{"FirstName":"${PRIVATE}`, headers: json },
    { ...short, calls: 1 },
  ],
  ['JSON of another thing', { status: 200, body: { Hotels: [PRIVATE] } }, { ...strange, calls: 1 }],
  ['null', { status: 200, body: null }, { ...strange, calls: 1 }],
  [
    'a person without a UserID',
    { status: 200, body: { Users: [{ ...ana, UserID: null }] } },
    { ...strange, calls: 1 },
  ],
  [
    'a role that is no text',
    { status: 200, body: { Users: [{ ...ana, OrganisationRole: 6 }] } },
    { ...strange, calls: 1 },
  ],
  [
    'more than the limit',
    { status: 0, body: 'tooLarge' },
    { ...page, says: 'larger than any list', calls: 1 },
  ],
  [
    'a broken line',
    { status: 0, body: 'ECONNRESET' },
    { code: 'xeroUnreachable', next: 'wait', says: 'can’t be reached', calls: 4 },
  ],
];

describe('every answer of Xero that is no list of users is one state, one sentence, one action', () => {
  it.each(TABLE)('%s', async (_name, given, { code, next, says, calls }) => {
    const answered = await usersAnswered(given);
    const failure: Failure = failureOf(answered.outcome);
    expect(failure).toMatchObject({ code, next });
    expect(failure.message).toContain(says);
    expect(answered.calls).toBe(calls);
    expect(failure.detail).toContain(CORRELATION);
    const told = JSON.stringify([failure, answered.log.lines]);
    for (const private_ of [PRIVATE, 'Welcome', 'Hotels']) expect(told).not.toContain(private_);
  });

  it('a content type that isn’t so is no matter where the content is', async () => {
    const { outcome } = await usersAnswered({ status: 200, body: { Users: [ana] }, headers: html });
    expect(valueOf(outcome).users).toHaveLength(1);
  });

  it('a page’s content type is told for support, and no more of that header', async () => {
    const headers = { 'content-type': `text/html; title=${PRIVATE}` };
    const { outcome } = await usersAnswered({ status: 200, body: PAGE, headers });
    expect(failureOf(outcome).detail).toBe(
      `Xero answered 200, correlation id ${CORRELATION}, content type text/html`,
    );
  });

  it('the field at fault is named, with where it is', async () => {
    const body = { Users: [ana, { ...ana, UserID: 7 }] };
    const { outcome } = await usersAnswered({ status: 200, body });
    expect(failureOf(outcome).detail).toBe(
      `Xero answered 200, correlation id ${CORRELATION}; its field "Users.1.UserID" isn't as Xero describes it`,
    );
  });

  it('a list of organisations that is forbidden blames none of them', async () => {
    const { connections } = await usersAnswered({ status: 403, body: '' });
    expect(failureOf(await connections())).toMatchObject({ code: 'xeroRequestRefused' });
  });
});

describe('one odd row', () => {
  it.each([
    ['a date of a new form', { UpdatedDateUTC: '26 November 2026' }],
    ['a null where there was a text', { FirstName: null, EmailAddress: null }],
    ['a number where there was a text', { LastName: 7 }],
    ['a null where there was a role', { OrganisationRole: null }],
    ['a text where there was a yes or no', { IsSubscriber: 'yes' }],
  ])('with %s costs nobody their place', async (_name, odd) => {
    const body = { Users: [ana, { ...ana, UserID: 'u-odd', ...odd }] };
    const access = valueOf((await usersAnswered({ status: 200, body })).outcome);
    expect(access.users.map(({ userId }) => userId)).toEqual(['u-ana', 'u-odd']);
  });
});
