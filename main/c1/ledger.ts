import type { Clock } from '../ports.ts';
import type { TaskOutcome } from './task.ts';

/** Remembers how tasks ended, so that a second delivery gets the same answer. */
export interface TaskLedger {
  /** The stored final answer, or undefined when the task may run. */
  find(taskId: string): Promise<TaskOutcome | undefined>;
  /** Stores an answer that C1 has acknowledged. */
  record(taskId: string, outcome: TaskOutcome): Promise<void>;
}

const LIFE = 7 * 24 * 3600 * 1000;

/**
 * A ledger that lasts as long as the process. It keeps successes and final errors for seven days;
 * a retryable error is forgotten, so that the task runs anew (product.md §8).
 */
export class MemoryLedger implements TaskLedger {
  readonly #entries = new Map<string, { readonly outcome: TaskOutcome; readonly until: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(taskId: string): Promise<TaskOutcome | undefined> {
    this.#forgetOld();
    return Promise.resolve(this.#entries.get(taskId)?.outcome);
  }

  record(taskId: string, outcome: TaskOutcome): Promise<void> {
    this.#forgetOld();
    if (outcome.kind === 'success' || outcome.nonRetryable) {
      this.#entries.set(taskId, { outcome, until: this.#clock.now() + LIFE });
    }
    return Promise.resolve();
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [taskId, { until }] of this.#entries) {
      if (until <= now) this.#entries.delete(taskId);
    }
  }
}
