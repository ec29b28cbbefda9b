/** How soon Xero is looked at again for what is open. All in milliseconds. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Right after something was done it may show at any moment; a look takes one call of an organisation's 60 a minute. */
const SOONEST = 10 * SECOND;
const USUAL = 5 * MINUTE;
/** For what stays open long: an organisation may have 1,000 calls a day alone (xero.md §6). */
const LATER = 15 * MINUTE;
const LONG = 60 * MINUTE;

/** What is known of the looks for a request. Times are milliseconds since 1970. */
export interface Checks {
  readonly askedAt: number;
  readonly checkedAt: number | null;
  /** When somebody last did what may have changed Xero: opened its page, or said that it is done. */
  readonly nudgedAt: number | null;
}

/** When Xero is looked at next: soon after somebody was there, then ever slower. */
export function nextCheck({ askedAt, checkedAt, nudgedAt }: Checks): number {
  if (checkedAt === null) return askedAt;
  if (nudgedAt !== null && nudgedAt >= checkedAt) return nudgedAt + SOONEST;
  const usual = checkedAt - askedAt < LONG ? USUAL : LATER;
  const since = nudgedAt === null ? Infinity : checkedAt - nudgedAt;
  return checkedAt + Math.max(SOONEST, Math.min(usual, since / 2));
}
