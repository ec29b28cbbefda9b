import { succeed, type Failure, type Result } from '../../shared/errors.ts';
import { isAborted, orAborted } from './abort.ts';
import type { C1Client } from './client.ts';
import { heals } from './errors.ts';
import { backOff, pollPause } from './pace.ts';
import { TaskRunner, type TaskRunnerOptions } from './task-runner.ts';

export interface TaskLoopOptions extends TaskRunnerOptions {
  readonly client: Pick<
    C1Client,
    'authenticate' | 'hello' | 'getTask' | 'heartbeat' | 'finishTask' | 'uploadAsset'
  >;
}

/**
 * The connector's life with C1 (c1-protocol.md §4.2–§4.4): says Hello, then asks for tasks at the
 * pace that C1 sets. One object serves one credential, once.
 */
export class TaskLoop {
  readonly #options: TaskLoopOptions;
  readonly #runner: TaskRunner;
  #pause = new AbortController();

  constructor(options: TaskLoopOptions) {
    this.#options = options;
    this.#runner = new TaskRunner(options);
  }

  /**
   * Runs until the signal aborts, then lets a running upload finish (30 s at most) and resolves
   * with success. Resolves with a failure when C1 refuses the connector for good at its first Hello.
   */
  async run(signal: AbortSignal): Promise<Result<void>> {
    const stop = () => this.wake();
    signal.addEventListener('abort', stop);
    try {
      const introduced = await this.#introduce(signal);
      if (!introduced.ok) return introduced;
      await this.#poll(signal);
      await this.#runner.drain();
      return succeed();
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Ends a pause early: on "Try again", or when the machine or its network wakes up. */
  wake(): void {
    this.#pause.abort();
  }

  /** Never gives up on what can heal, and stops at once on what can't. */
  async #introduce(signal: AbortSignal): Promise<Result<void>> {
    const { clock, onEvent } = this.#options;
    for (let failures = 1; !isAborted(signal); failures += 1) {
      const met = await orAborted(this.#meet(signal), signal);
      if (met === undefined) break;
      if (met.ok) {
        onEvent({ kind: 'connected', at: clock.now() });
        return met;
      }
      if (!heals(met.failure)) {
        onEvent({ kind: 'rejected', because: met.failure });
        return met;
      }
      await this.#backOff(failures, met.failure, signal);
    }
    return succeed();
  }

  async #meet(signal: AbortSignal): Promise<Result<void>> {
    const { client, resourceTypes, onEvent } = this.#options;
    onEvent({ kind: 'verifying', step: 'credential' });
    const authenticated = await client.authenticate();
    if (!authenticated.ok || isAborted(signal)) return authenticated;
    onEvent({ kind: 'verifying', step: 'connector' });
    return await client.hello(resourceTypes(), '', signal);
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { client, clock, random, onEvent } = this.#options;
    let failures = 0;
    while (!isAborted(signal)) {
      await orAborted(this.#runner.room(), signal);
      if (isAborted(signal)) return;
      const polled = await orAborted(client.getTask(signal), signal);
      if (polled === undefined) return;
      if (!polled.ok) {
        failures += 1;
        await this.#backOff(failures, polled.failure, signal);
        continue;
      }
      failures = 0;
      onEvent({ kind: 'answered', at: clock.now() });
      const { task, nextPoll } = polled.value;
      const something = task !== undefined && task.taskType.case !== 'none';
      const isNew = something && (await this.#runner.take(task));
      await this.#rest(pollPause(nextPoll, isNew, random), signal);
    }
  }

  /** Tells how things stand, and waits longer after each failure in a row. */
  async #backOff(failures: number, failure: Failure, signal: AbortSignal): Promise<void> {
    const { clock, random, log, onEvent } = this.#options;
    const wait = backOff(failures, random);
    log.warn('c1.unanswered', { failures, code: failure.code, wait });
    const because = { ...failure, retryAt: clock.now() + wait };
    onEvent({ kind: heals(failure) ? 'offline' : 'rejected', because });
    await this.#rest(wait, signal);
  }

  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    if (isAborted(signal)) return;
    this.#pause = new AbortController();
    await this.#options.clock.sleep(ms, this.#pause.signal);
  }
}
