import type { Clock } from '../../main/ports.ts';

interface Sleeper {
  readonly ms: number;
  readonly until: number;
  readonly wake: () => void;
}

/** A clock turned by hand: nothing sleeps for real, and time moves only when a test says so. */
export class FakeClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  #watchers: (() => void)[] = [];
  readonly #sleeps: number[] = [];

  /** `start` is in milliseconds since 1970; the default is 2026-11-23T09:00:00Z. */
  constructor(start = Date.UTC(2026, 10, 23, 9)) {
    this.#now = start;
  }

  /** Every length that was asked for so far, in milliseconds, in order. */
  get sleeps(): readonly number[] {
    return this.#sleeps;
  }

  /** How many are asleep at the moment. */
  get asleep(): number {
    return this.#sleepers.length;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.#sleeps.push(ms);
    if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      const sleeper: Sleeper = { ms, until: this.#now + ms, wake };
      signal?.addEventListener('abort', wake);
      this.#sleepers.push(sleeper);
      for (const watcher of this.#watchers.splice(0)) watcher();
    });
  }

  /** Resolves once at least `count` are asleep: a test waits for its subject, whatever real work that takes. */
  async untilAsleep(count = 1): Promise<void> {
    while (this.#sleepers.length < count) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  /** Resolves once something is asleep for exactly `ms`. */
  async untilAsleepFor(ms: number): Promise<void> {
    while (!this.#sleepers.some((sleeper) => sleeper.ms === ms)) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  /** Moves time on by `ms` in which nothing runs, as when the machine sleeps; then all that is due wakes. */
  async suspend(ms: number): Promise<void> {
    this.#now += ms;
    await this.advance(0);
  }

  /** Moves time on by `ms`, waking sleepers in order and letting what they start settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.until);
      next.wake();
      await settle();
    }
    this.#now = end;
    await settle();
  }

  #next(end: number): Sleeper | undefined {
    return this.#sleepers
      .filter((sleeper) => sleeper.until <= end)
      .sort((one, other) => one.until - other.until)[0];
  }
}

/** Lets promises and callbacks that are already due run; real disk or crypto work may take longer. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}
