import { succeed, type Failure, type Result } from '../../shared/errors.ts';
import { isAborted, orAborted } from './abort.ts';
import type { C1Client } from './client.ts';
import { heals } from './errors.ts';
import { Greeter } from './greeter.ts';
import { backOff } from './pace.ts';
import { SLOTS, TaskRunner, type TaskRunnerOptions } from './task-runner.ts';
import { ManyTasks, OneTask, type TaskSource } from './task-source.ts';

export interface TaskLoopOptions extends Omit<TaskRunnerOptions, 'cancelQueued'> {
  readonly client: Pick<
    C1Client,
    'authenticate' | 'hello' | 'getTask' | 'getTasks' | 'heartbeat' | 'finishTask' | 'uploadAsset'
  >;
  /** Whether C1 is asked for one task at a time, as by default, or for several (c1-protocol.md §4.5). */
  readonly fetch?: 'one' | 'many';
  /** Resolves once new tasks may be taken, or when the signal aborts; without it they always may. */
  readonly gate?: (signal: AbortSignal) => Promise<void>;
}

/**
 * The connector's life with C1 (c1-protocol.md §4.2–§4.4): says Hello, then asks for tasks at the
 * pace that C1 sets. One object serves one credential, once.
 */
export class TaskLoop {
  readonly #options: TaskLoopOptions;
  readonly #runner: TaskRunner;
  readonly #greeter: Greeter;
  readonly #source: TaskSource;
  #pause = new AbortController();

  constructor(options: TaskLoopOptions) {
    this.#options = options;
    const source: TaskSource =
      options.fetch === 'many' ? new ManyTasks({ ...options, slots: SLOTS }) : new OneTask(options);
    const cancelQueued = (taskIds: readonly string[]) => source.cancel(taskIds);
    const runner = new TaskRunner({ ...options, cancelQueued });
    this.#source = source;
    this.#runner = runner;
    this.#greeter = new Greeter({ ...options, declared: () => runner.declared() });
  }

  /**
   * Runs until the signal aborts, then lets a running upload finish (30 s at most) and resolves
   * with success. Resolves with a failure when C1 refuses the connector for good at its first Hello.
   */
  async run(signal: AbortSignal): Promise<Result<void>> {
    const stop = () => this.#endPauses();
    signal.addEventListener('abort', stop);
    try {
      const introduced = await this.#introduce(signal);
      if (!introduced.ok) return introduced;
      const greeting = this.#greeter.keep(signal);
      await orAborted(this.#runner.resume(), signal);
      await this.#poll(signal);
      await greeting;
      await this.#runner.drain();
      return succeed();
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Ends a pause early: on "Try again", or when the machine or its network wakes up. */
  wake(): void {
    this.#endPauses();
    this.#runner.wake();
  }

  #endPauses(): void {
    this.#pause.abort();
    this.#greeter.wake();
  }

  /** Tells C1 anew what this connector can do: on a setting that changes it. */
  greetAgain(): void {
    this.#greeter.ask();
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
    const { client, onEvent } = this.#options;
    onEvent({ kind: 'verifying', step: 'credential' });
    const authenticated = await client.authenticate();
    if (!authenticated.ok || isAborted(signal)) return authenticated;
    onEvent({ kind: 'verifying', step: 'connector' });
    return await this.#greeter.greet(signal);
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { clock, onEvent } = this.#options;
    let failures = 0;
    while (!isAborted(signal)) {
      await orAborted(this.#runner.room(), signal);
      await this.#options.gate?.(signal);
      if (isAborted(signal)) return;
      const { known, busy } = this.#runner;
      const next = await orAborted(this.#source.next({ known, busy }, signal), signal);
      if (next === undefined) return;
      if (!next.ok) {
        failures += 1;
        await this.#backOff(failures, next.failure, signal);
        continue;
      }
      const { task, from, pause } = next.value;
      if (from === 'c1') {
        failures = 0;
        onEvent({ kind: 'answered', at: clock.now() });
      }
      const isNew = task !== undefined && (await this.#runner.take(task));
      await this.#rest(pause(isNew), signal);
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
