import type { Clock } from '../ports.ts';

export interface SleepWatchSurroundings {
  readonly clock: Clock;
  readonly onWake: () => void;
}

const TICK_MS = 10_000;
/** A tick that comes this much late wasn't late because the machine was busy. */
const LATE_MS = 30_000;

/**
 * Notices by the wall clock that the machine slept: timers stand still meanwhile (desktop.md §2).
 * The system's own word of it, where there is one, comes in by `resumed`; each sleep counts once.
 */
export class SleepWatch {
  readonly #surroundings: SleepWatchSurroundings;
  #seenAt: number;
  #wokeAt = -Infinity;

  constructor(surroundings: SleepWatchSurroundings) {
    this.#surroundings = surroundings;
    this.#seenAt = surroundings.clock.now();
  }

  /** Watches until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#surroundings;
    this.#seenAt = clock.now();
    for (;;) {
      await clock.sleep(TICK_MS, signal);
      if (signal.aborted) return;
      const late = clock.now() - this.#seenAt - TICK_MS;
      this.#seenAt = clock.now();
      if (late > LATE_MS) this.#wake();
    }
  }

  /** The system says that the machine is awake again. */
  resumed(): void {
    const now = this.#surroundings.clock.now();
    this.#seenAt = now;
    if (now - this.#wokeAt > LATE_MS) this.#wake();
  }

  #wake(): void {
    this.#wokeAt = this.#surroundings.clock.now();
    this.#surroundings.onWake();
  }
}
