import type { Clock } from '../ports.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Timers stand still while a laptop sleeps. */
const LONGEST_SLEEP_MS = 60 * 60_000;

/** Does this once a day by the wall clock, for the first time after a day, until the signal aborts. */
export async function everyDay(
  work: () => Promise<void>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let due = clock.now() + DAY_MS;
  for (;;) {
    await clock.sleep(Math.min(LONGEST_SLEEP_MS, Math.max(0, due - clock.now())), signal);
    if (signal.aborted) return;
    // A clock that was set back mustn't put it off.
    due = Math.min(due, clock.now() + DAY_MS);
    if (clock.now() < due) continue;
    due = clock.now() + DAY_MS;
    await work();
  }
}
