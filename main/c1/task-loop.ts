import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { isAborted, orAborted, whenAborted } from './abort.ts';
import type { C1Client } from './client.ts';
import { heals, stopped } from './errors.ts';
import { Greeter } from './greeter.ts';
import { backOff } from './pace.ts';
import { SLOTS, TaskRunner, type TaskRunnerOptions } from './task-runner.ts';
import { ManyTasks, OneTask, type Next, type TaskSource } from './task-source.ts';

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
  #greeted: 'yes' | 'no' = 'no';
  /** The poll under way, if there is one, until its task is in hand. */
  #asking: Promise<unknown> = Promise.resolve();
  /** While it is there no more tasks are asked for; it aborts when they are again. */
  #held: AbortController | undefined;

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
      const introduced = this.#greeted === 'yes' ? succeed() : await this.#introduce(signal);
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

  /** Introduces the connector ahead of `run`, which then doesn't. Tries once. */
  async greet(signal: AbortSignal): Promise<Result<void>> {
    const said = await this.#greeter.greet(signal);
    if (said.ok) this.#greeted = 'yes';
    return said;
  }

  /**
   * Asks for no more tasks until `goOn`. Resolves once C1 has answered the poll under way and the tasks
   * in hand have ended, but for those that wait for a person.
   */
  async hold(): Promise<void> {
    this.#held ??= new AbortController();
    await this.#asking;
    await this.#runner.idle();
  }

  /** Asks for tasks again. */
  goOn(): void {
    this.#held?.abort();
    this.#held = undefined;
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
    let failures = 0;
    while (!isAborted(signal)) {
      await orAborted(this.#runner.room(), signal);
      await this.#options.gate?.(signal);
      while (this.#held !== undefined && !isAborted(signal))
        await orAborted(whenAborted(this.#held.signal), signal);
      if (isAborted(signal)) return;
      const asked = orAborted(this.#ask(signal), signal);
      this.#asking = asked;
      const next = await asked;
      if (next === undefined) return;
      if (!next.ok) {
        failures += 1;
        await this.#backOff(failures, next.failure, signal);
        continue;
      }
      const { from, pause, isNew } = next.value;
      if (from === 'c1') failures = 0;
      await this.#rest(pause(isNew), signal);
    }
  }

  /** Asks for the next task, and takes it on. */
  async #ask(signal: AbortSignal): Promise<Result<Next & { readonly isNew: boolean }>> {
    const { clock, onEvent } = this.#options;
    const { known, busy } = this.#runner;
    const next = await this.#source.next({ known, busy }, signal);
    if (!next.ok || isAborted(signal)) return next.ok ? fail(stopped) : next;
    const { task, from } = next.value;
    if (from === 'c1') onEvent({ kind: 'answered', at: clock.now() });
    const isNew = task !== undefined && (await this.#runner.take(task));
    return succeed({ ...next.value, isNew });
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
