import { Code } from '@connectrpc/connect';
import type { Failure } from '../../shared/errors.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { ResourceType } from '../proto/gen/c1/connector/v2/resource_pb.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { orAborted, whenAborted } from './abort.ts';
import type { C1Client } from './client.ts';
import { heartbeatLost, heals, stopped, taskCancelled } from './errors.ts';
import type { C1Event } from './events.ts';
import { Heartbeat } from './heartbeat.ts';
import type { TaskLedger } from './ledger.ts';
import { backOff } from './pace.ts';
import { refusal } from './refusals.ts';
import type { TaskContext, TaskHandler, TaskHandlers, TaskOutcome } from './task.ts';

export interface TaskRunnerOptions {
  readonly client: Pick<C1Client, 'hello' | 'heartbeat' | 'finishTask' | 'uploadAsset'>;
  readonly handlers: TaskHandlers;
  /** What Hello declares, asked for anew each time. */
  readonly resourceTypes: () => readonly ResourceType[];
  readonly ledger: TaskLedger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly onEvent: (event: C1Event) => void;
}

interface Running {
  readonly task: Task;
  readonly controller: AbortController;
  uploads: number;
  /** Why it was broken off from outside, if it was. */
  brokenOff: Failure | null;
}

const SLOTS = 3;
const TASK_ID = /^[0-9A-Za-z]{27}$/;
const FINISH_TRIES = 5;
const UPLOAD_GRACE = 30_000;
const LAST_WORDS = 5_000;

/** Works on tasks side by side and answers each once (c1-protocol.md §4.7, §4.11; product.md §8). */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #running = new Map<
    string,
    { readonly running: Running; readonly done: Promise<void> }
  >();
  readonly #stopping = new AbortController();
  #lastSync: Promise<unknown> = Promise.resolve();

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
  }

  /** Resolves once another task can be taken on. */
  async room(): Promise<void> {
    while (this.#running.size >= SLOTS) await Promise.race(this.#allDone());
  }

  /** Takes on a task. Resolves with whether it is new: neither running nor answered before. */
  async take(task: Task): Promise<boolean> {
    const { ledger, log } = this.#options;
    if (!TASK_ID.test(task.id)) {
      // No message about it would pass the rules of §3.4, so it can't even be refused.
      log.warn('c1.task.unanswerable');
      return false;
    }
    if (this.#running.has(task.id)) return false;
    const known = await ledger.find(task.id);
    const running = { task, controller: new AbortController(), uploads: 0, brokenOff: null };
    const done = this.#run(running, known).finally(() => this.#running.delete(task.id));
    this.#running.set(task.id, { running, done });
    return known === undefined;
  }

  /** Ends all tasks: a running upload may go on for 30 seconds, the others stop now. */
  async drain(): Promise<void> {
    this.#stopping.abort();
    for (const { running } of this.#running.values()) {
      if (running.uploads === 0) breakOff(running, stopped);
    }
    await this.#allDoneWithin(UPLOAD_GRACE);
    for (const { running } of this.#running.values()) breakOff(running, stopped);
    await this.#allDoneWithin(LAST_WORDS);
  }

  async #run(running: Running, known: TaskOutcome | undefined): Promise<void> {
    const { clock, onEvent } = this.#options;
    const { id: taskId, taskType } = running.task;
    const task = taskType.case;
    onEvent({ kind: 'taskReceived', taskId, task, at: clock.now() });
    let outcome: TaskOutcome | null = null;
    let delivered: boolean;
    if (task === 'hello') {
      delivered = await this.#greet(taskId);
    } else {
      outcome = known ?? (await this.#work(running));
      delivered = await this.#answer(taskId, outcome);
    }
    const { brokenOff } = running;
    onEvent({ kind: 'taskFinished', taskId, task, at: clock.now(), outcome, delivered, brokenOff });
  }

  /** A hello task is answered by the Hello that carries its id, and by nothing else (§4.3). */
  async #greet(taskId: string): Promise<boolean> {
    const { client, resourceTypes, log } = this.#options;
    const said = await client.hello(resourceTypes(), taskId, this.#stopping.signal);
    if (!said.ok) log.warn('c1.hello.failed', { code: said.failure.code });
    return said.ok;
  }

  async #work(running: Running): Promise<TaskOutcome> {
    const kind = running.task.taskType.case;
    if (kind === undefined || kind === 'hello' || kind === 'none') return refusal(kind);
    const handler = this.#options.handlers[kind];
    if (handler === undefined) return refusal(kind);
    if (kind !== 'syncFull') return await this.#handle(handler, running);
    return await this.#withHeartbeat(running, () =>
      this.#inTurn(running, () => this.#handle(handler, running)),
    );
  }

  /** Of all kinds only `sync_full` has heartbeats, the first one before the work (§4.6). */
  async #withHeartbeat(running: Running, work: () => Promise<TaskOutcome>): Promise<TaskOutcome> {
    const { client, clock, log } = this.#options;
    const heartbeat = new Heartbeat(client, clock, log, running.task.id);
    const over = new AbortController();
    const heed = (standing: Awaited<ReturnType<Heartbeat['beat']>>) => {
      if (standing === 'cancelled') breakOff(running, taskCancelled);
      if (standing === 'lost') breakOff(running, heartbeatLost);
      return standing;
    };
    if (heed(await heartbeat.beat(running.controller.signal)) !== 'alive')
      return brokenOffOutcome();
    const beating = heartbeat.keep(over.signal).then(heed);
    try {
      return await work();
    } finally {
      over.abort();
      await beating;
    }
  }

  /** C1 syncs a connector once at a time; a second sync waits for the first, alive (§4.11). */
  async #inTurn(running: Running, work: () => Promise<TaskOutcome>): Promise<TaskOutcome> {
    const before = this.#lastSync;
    const over = new AbortController();
    this.#lastSync = Promise.all([before, whenAborted(over.signal)]);
    try {
      await orAborted(before, running.controller.signal);
      return running.brokenOff === null ? await work() : brokenOffOutcome();
    } finally {
      over.abort();
    }
  }

  async #handle(handler: TaskHandler, running: Running): Promise<TaskOutcome> {
    try {
      const outcome = await handler(running.task, this.#context(running));
      // What was done before the end came is done, and C1 should know.
      if (outcome.kind === 'success' || running.brokenOff === null) return outcome;
      return brokenOffOutcome();
    } catch (error) {
      this.#options.log.error('c1.task.bug', {
        error: error instanceof Error ? error.name : 'unknown',
      });
      return failed(Code.Internal, 'C1 Connector for Xero stopped at an error of its own.');
    }
  }

  #context(running: Running): TaskContext {
    const { id: taskId } = running.task;
    const { signal } = running.controller;
    return {
      taskId,
      signal,
      upload: async (path, onProgress) => {
        running.uploads += 1;
        try {
          return await this.#options.client.uploadAsset(taskId, path, onProgress, signal);
        } finally {
          running.uploads -= 1;
        }
      },
    };
  }

  /** Delivers an answer, several times if need be; one that was acknowledged is remembered. */
  async #answer(taskId: string, outcome: TaskOutcome): Promise<boolean> {
    const { client, ledger, clock, random, log } = this.#options;
    for (let tries = 1; ; tries += 1) {
      const sent = await client.finishTask(taskId, outcome);
      if (sent.ok) {
        await ledger.record(taskId, outcome);
        return true;
      }
      const last = tries === FINISH_TRIES || this.#stopping.signal.aborted;
      log.warn('c1.finish.failed', { tries, last, code: sent.failure.code });
      if (last || !heals(sent.failure)) return false;
      await clock.sleep(backOff(tries, random), this.#stopping.signal);
    }
  }

  #allDone(): Promise<void>[] {
    return [...this.#running.values()].map(({ done }) => done);
  }

  async #allDoneWithin(ms: number): Promise<void> {
    const inTime = new AbortController();
    const all = Promise.all(this.#allDone()).then(() => inTime.abort());
    await Promise.race([all, this.#options.clock.sleep(ms, inTime.signal)]);
  }
}

function breakOff(running: Running, because: Failure): void {
  running.brokenOff ??= because;
  running.controller.abort();
}

function brokenOffOutcome(): TaskOutcome {
  return failed(Code.Canceled, 'C1 Connector for Xero stopped this task before it was done.');
}

/** A failure that C1 may hand out again. */
function failed(code: Code, message: string): TaskOutcome {
  return { kind: 'failure', code, message, nonRetryable: false };
}
