import type { Clock, Random } from '../ports.ts';

/** How often the app looks at Xero by itself, unless the admin chose otherwise (product.md §3). */
export const LOOK_EVERY_MS = 30 * 60_000;

const LONGEST_SLEEP_MS = 60_000;
/** Xero's shortest limits are by the minute; a pause that is shorter has been waited out in vain already. */
const SHORTEST_PAUSE_MS = 60_000;

/** When what a look couldn't read may be looked at. */
export interface LookAgain {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Whether a look before that time would find anything. */
  readonly before: 'nothing' | 'others';
}

interface ScheduleSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  /** What the admin chose, in milliseconds. */
  readonly every: () => number;
  /** Called whenever another time is set for the next look, in milliseconds since 1970. */
  readonly onNext: (at: number) => void;
}

/**
 * When the app looks at Xero by itself: some time after the last look, whoever asked for that one,
 * or exactly when a pause is over that Xero asked for; later than usual only where the pause leaves
 * nothing to look at.
 */
export class Schedule {
  readonly #surroundings: ScheduleSurroundings;
  #due = Infinity;
  #lastEnded = -Infinity;
  #pausedUntil: number | null = null;

  constructor(surroundings: ScheduleSurroundings) {
    this.#surroundings = surroundings;
  }

  /** True while Xero's pause lasts: no look by ourselves may come before its end. */
  get paused(): boolean {
    return this.#pausedUntil !== null && this.#surroundings.clock.now() < this.#pausedUntil;
  }

  /** A look has ended; `again` is when what it couldn't read may be looked at, if that is known. */
  lookEnded(again: LookAgain | null): void {
    const { clock } = this.#surroundings;
    const now = clock.now();
    this.#lastEnded = now;
    const usual = this.#usual();
    this.#pausedUntil = again?.before === 'nothing' ? again.at : null;
    if (again === null) {
      this.#dueAt(usual);
    } else {
      const over = Math.max(again.at, now + SHORTEST_PAUSE_MS);
      this.#dueAt(again.before === 'nothing' ? over : Math.min(over, usual));
    }
  }

  /** The admin chose another pace; it counts from the last look. */
  paceChanged(): void {
    if (!this.paused) this.#dueAt(this.#usual());
  }

  /**
   * Does `look` each time it is due, until the signal aborts. The time is counted
   * by the wall clock, in short sleeps: timers stand still while a laptop sleeps,
   * and another look may have set another time meanwhile.
   */
  async run(look: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const { clock } = this.#surroundings;
    this.lookEnded(null);
    for (;;) {
      const wait = Math.max(0, this.#due - clock.now());
      await clock.sleep(Math.min(LONGEST_SLEEP_MS, wait), signal);
      if (signal.aborted) return;
      if (clock.now() < this.#due) continue;
      await look();
      // Where nothing was looked at, as nobody is signed in, the time passes all the same.
      if (clock.now() >= this.#due) this.lookEnded(null);
    }
  }

  #usual(): number {
    const { random, every } = this.#surroundings;
    return this.#lastEnded + jittered(every(), random);
  }

  #dueAt(due: number): void {
    this.#due = due;
    this.#surroundings.onNext(due);
  }
}

/** Give or take five per cent, so that many installations don't ask at once. */
function jittered(ms: number, random: Random): number {
  return ms * (0.95 + random.fraction() / 10);
}
