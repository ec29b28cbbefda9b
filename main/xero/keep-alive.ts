import type { Clock } from '../ports.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** Six times within the 30 minutes in which Xero takes an old token after a lost answer (xero.md §2). */
const EVERY_MS = 5 * 60_000;

/**
 * Renews sign-ins that nobody uses: Xero ends one after 60 days, as when C1 asks for nothing that long,
 * and lets a lost answer be made good for 30 minutes only. Until the signal aborts.
 */
export async function keepAlive(
  keepers: () => readonly Pick<TokenKeeper, 'renewAt' | 'renew'>[],
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await clock.sleep(EVERY_MS, signal);
    if (signal.aborted) return;
    const due = keepers().filter(({ renewAt }) => renewAt <= clock.now());
    await Promise.all(due.map((keeper) => keeper.renew()));
  }
}
