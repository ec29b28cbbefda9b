import type { Clock } from '../ports.ts';

export interface NetworkWatchSurroundings {
  readonly clock: Clock;
  /** This computer's own address on the way to the internet; null while there is none. */
  readonly address: () => Promise<string | null>;
  /** The network is back after it was away. */
  readonly onReturn: () => void;
  /** The computer is on another network than before, without having been away from both. */
  readonly onMove: () => void;
}

/** No system tells a plain program of it in the same way, so it is asked; asking costs next to nothing. */
const ASK_EVERY_MS = 5000;

/** Tells of each return of the network, and of each move to another, until the signal aborts. */
export async function watchNetwork(
  { clock, address, onReturn, onMove }: NetworkWatchSurroundings,
  signal: AbortSignal,
): Promise<void> {
  let before = await address();
  for (;;) {
    await clock.sleep(ASK_EVERY_MS, signal);
    if (signal.aborted) return;
    const now = await address();
    if (now !== null && now !== before) (before === null ? onReturn : onMove)();
    before = now;
  }
}
