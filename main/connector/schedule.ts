import type { Clock, Random } from '../ports.ts';

/** How often the app looks at Xero by itself (product.md §3). */
export const LOOK_EVERY_MS = 30 * 60_000;

/**
 * Repeats `work` until the signal aborts. The time to the next one is counted
 * by the wall clock, in short sleeps, since timers stand still while a laptop sleeps.
 */
export async function repeat(
  work: () => Promise<void>,
  options: { everyMs: number; clock: Clock; random: Random },
  signal: AbortSignal,
): Promise<void> {
  const { everyMs, clock, random } = options;
  let due = clock.now() + jittered(everyMs, random);
  for (;;) {
    await clock.sleep(Math.min(LONGEST_SLEEP_MS, Math.max(0, due - clock.now())), signal);
    if (signal.aborted) return;
    if (clock.now() < due) continue;
    await work();
    due = clock.now() + jittered(everyMs, random);
  }
}

const LONGEST_SLEEP_MS = 60_000;

/** Give or take five per cent, so that many installations don't ask at once. */
function jittered(ms: number, random: Random): number {
  return ms * (0.95 + random.fraction() / 10);
}
