import { describe, expect, it } from 'vitest';
import type { XeroAnswer, XeroCall } from '../../../main/xero/api.ts';
import { signedOut } from '../../../main/xero/errors.ts';
import { Governor } from '../../../main/xero/governor.ts';
import { XeroReader, type ReadPurpose } from '../../../main/xero/reader.ts';
import type { AccessTokens } from '../../../main/xero/tokens.ts';
import { fail, succeed, type Result } from '../../../shared/errors.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';

const HARBOUR = { id: 'c-1', tenantId: 't-harbour', name: 'Harbour Books' };
const users = { Users: [{ UserID: 'u-ana', OrganisationRole: 'STANDARD' }] };
const organisation = { Organisations: [{ OrganisationID: 't-harbour', Name: 'Harbour Books' }] };
const organisationIn = (OrganisationStatus: string) => ({
  Organisations: [{ OrganisationID: 't-harbour', Name: 'Harbour Books', OrganisationStatus }],
});
const connections = [
  { id: 'c-1', tenantId: 't-harbour', tenantType: 'ORGANISATION', tenantName: 'Harbour Books' },
];

const ok = (body: unknown): XeroAnswer => ({ status: 200, headers: {}, body });
const status = (code: number, headers: Record<string, string> = {}): XeroAnswer => ({
  status: code,
  headers,
  body: '',
});

/** Tokens `t1`, `t2`, …: another once the last was refused. */
class Tokens implements AccessTokens {
  given = 1;
  answer: () => Result<string> = () => succeed(`t${this.given}`);

  accessToken(): Promise<Result<string>> {
    return Promise.resolve(this.answer());
  }

  discard(token: string): void {
    if (token === `t${this.given}`) this.given += 1;
  }
}

/** A reader whose connections come from a queue of answers; the last one repeats. */
function reading(...answers: readonly XeroAnswer[]) {
  const queue = [...answers];
  const calls: XeroCall[] = [];
  const clock = new FakeClock();
  const tokens = new Tokens();
  const log = new KeptLog();
  const stop = new AbortController();
  const answer = (call: XeroCall): Promise<XeroAnswer> => {
    calls.push(call);
    return Promise.resolve((queue.length > 1 ? queue.shift() : queue[0]) ?? ok(connections));
  };
  const reader = new XeroReader({
    api: {
      connections: answer,
      disconnect: (_connection, call) => answer(call),
      organisation: (_tenant, call) => answer(call),
      users: (_tenant, call) => answer(call),
    },
    tokens,
    governor: new Governor({ clock, random: steady }),
    clock,
    random: steady,
    log,
  });
  const read = (purpose: ReadPurpose = 'look') => reader.connections(purpose, stop.signal);
  return { reader, calls, clock, tokens, log, stop, read };
}

describe('reading Xero', () => {
  it('gives an organisation with everybody in it', async () => {
    const { reader, stop } = reading(ok(organisation), ok(users));
    const access = valueOf(await reader.organisation(HARBOUR, 'look', stop.signal));
    expect(access.organisation.name).toBe('Harbour Books');
    expect(access.users.map(({ userId }) => userId)).toEqual(['u-ana']);
    expect(access.tenantId).toBe('t-harbour');
  });

  it('asks for an organisation’s details once a day, and for its people every time', async () => {
    const { reader, stop, clock, calls } = reading(ok(organisation), ok(users));
    const readIn = async (connection = HARBOUR): Promise<number> => {
      const before = calls.length;
      valueOf(await reader.organisation(connection, 'look', stop.signal));
      return calls.length - before;
    };
    expect(await readIn()).toBe(2);
    expect(await readIn()).toBe(1);
    await clock.advance(24 * 3_600_000 - 1);
    expect(await readIn()).toBe(1);
  });

  it('asks for the details anew after a day, or once the organisation has another name', async () => {
    const both = [ok(organisation), ok(users), ok(organisation), ok(users)];
    const { reader, stop, clock, calls } = reading(...both, ...both);
    await reader.organisation(HARBOUR, 'look', stop.signal);
    await clock.advance(24 * 3_600_000);
    await reader.organisation(HARBOUR, 'look', stop.signal);
    expect(calls).toHaveLength(4);
    await reader.organisation({ ...HARBOUR, name: 'Harbour & Sons' }, 'look', stop.signal);
    expect(calls).toHaveLength(6);
  });

  it('calls an organisation suspended that refuses its users and isn’t active, in Xero’s word', async () => {
    const { reader, stop } = reading(ok(organisationIn('SUSPENDED')), status(403));
    const failure = failureOf(await reader.organisation(HARBOUR, 'look', stop.signal));
    expect(failure).toMatchObject({ code: 'organisationSuspended', next: 'chooseOrganisations' });
    expect(failure.message).toContain('“SUSPENDED”');
    expect(failure.message).toContain('Harbour Books');
    expect(failure.detail).toContain('403');
  });

  it('asks once more how an organisation is that begins to refuse its users', async () => {
    const answers = [ok(organisation), ok(users), status(403), ok(organisationIn('PENDING'))];
    const { reader, stop, calls } = reading(...answers);
    valueOf(await reader.organisation(HARBOUR, 'look', stop.signal));
    const failure = failureOf(await reader.organisation(HARBOUR, 'look', stop.signal));
    expect(failure.code).toBe('organisationSuspended');
    expect(calls).toHaveLength(4);
  });

  it.each([
    ['is active', ok(organisationIn('ACTIVE'))],
    ['says nothing of it', ok(organisation)],
    ['refuses that too', status(403)],
  ])('calls it forbidden where it %s', async (_how, described) => {
    const { reader, stop } = reading(ok(organisation), ok(users), status(403), described);
    valueOf(await reader.organisation(HARBOUR, 'look', stop.signal));
    const failure = failureOf(await reader.organisation(HARBOUR, 'look', stop.signal));
    expect(failure.code).toBe('xeroForbidden');
  });

  it('reads one that isn’t active and still tells its people', async () => {
    const { reader, stop } = reading(ok(organisationIn('SUSPENDED')), ok(users));
    const access = valueOf(await reader.organisation(HARBOUR, 'look', stop.signal));
    expect(access.organisation.status).toBe('SUSPENDED');
    expect(access.users).toHaveLength(1);
  });

  it.each([
    ['a fault of Xero’s own', status(500)],
    ['maintenance', status(503)],
    ['a broken line', { status: 0, headers: {}, body: 'ECONNRESET' }],
  ])('tries again after %s, waiting longer each time', async (_what, fault) => {
    const { clock, calls, read } = reading(fault, fault, ok(connections));
    const outcome = read();
    await clock.untilAsleep();
    await clock.advance(60_000);
    valueOf(await outcome);
    expect(calls).toHaveLength(3);
    expect(clock.sleeps[1]).toBeGreaterThan(clock.sleeps[0] ?? Infinity);
  });

  it.each([
    ['in seconds', '37'],
    ['as a date', new Date(new FakeClock().now() + 37_000).toUTCString()],
  ])('waits as long as Xero’s maintenance asks %s', async (_how, retryAfter) => {
    const { clock, calls, read } = reading(
      status(503, { 'retry-after': retryAfter }),
      ok(connections),
    );
    const outcome = read();
    await clock.untilAsleep();
    await clock.advance(36_999);
    expect(calls).toHaveLength(1);
    await clock.advance(60_000);
    valueOf(await outcome);
    expect(calls).toHaveLength(2);
  });

  it('doesn’t try again where the maintenance takes longer than anybody waits', async () => {
    const { calls, read } = reading(status(503, { 'retry-after': '3600' }));
    expect(failureOf(await read()).code).toBe('xeroUnavailable');
    expect(calls).toHaveLength(1);
  });

  it('gives up after four tries, with what was wrong', async () => {
    const { clock, calls, read } = reading(status(500));
    const outcome = read();
    await clock.untilAsleep();
    await clock.advance(10 * 60_000);
    expect(failureOf(await outcome).code).toBe('xeroUnavailable');
    expect(calls).toHaveLength(4);
  });

  it('waits out a short pause that Xero asks for, and not less', async () => {
    const limited = status(429, { 'retry-after': '37', 'x-rate-limit-problem': 'minute' });
    const { clock, calls, read } = reading(limited, ok(connections));
    const outcome = read();
    await clock.untilAsleep();
    await clock.advance(36_999);
    expect(calls).toHaveLength(1);
    await clock.advance(60_000);
    valueOf(await outcome);
    expect(calls).toHaveLength(2);
  });

  it('waits longer for C1, whose task lives on, than for a look', async () => {
    const limited = status(429, { 'retry-after': '240', 'x-rate-limit-problem': 'minute' });
    const look = reading(limited, ok(connections));
    expect(failureOf(await look.read()).retryAt).toBe(look.clock.now() + 240_000);
    expect(look.calls).toHaveLength(1);

    const { clock, calls, read } = reading(limited, ok(connections));
    const outcome = read('c1');
    await clock.untilAsleep();
    await clock.advance(239_999);
    expect(calls).toHaveLength(1);
    await clock.advance(60_000);
    valueOf(await outcome);
    expect(calls).toHaveLength(2);
  });

  it('takes its token when it may call, not before a pause', async () => {
    const limited = status(429, { 'retry-after': '37', 'x-rate-limit-problem': 'minute' });
    const { clock, calls, tokens, read } = reading(limited, ok(connections));
    const outcome = read();
    await clock.untilAsleep();
    tokens.given = 7;
    await clock.advance(60_000);
    valueOf(await outcome);
    expect(calls.map(({ accessToken }) => accessToken)).toEqual(['t1', 't7']);
  });

  it('doesn’t wait for tomorrow: a long pause is told at once', async () => {
    const limited = status(429, { 'retry-after': '66183', 'x-rate-limit-problem': 'day' });
    const { clock, calls, read } = reading(limited);
    expect(failureOf(await read())).toMatchObject({
      code: 'xeroRateLimited',
      retryAt: clock.now() + 66_183_000,
    });
    expect(calls).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  it('takes another token once when Xero refuses the first', async () => {
    const { calls, read } = reading(status(401), ok(connections));
    valueOf(await read());
    expect(calls.map(({ accessToken }) => accessToken)).toEqual(['t1', 't2']);
  });

  it('asks for a new sign-in when the second token is refused too', async () => {
    const { calls, clock, read } = reading(status(401));
    expect(failureOf(await read()).code).toBe('xeroSignedOut');
    expect(calls).toHaveLength(2);
    expect(clock.sleeps).toEqual([]);
  });

  it.each([
    ['xeroRequestRefused', status(403)],
    ['xeroScopeMissing', status(401, { 'www-authenticate': 'insufficient_scope' })],
    ['xeroRequestRefused', status(404)],
  ])('tries %s only once', async (code, answer) => {
    const { calls, tokens, read } = reading(answer);
    expect(failureOf(await read()).code).toBe(code);
    expect(calls).toHaveLength(1);
    expect(tokens.given).toBe(1);
  });

  it('passes on why there is no token, without a call', async () => {
    const { calls, tokens, read } = reading();
    tokens.answer = () => fail(signedOut());
    expect(failureOf(await read()).code).toBe('xeroSignedOut');
    expect(calls).toEqual([]);
  });

  it('says so when an answer isn’t what Xero describes, and repeats nothing of it', async () => {
    const { read } = reading(ok([{ id: 'c-1', tenantType: 'Ana Reyes' }]));
    const failure = failureOf(await read());
    expect(failure.code).toBe('xeroAnswerUnreadable');
    expect(failure.detail).toContain('tenantId');
    expect(JSON.stringify(failure)).not.toContain('Ana');
  });

  it('reads a page in HTML as no answer of Xero', async () => {
    const { read } = reading(ok('<html>Welcome to the hotel</html>'));
    expect(failureOf(await read()).code).toBe('xeroAnswerUnreadable');
  });

  it('stops when it is told to, while it waits', async () => {
    const { clock, calls, stop, read } = reading(status(500));
    const outcome = read();
    await clock.untilAsleep();
    stop.abort();
    expect(failureOf(await outcome).code).toBe('cancelled');
    expect(calls).toHaveLength(1);
  });

  it('doesn’t begin when it was stopped before', async () => {
    const { calls, stop, read } = reading();
    stop.abort();
    expect(failureOf(await read()).code).toBe('cancelled');
    expect(calls).toEqual([]);
  });

  it('is told that it was stopped, whatever the broken-off call looks like', async () => {
    const { reader, stop } = reading({ status: 0, headers: {}, body: 'unreadable' });
    const outcome = reader.connections('look', stop.signal);
    stop.abort();
    expect(failureOf(await outcome).code).toBe('cancelled');
  });

  it('reads many people with turns for everything else in between, all of them in order', async () => {
    const many = Array.from({ length: 1200 }, (_, index) => ({ UserID: `u-${index}` }));
    const { reader, stop, clock } = reading(ok(organisation), ok({ Users: many }));
    const read = valueOf(await reader.organisation(HARBOUR, 'look', stop.signal));
    expect(read.users.map(({ userId }) => userId)).toEqual(many.map(({ UserID }) => UserID));
    expect(clock.sleeps.filter((ms) => ms === 0).length).toBeGreaterThan(1);
  });

  it('names the field at fault, wherever in a long list it is', async () => {
    const many = Array.from({ length: 700 }, (_, index) => ({ UserID: `u-${index}` }));
    const { reader, stop } = reading(ok(organisation), ok({ Users: [...many, { UserID: 7 }] }));
    const failure = failureOf(await reader.organisation(HARBOUR, 'look', stop.signal));
    expect(failure.detail).toContain('"Users.700.UserID"');
  });

  it('logs neither names nor tokens', async () => {
    const { reader, stop, log } = reading(status(403));
    await reader.organisation(HARBOUR, 'look', stop.signal);
    expect(log.lines).toHaveLength(1);
    expect(log.lines.join()).not.toMatch(/Harbour|t1/);
  });
});

describe('ending a connection', () => {
  const others = [{ ...connections[0], id: 'c-2', tenantId: 't-farm' }];

  it('takes one call', async () => {
    const { reader, stop, calls } = reading(status(204));
    valueOf(await reader.disconnect(HARBOUR, stop.signal));
    expect(calls).toHaveLength(1);
  });

  it.each([403, 404])(
    'that Xero answers with %i is as good as done where it isn’t listed',
    async (code) => {
      const { reader, stop } = reading(status(code), ok(others));
      valueOf(await reader.disconnect(HARBOUR, stop.signal));
    },
  );

  it('that is still listed has failed', async () => {
    const { reader, stop } = reading(status(403), ok(connections));
    expect(failureOf(await reader.disconnect(HARBOUR, stop.signal)).code).toBe(
      'xeroRequestRefused',
    );
  });

  it('isn’t tried without its id', async () => {
    const { reader, stop, calls } = reading(status(204));
    const nameless = { ...HARBOUR, id: '' };
    expect(failureOf(await reader.disconnect(nameless, stop.signal)).next).toBe('reportProblem');
    expect(calls).toEqual([]);
  });
});
