import { describe, expect, it } from 'vitest';
import { checkHeldBack, heldUntil, KEPT_FOR_C1 } from '../../../main/connector/day-budget.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const HOUR = 3_600_000;
const told = (left: number, at = NOW) => ({ left, at });

describe('what is left of an organisation’s day', () => {
  it('is C1’s to the last call', () => {
    for (const left of [1000, KEPT_FOR_C1, 1, 0])
      expect(heldUntil(told(left), 'c1', NOW)).toBeNull();
  });

  it('may be spent by checks down to what is kept for C1', () => {
    expect(heldUntil(told(KEPT_FOR_C1 + 1), 'check', NOW)).toBeNull();
    expect(heldUntil(told(KEPT_FOR_C1), 'check', NOW)).toBe(NOW + 6 * HOUR);
  });

  it('is looked at every half hour while that can last for a day', () => {
    expect(heldUntil(told(1000), 'look', NOW)).toBeNull();
    expect(heldUntil(told(KEPT_FOR_C1 + 48), 'look', NOW)).toBeNull();
  });

  it('is spread over a day where less than that is left, though never thinner than every six hours', () => {
    expect(heldUntil(told(KEPT_FOR_C1 + 24), 'look', NOW)).toBe(NOW + HOUR);
    expect(heldUntil(told(KEPT_FOR_C1 + 1), 'look', NOW)).toBe(NOW + 6 * HOUR);
    expect(heldUntil(told(0), 'look', NOW)).toBe(NOW + 6 * HOUR);
  });

  it('is asked for anew once that time has passed since Xero told it', () => {
    const day = told(0);
    expect(heldUntil(day, 'look', NOW + 6 * HOUR - 1)).not.toBeNull();
    expect(heldUntil(day, 'look', NOW + 6 * HOUR)).toBeNull();
    expect(heldUntil(day, 'check', NOW + 6 * HOUR)).toBeNull();
  });
});

describe('a check that was held back', () => {
  it('says what is left, what it is kept for, and when to try again', () => {
    const failure = checkHeldBack('Harbour Books', 96, NOW, 0);
    expect(failure).toMatchObject({ code: 'xeroRateLimited', next: 'wait', retryAt: NOW });
    expect(failure.message).toBe(
      'Xero takes only 96 more calls about Harbour Books today. The last 100 of a day are kept for C1’s syncs, so it wasn’t checked. C1’s syncs go on as usual, and we look again by ourselves.',
    );
  });

  it('speaks of one call and of other organisations in their own words', () => {
    const { message } = checkHeldBack('Harbour Books', 1, NOW, 2);
    expect(message).toContain('only 1 more call about');
    expect(message).toContain('The same goes for 2 more.');
  });
});
