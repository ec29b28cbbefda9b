import type { Clock } from '../ports.ts';

export interface NetworkReturnSurroundings {
  /** Whether the computer is on any network at all. */
  readonly isOnline: () => boolean;
  readonly clock: Clock;
  readonly onReturn: () => void;
}

/** Electron tells of no change in the main process, so it is asked; asking costs next to nothing. */
const ASK_EVERY_MS = 5000;

/** Calls back each time the network comes back after it was away, until the signal aborts. */
export async function followNetwork(
  { isOnline, clock, onReturn }: NetworkReturnSurroundings,
  signal: AbortSignal,
): Promise<void> {
  let wasOnline = isOnline();
  for (;;) {
    await clock.sleep(ASK_EVERY_MS, signal);
    if (signal.aborted) return;
    const online = isOnline();
    if (online && !wasOnline) onReturn();
    wasOnline = online;
  }
}
