import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Fault } from '../sandbox/xero/faults.ts';
import { XeroCaller } from './xero-caller.ts';

const MINUTE = 60_000;
const KAURI = 'Kauri & Co Limited';
const HARBOUR = 'Harbour Lane Cafés';

let caller: XeroCaller;

beforeEach(async () => {
  caller = await XeroCaller.start();
});
afterEach(() => caller.xero.close());

describe('limits', () => {
  test('every answer says what is left and can be named to support', async () => {
    const { headers } = await caller.users(KAURI);
    expect(headers.get('x-daylimit-remaining')).toBe('999');
    expect(headers.get('x-minlimit-remaining')).toBe('59');
    expect(headers.get('x-appminlimit-remaining')).toBe('9999');
    expect(headers.get('xero-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('the 61st call in a minute waits for the first to be a minute old', async () => {
    for (let count = 0; count < 59; count += 1) await caller.users(KAURI);
    caller.turnTo(20_000);
    expect((await caller.users(KAURI)).status).toBe(200);
    const refused = await caller.users(KAURI);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-rate-limit-problem')).toBe('minute');
    expect(refused.headers.get('retry-after')).toBe('40');
    expect((await caller.users(HARBOUR)).status).toBe(200);
    caller.turnTo(MINUTE);
    expect((await caller.users(KAURI)).status).toBe(200);
  });

  test('the sixth call at once is refused', async () => {
    const patient = new AbortController();
    caller.xero.fail({ endpoint: 'users', fault: { kind: 'hang' }, times: 5 });
    const hanging = Array.from({ length: 5 }, () =>
      caller.users(KAURI, { signal: patient.signal }).catch(() => 'gave up'),
    );
    await caller.xero.arrived('users', 5);
    const refused = await caller.users(KAURI);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-rate-limit-problem')).toBe('concurrent');
    patient.abort();
    expect(await Promise.all(hanging)).toEqual(Array(5).fill('gave up'));
  });

  test('day and app limits are as configured', async () => {
    await caller.xero.close();
    caller = await XeroCaller.start({ day: 1, appMinute: 3 });
    await caller.users(KAURI);
    const day = await caller.users(KAURI);
    expect(day.headers.get('x-rate-limit-problem')).toBe('day');
    expect(Number(day.headers.get('retry-after'))).toBeGreaterThan(86_000);
    await caller.users(HARBOUR);
    await caller.call('/connections');
    const app = await caller.call('/connections');
    expect(app.status).toBe(429);
    expect(app.headers.get('x-rate-limit-problem')).toBe('appminute');
  });
});

describe('bad days', () => {
  const fail = (fault: Fault, times?: number): void =>
    caller.xero.fail({ endpoint: 'users', fault, times });

  test('a status comes as often as planned, then Xero is well again', async () => {
    fail({ kind: 'status', status: 503 }, 2);
    const [first, second, third] = [
      await caller.users(KAURI),
      await caller.users(KAURI),
      await caller.users(KAURI),
    ];
    expect([first.status, second.status, third.status]).toEqual([503, 503, 200]);
    expect(await first.text()).toBe('');
    expect(caller.xero.requests('users').map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  test('a fault can be for one organisation, and stays until it is cleared', async () => {
    const fault = { kind: 'status', status: 403 } as const;
    const organisationId = caller.idOf(KAURI);
    caller.xero.fail({ endpoint: 'users', fault, times: Infinity, organisationId });
    expect((await caller.users(KAURI)).status).toBe(403);
    expect((await caller.users(HARBOUR)).status).toBe(200);
    expect((await caller.users(KAURI)).status).toBe(403);
    caller.xero.clearFaults();
    expect((await caller.users(KAURI)).status).toBe(200);
  });

  test('a page instead of JSON, nothing, or half of it', async () => {
    fail({ kind: 'html' });
    expect((await caller.users(KAURI)).headers.get('content-type')).toContain('text/html');
    fail({ kind: 'empty' });
    expect(await (await caller.users(KAURI)).text()).toBe('');
    fail({ kind: 'truncated' });
    const text = await (await caller.users(KAURI)).text();
    expect(text).toMatch(/^\{"Id"/);
    expect(() => z.unknown().parse(JSON.parse(text))).toThrow(SyntaxError);
    fail({ kind: 'status', status: 500, body: '{"Message":"mended by hand"}' });
    expect(await (await caller.users(KAURI)).json()).toEqual({ Message: 'mended by hand' });
  });

  test('a reset connection, and an answer that never comes', async () => {
    fail({ kind: 'reset' });
    await expect(caller.users(KAURI)).rejects.toThrow();
    fail({ kind: 'hang' });
    const patient = new AbortController();
    const hanging = caller.users(KAURI, { signal: patient.signal });
    await caller.xero.arrived('users', 2);
    patient.abort();
    await expect(hanging).rejects.toThrow();
  });
});
