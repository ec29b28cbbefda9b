import { describe, expect, it } from 'vitest';
import type { XeroAnswer } from '../../../main/xero/api.ts';
import { failureOfAnswer, limitOf, remainingOf } from '../../../main/xero/failures.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const NAME = 'Harbour Books';

function answer(status: number, more: Partial<XeroAnswer> = {}): XeroAnswer {
  return { status, headers: {}, body: '', ...more };
}
const failure = (given: XeroAnswer) => failureOfAnswer(given, NAME, NOW);

const unauthorized = (detail: string) => ({
  Type: null,
  Title: 'Unauthorized',
  Status: 401,
  Detail: detail,
  Instance: 'f1f2',
  Extensions: {},
});

describe('an answer of Xero that isn’t a success', () => {
  it.each([
    ['an expired token', unauthorized('TokenExpired: token expired at 11/23/2026')],
    ['a token that Xero doesn’t know', unauthorized('AuthenticationUnsuccessful')],
    ['a body in small letters', { title: 'Unauthorized', detail: 'AuthenticationUnsuccessful' }],
    ['no body', ''],
  ])('asks for a new sign-in after 401 with %s', (_what, body) => {
    expect(failure(answer(401, { body }))).toMatchObject({
      code: 'xeroSignedOut',
      next: 'signInToXero',
    });
  });

  it.each([
    [
      'the header',
      { headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' }, body: '' },
    ],
    ['the body', { body: unauthorized('AuthorizationUnsuccessful') }],
    ['the body in small letters', { body: { detail: 'authorizationunsuccessful' } }],
  ])('says that a scope is missing when 401 says so in %s', (_where, more) => {
    expect(failure(answer(401, more))).toMatchObject({
      code: 'xeroScopeMissing',
      next: 'signInToXero',
    });
  });

  it('concerns one organisation after 403, and says which', () => {
    const body = { Title: 'Forbidden', Detail: 'AuthenticationUnsuccessful' };
    expect(failure(answer(403, { body }))).toMatchObject({
      code: 'xeroForbidden',
      message: expect.stringContaining(`${NAME} no longer lets this app in. Usually`) as string,
      next: 'chooseOrganisations',
    });
  });

  it.each([400, 404, 412])('is refused after %i, to be reported', (status) => {
    const body = { Type: 'QueryParseException', Message: 'no such field' };
    expect(failure(answer(status, { body }))).toMatchObject({
      code: 'xeroRequestRefused',
      next: 'reportProblem',
    });
  });

  it.each([500, 502, 503, 504])('heals by itself after %i', (status) => {
    expect(failure(answer(status, { body: '<html>down</html>' }))).toMatchObject({
      code: 'xeroUnavailable',
      next: 'wait',
    });
  });

  it('is unreachable when nothing came back', () => {
    expect(failure(answer(0, { body: 'ECONNREFUSED' }))).toMatchObject({
      code: 'xeroUnreachable',
      next: 'wait',
    });
  });

  it('says that something stands in between when a redirect came back', () => {
    expect(failure(answer(302))).toMatchObject({ code: 'xeroAnswerUnreadable' });
  });

  it('carries the correlation id for support, and nothing of the body', () => {
    const given = answer(500, {
      headers: { 'xero-correlation-id': 'b3c8' },
      body: 'Ana Reyes could not be loaded',
    });
    expect(failure(given).detail).toBe('Xero answered 500, correlation id b3c8');
    expect(JSON.stringify(failure(given))).not.toContain('Ana');
  });
});

describe('a limit of Xero', () => {
  const limited = (problem: string | undefined, retryAfter: string | undefined) =>
    answer(429, {
      headers: {
        ...(problem === undefined ? {} : { 'x-rate-limit-problem': problem }),
        ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      },
    });

  it.each([
    ['concurrent', '1', 1000, 'Xero asks for a pause. We look again by ourselves in 1 min.'],
    ['minute', '37', 37_000, 'Xero asks for a pause. We look again by ourselves in 1 min.'],
    ['appminute', '130', 130_000, 'Xero asks for a pause. We look again by ourselves in 3 min.'],
    [
      'day',
      '66183',
      66_183_000,
      'Xero’s daily limit is used up. We look again by ourselves in 19 hours.',
    ],
    [
      'Day',
      '66183',
      66_183_000,
      'Xero’s daily limit is used up. We look again by ourselves in 19 hours.',
    ],
  ])('of kind “%s” says when it ends', (problem, seconds, pause, message) => {
    expect(failure(limited(problem, seconds))).toMatchObject({
      code: 'xeroRateLimited',
      message,
      next: 'wait',
      retryAt: NOW + pause,
    });
  });

  it.each([undefined, '', 'soon', '-5', '0'])('is a minute when Retry-After is %j', (seconds) => {
    expect(limitOf(limited('minute', seconds))?.pauseMs).toBe(60_000);
  });

  it.each([
    ['concurrent', 1000],
    ['appminute', 60_000],
    ['day', 3_600_000],
  ])('of kind “%s” that doesn’t say how long is obeyed for %i ms', (problem, pauseMs) => {
    expect(limitOf(limited(problem, undefined))).toEqual({ limit: problem, pauseMs });
  });

  it('of a kind that Xero doesn’t describe is taken for the minute’s', () => {
    expect(limitOf(limited('lunar', '7'))).toEqual({ limit: 'minute', pauseMs: 7000 });
  });

  it('is no matter of other answers', () => {
    expect(limitOf(answer(503, { headers: { 'retry-after': '7' } }))).toBeNull();
  });

  it('needs neither header', () => {
    expect(failure(limited(undefined, undefined))).toMatchObject({
      code: 'xeroRateLimited',
      retryAt: NOW + 60_000,
    });
  });
});

describe('what an answer says is left', () => {
  it('is read for the day, the minute and the app', () => {
    const headers = {
      'x-daylimit-remaining': '951',
      'x-minlimit-remaining': '0',
      'x-appminlimit-remaining': ' 9990 ',
    };
    expect(remainingOf(answer(200, { headers }))).toEqual({ day: 951, minute: 0, appMinute: 9990 });
  });

  it('is not known where it isn’t said, or isn’t a number', () => {
    const headers = { 'x-daylimit-remaining': 'plenty', 'x-minlimit-remaining': '-1' };
    expect(remainingOf(answer(200, { headers }))).toEqual({
      day: null,
      minute: null,
      appMinute: null,
    });
  });
});
