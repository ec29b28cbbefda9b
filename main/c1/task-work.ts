import { Code } from '@connectrpc/connect';
import type { Failure } from '../../shared/errors.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { Clock, Log } from '../ports.ts';
import { orAborted, whenAborted } from './abort.ts';
import type { C1Client } from './client.ts';
import { heartbeatLost, notAwaited, stopped, taskCancelled } from './errors.ts';
import { Heartbeat } from './heartbeat.ts';
import { isRequest, refusal } from './refusals.ts';
import type { TaskContext, TaskHandler, TaskHandlers, TaskOutcome } from './task.ts';

export interface TaskWorkOptions {
  readonly client: Pick<C1Client, 'heartbeat' | 'uploadAsset'>;
  /** Asked for each task: a setting may have changed what is done. */
  readonly handlers: () => TaskHandlers;
  readonly clock: Clock;
  readonly log: Log;
  /** Told which tasks C1 cancelled. */
  readonly onCancelled: (taskIds: readonly string[]) => void;
}

/** A task that was taken on. */
export interface Running {
  readonly task: Task;
  readonly handler: TaskHandler | undefined;
  /** Whether it counts among those that run at once; one that waits for a person doesn't. */
  readonly slot: 'one' | 'none';
  /** Of a task that waits for a person; a sync's are another matter. */
  readonly heartbeat: 'whileOpen' | 'none';
  readonly controller: AbortController;
  uploads: number;
  /** Why it was broken off from outside, if it was. */
  brokenOff: Failure | null;
}

/** How long a handler that is broken off may take to end. */
const GRACE = 1000;

/** Does the work of tasks: with heartbeats, in turn, and ended when it is broken off (c1-protocol.md §4.6, §4.11). */
export class TaskWork {
  readonly #options: TaskWorkOptions;
  #lastSync: Promise<unknown> = Promise.resolve();

  constructor(options: TaskWorkOptions) {
    this.#options = options;
  }

  begin(task: Task): Running {
    const { case: kind } = task.taskType;
    const answered = kind !== undefined && kind !== 'hello' && kind !== 'none';
    const chosen = answered ? this.#options.handlers()[kind] : undefined;
    return {
      task,
      ...(typeof chosen === 'object'
        ? {
            handler: chosen.handle,
            slot: chosen.slot,
            heartbeat: chosen.heartbeat === 'yes' ? 'whileOpen' : 'none',
          }
        : { handler: chosen, slot: 'one', heartbeat: 'none' }),
      controller: new AbortController(),
      uploads: 0,
      brokenOff: null,
    };
  }

  /** Resolves with how the task ended: a second after it was broken off at the latest, whatever its handler does. */
  async outcomeOf(running: Running): Promise<TaskOutcome> {
    const { handler, task } = running;
    if (running.brokenOff !== null) return brokenOffOutcome(running);
    if (handler === undefined) return refusal(task.taskType.case);
    if (running.heartbeat === 'whileOpen') return await this.#whileAwaited(running, handler);
    if (task.taskType.case !== 'syncFull') return await this.#inTime(handler, running);
    return await this.#withHeartbeat(running, () =>
      this.#inTurn(running, () => this.#inTime(handler, running)),
    );
  }

  /** Of all kinds only `sync_full` has heartbeats, the first one before the work (§4.6). */
  async #withHeartbeat(running: Running, work: () => Promise<TaskOutcome>): Promise<TaskOutcome> {
    const heartbeat = new Heartbeat({ ...this.#options, taskId: running.task.id });
    const over = new AbortController();
    const heed = (standing: Awaited<ReturnType<Heartbeat['beat']>>) => {
      if (standing === 'cancelled') breakOff(running, taskCancelled);
      if (standing === 'lost') breakOff(running, heartbeatLost);
      return standing;
    };
    const first = heed(await heartbeat.beat(running.controller.signal));
    if (first !== 'alive' || running.brokenOff !== null) return brokenOffOutcome(running);
    const beating = heartbeat.keep(over.signal).then(heed);
    try {
      return await work();
    } finally {
      over.abort();
      await beating;
    }
  }

  /**
   * A request is waited for until C1 says that it doesn't: it takes the task back, or refuses to hear
   * of it. That C1 can't be reached for a while ends nothing.
   */
  async #whileAwaited(running: Running, handler: TaskHandler): Promise<TaskOutcome> {
    const heartbeat = new Heartbeat({ ...this.#options, taskId: running.task.id });
    const over = new AbortController();
    const beating = heartbeat.whileAwaited(over.signal).then((standing) => {
      if (standing === 'cancelled') breakOff(running, taskCancelled);
      if (standing === 'refused') breakOff(running, notAwaited);
    });
    try {
      return await this.#inTime(handler, running);
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
      return running.brokenOff === null ? await work() : brokenOffOutcome(running);
    } finally {
      over.abort();
    }
  }

  /** What a handler makes of it too late is dropped: C1 was told that it was broken off. */
  async #inTime(handler: TaskHandler, running: Running): Promise<TaskOutcome> {
    const over = new AbortController();
    const late = whenAborted(running.controller.signal)
      .then(() => this.#options.clock.sleep(GRACE, over.signal))
      .then(() => brokenOffOutcome(running));
    try {
      return await Promise.race([this.#handle(handler, running), late]);
    } finally {
      over.abort();
    }
  }

  async #handle(handler: TaskHandler, running: Running): Promise<TaskOutcome> {
    try {
      const outcome = await handler(running.task, this.#context(running));
      // What was done before the end came is done, and C1 should know.
      if (outcome.kind === 'success' || running.brokenOff === null) return outcome;
      return brokenOffOutcome(running);
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
}

export function breakOff(running: Running, because: Failure): void {
  running.brokenOff ??= because;
  running.controller.abort();
}

/** Whether the app's stopping leaves the task without an answer: a person's answer may still come. */
export function staysOpen(running: Running, outcome: TaskOutcome): boolean {
  return running.slot === 'none' && running.brokenOff === stopped && outcome.kind === 'failure';
}

/** C1's words for a task that it cancelled, and ours for the rest. Nobody is asked twice for a change of access. */
function brokenOffOutcome({ brokenOff, task }: Running): TaskOutcome {
  if (brokenOff === taskCancelled) {
    const nonRetryable = isRequest(task.taskType.case);
    return { ...failed(Code.Canceled, 'C1 cancelled the task.'), nonRetryable };
  }
  if (brokenOff === heartbeatLost) return failed(Code.Canceled, brokenOff.message);
  if (brokenOff === notAwaited) {
    return { ...failed(Code.Canceled, brokenOff.message), nonRetryable: true };
  }
  return failed(
    Code.Canceled,
    'C1 Connector for Xero stopped this task before it was done, because it is closing.',
  );
}

/** A failure that C1 may hand out again. */
function failed(code: Code, message: string): Extract<TaskOutcome, { kind: 'failure' }> {
  return { kind: 'failure', code, message, nonRetryable: false };
}
