import { describe, expect, it } from 'vitest';
import type { XeroAnswer } from '../../../main/xero/api.ts';
import { Governor } from '../../../main/xero/governor.ts';
import { succeed, type Result } from '../../../shared/errors.ts';
import { steady } from '../c1/quiet.ts';
import { FakeClock, settle } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';

const HARBOUR = 'AAAAAAAA-1111-4111-8111-111111111111';
const FARM = 'bbbbbbbb-2222-4222-8222-222222222222';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const ok = (headers: Record<string, string> = {}): XeroAnswer => ({
  status: 200,
  headers,
  body: {},
});
const limited = (problem: string, seconds: number): XeroAnswer => ({
  status: 429,
  headers: { 'x-rate-limit-problem': problem, 'retry-after': String(seconds) },
  body: '',
});

/** A governor, and calls under it that are answered at once or when a test says so. */
function governing() {
  const clock = new FakeClock();
  const governor = new Governor({ clock, random: steady });
  const stop = new AbortController();
  /** When each call began, after the start. */
  const began: number[] = [];
  const start = clock.now();
  const call = (
    organisation: string | null = HARBOUR,
    answer: XeroAnswer | Promise<XeroAnswer> = ok(),
    patience = 65_000,
  ): Promise<Result<XeroAnswer>> =>
    governor.call(
      { organisation, patience },
      async () => {
        began.push(clock.now() - start);
        return succeed(await answer);
      },
      stop.signal,
    );
  const many = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += 1) await call();
  };
  return { clock, governor, stop, began, call, many, start };
}

/** An answer that comes when the test lets it. */
function later(): { readonly answer: Promise<XeroAnswer>; readonly come: (a: XeroAnswer) => void } {
  let come: (answer: XeroAnswer) => void = () => undefined;
  const answer = new Promise<XeroAnswer>((resolve) => (come = resolve));
  return { answer, come };
}

describe('calls at once', () => {
  it('are five for an organisation; the sixth begins when one is done', async () => {
    const { call, began } = governing();
    const held = Array.from({ length: 5 }, later);
    const five = held.map(({ answer }) => call(HARBOUR, answer));
    const sixth = call();
    await settle();
    expect(began).toHaveLength(5);
    valueOf(await call(FARM));
    expect(began).toHaveLength(6);
    held[3]?.come(ok());
    valueOf(await sixth);
    expect(began).toHaveLength(7);
    for (const { come } of held) come(ok());
    await Promise.all(five);
  });

  it('count for an organisation however its id is spelt', async () => {
    const { call, began } = governing();
    const held = later();
    const five = Array.from({ length: 5 }, () => call(HARBOUR, held.answer));
    const sixth = call(HARBOUR.toLowerCase());
    await settle();
    expect(began).toHaveLength(5);
    held.come(ok());
    await Promise.all([...five, sixth]);
  });

  it('become fewer when Xero refuses as many, after a short wait, and five again in time', async () => {
    const { call, began, clock } = governing();
    const [first, second] = [later(), later()];
    const running = [call(HARBOUR, first.answer), call(HARBOUR, second.answer)];
    valueOf(await call(HARBOUR, limited('concurrent', 2)));
    const next = call();
    await clock.advance(1999);
    expect(began).toHaveLength(3);
    // Two are still running, which is as many as Xero takes now.
    await clock.advance(MINUTE / 2);
    expect(began).toHaveLength(3);
    first.come(ok());
    valueOf(await next);
    second.come(ok());
    await Promise.all(running);
    await clock.advance(2 * MINUTE);
    const held = later();
    const five = Array.from({ length: 5 }, () => call(HARBOUR, held.answer));
    await settle();
    expect(began).toHaveLength(9);
    held.come(ok());
    await Promise.all(five);
  });

  it('are let go when the caller stops waiting for its turn', async () => {
    const { call, began, stop } = governing();
    const held = later();
    const five = Array.from({ length: 5 }, () => call(HARBOUR, held.answer));
    const sixth = call();
    await settle();
    stop.abort();
    expect(failureOf(await sixth).code).toBe('cancelled');
    held.come(ok());
    await Promise.all(five);
    expect(began).toHaveLength(5);
  });
});

describe('calls in a minute', () => {
  it('are sixty for an organisation until Xero says otherwise; the next waits for the first to be a minute old', async () => {
    const { call, many, began, clock } = governing();
    await many(60);
    const next = call();
    valueOf(await call(FARM));
    await clock.advance(MINUTE - 1);
    expect(began).toHaveLength(61);
    await clock.advance(MINUTE / 4);
    valueOf(await next);
    expect(began.at(-1)).toBeGreaterThanOrEqual(MINUTE);
  });

  it('are as many as Xero says, such as when another program shares the app', async () => {
    const { call, began, clock } = governing();
    valueOf(await call(HARBOUR, ok({ 'x-minlimit-remaining': '2' })));
    await call();
    await call();
    const next = call();
    await settle();
    expect(began).toHaveLength(3);
    await clock.advance(2 * MINUTE);
    valueOf(await next);
  });

  it('are more than sixty where Xero says so', async () => {
    const { call, many, began } = governing();
    valueOf(await call(HARBOUR, ok({ 'x-minlimit-remaining': '200' })));
    await many(150);
    expect(began).toHaveLength(151);
  });

  it('are one, to ask anew, a minute after Xero said that none is left', async () => {
    const { call, began, clock } = governing();
    valueOf(await call(HARBOUR, ok({ 'x-minlimit-remaining': '0' })));
    const next = call();
    await settle();
    expect(began).toHaveLength(1);
    await clock.advance(2 * MINUTE);
    valueOf(await next);
  });

  it('aren’t taken for more when an answer comes late', async () => {
    const { call, began, clock } = governing();
    const slow = later();
    const first = call(HARBOUR, slow.answer);
    await call(HARBOUR, ok({ 'x-minlimit-remaining': '1' }));
    // Said before the second call was counted: it takes one of these two.
    slow.come(ok({ 'x-minlimit-remaining': '2' }));
    await first;
    await call();
    const next = call();
    await settle();
    expect(began).toHaveLength(3);
    await clock.advance(2 * MINUTE);
    valueOf(await next);
  });

  it('of the app hold for all its organisations', async () => {
    const { call, began, clock } = governing();
    valueOf(await call(null, ok({ 'x-appminlimit-remaining': '1' })));
    await call(HARBOUR);
    const next = call(FARM);
    await settle();
    expect(began).toHaveLength(2);
    await clock.advance(2 * MINUTE);
    valueOf(await next);
  });
});

describe('a pause that Xero asks for', () => {
  it('of the minute holds for that organisation alone, and is waited out', async () => {
    const { call, began, clock } = governing();
    await call(HARBOUR, limited('minute', 37));
    const next = call();
    valueOf(await call(FARM));
    await clock.advance(36_999);
    expect(began).toHaveLength(2);
    await clock.advance(MINUTE);
    valueOf(await next);
    expect(began).toHaveLength(3);
  });

  it('of the app holds for all its organisations, and for its connections', async () => {
    const { call, began } = governing();
    await call(HARBOUR, limited('appminute', 120));
    for (const organisation of [HARBOUR, FARM, null]) {
      expect(failureOf(await call(organisation)).code).toBe('xeroRateLimited');
    }
    expect(began).toHaveLength(1);
  });

  it('of the day is told with its time, and Xero isn’t asked before', async () => {
    const { call, began, clock, start } = governing();
    await call(HARBOUR, limited('day', 66_183));
    await clock.advance(HOUR);
    const failure = failureOf(await call());
    expect(failure).toMatchObject({ code: 'xeroRateLimited', retryAt: start + 66_183_000 });
    expect(failure.message).toContain('daily limit');
    expect(failure.message).toContain('18 hours');
    expect(began).toHaveLength(1);
    valueOf(await call(FARM));
    await clock.advance(66_183_000 - HOUR);
    valueOf(await call());
  });

  it('of the day isn’t cut short by a shorter one of a call that began before', async () => {
    const { call, clock } = governing();
    const slow = later();
    const first = call(HARBOUR, slow.answer);
    await call(HARBOUR, limited('day', 3600));
    slow.come(limited('minute', 10));
    await first;
    await clock.advance(MINUTE);
    expect(failureOf(await call()).message).toContain('daily limit');
  });

  it('is waited out as long as the caller is patient', async () => {
    const { call, began, clock } = governing();
    await call(HARBOUR, limited('minute', 200));
    expect(failureOf(await call(HARBOUR, ok(), 199_999)).code).toBe('xeroRateLimited');
    const next = call(HARBOUR, ok(), 200_000);
    await clock.advance(5 * MINUTE);
    valueOf(await next);
    expect(began).toHaveLength(2);
    // A laptop that slept meanwhile is noticed: no piece of the wait is longer than a minute.
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(MINUTE);
  });

  it('ends with the caller', async () => {
    const { call, began, clock, stop } = governing();
    await call(HARBOUR, limited('minute', 37));
    const next = call();
    await clock.untilAsleep();
    stop.abort();
    expect(failureOf(await next).code).toBe('cancelled');
    expect(began).toHaveLength(1);
  });
});

describe('what is left of the day', () => {
  it('is what Xero said last, less the calls since, for each organisation', async () => {
    const { call, governor, start } = governing();
    expect(governor.day(HARBOUR)).toBeNull();
    await call(HARBOUR, ok({ 'x-daylimit-remaining': '951' }));
    await call(HARBOUR);
    expect(governor.day(HARBOUR)).toEqual({ left: 950, at: start });
    expect(governor.day(HARBOUR.toLowerCase())?.left).toBe(950);
    expect(governor.day(FARM)).toBeNull();
  });

  it('isn’t taken for more when an answer comes late', async () => {
    const { call, governor } = governing();
    const slow = later();
    const first = call(HARBOUR, slow.answer);
    await call(HARBOUR, ok({ 'x-daylimit-remaining': '98' }));
    slow.come(ok({ 'x-daylimit-remaining': '99' }));
    await first;
    expect(governor.day(HARBOUR)?.left).toBe(98);
  });

  it('is learnt from a refusal too, and forgotten after a day', async () => {
    const { call, governor, clock } = governing();
    const refused = limited('day', 10);
    await call(HARBOUR, {
      ...refused,
      headers: { ...refused.headers, 'x-daylimit-remaining': '0' },
    });
    expect(governor.day(HARBOUR)?.left).toBe(0);
    await clock.advance(DAY);
    expect(governor.day(HARBOUR)).toBeNull();
  });
});
