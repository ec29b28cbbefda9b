import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { DayBudget } from '../xero/governor.ts';
import type { ReadPurpose } from '../xero/reader.ts';
import { LOOK_EVERY_MS } from './schedule.ts';

const DAY = 24 * 3_600_000;

/** So many of an organisation's calls a day are for C1's syncs alone: four an hour, all day. */
export const KEPT_FOR_C1 = 100;

/** Looks in a day at an organisation of whose day little is left: enough to notice when there's more. */
const FEWEST_LOOKS = 4;

/**
 * Until when an organisation isn't read for this purpose, in milliseconds since 1970; null when it
 * may be read now. C1's syncs are held back by Xero alone; the admin's checks leave the calls that
 * are kept for C1; the app's own looks spread what is left beyond those over a day, as it isn't
 * known when Xero's day begins anew (xero.md §6).
 */
export function heldUntil(
  { left, at }: DayBudget,
  purpose: ReadPurpose,
  now: number,
): number | null {
  const spare = left - KEPT_FOR_C1;
  if (purpose === 'c1' || (purpose === 'check' && spare > 0)) return null;
  const pace = DAY / Math.max(FEWEST_LOOKS, spare);
  return pace > LOOK_EVERY_MS && at + pace > now ? at + pace : null;
}

/** Why "Check Xero now" left out an organisation. */
export function checkHeldBack(name: string, left: number, until: number, others: number): Failure {
  return {
    code: 'xeroRateLimited',
    message: say('dayBudget.xeroTakesOnly', { left, name, others, kept: KEPT_FOR_C1 }),
    next: 'wait',
    retryAt: until,
  };
}
