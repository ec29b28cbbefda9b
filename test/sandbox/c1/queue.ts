import { isDeepStrictEqual } from 'node:util';
import { create, fromBinary, fromJson } from '@bufbuild/protobuf';
import type { Any } from '@bufbuild/protobuf/wkt';
import { WireType } from '@bufbuild/protobuf/wire';
import { Code, ConnectError } from '@connectrpc/connect';
import { z } from 'zod';
import {
  TaskSchema,
  type BatonServiceFinishTaskRequest,
  type Task,
} from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { KNOWN } from './check.ts';
import { ksuid } from './ksuid.ts';
import { REQUEST_KINDS, unwantedError, USUAL_LIFE, type RequestLife } from './request-life.ts';

/** How a task ended, in the connector's words. */
export interface Outcome {
  readonly ok: boolean;
  /** A gRPC code; 0 for success. */
  readonly code: number;
  readonly message: string;
  readonly nonRetryable: boolean;
  readonly details: readonly Any[];
  readonly annotations: readonly Any[];
  readonly response: Any | undefined;
}

/** One task of the queue. Times are milliseconds since 1970. */
export interface TaskRecord {
  readonly id: string;
  readonly kind: string;
  readonly message: Task;
  readonly createdAt: number;
  /** `expired` is a request that C1 stopped waiting for. */
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired';
  /** Who claimed it: nobody else may speak about it (c1-protocol.md §8.1). */
  host: string | null;
  /** When it was handed out last. */
  claimedAt: number | null;
  lastHeardAt: number;
  /** Until when C1 waits for an answer to a request that it handed out; null for other tasks. */
  until: number | null;
  /** The request that this one asks for again. */
  readonly again: string | null;
  heartbeats: number;
  /** How often it was handed out; more than once after a time-out or on demand. */
  deliveries: number;
  /** C1 wants the work to stop, and says so at the next heartbeat. */
  cancelled: boolean;
  /** How often the connector was told so. */
  toldCancelled: number;
  /** How often the connector reported an end: a lost answer makes it report again. */
  finishes: number;
  /** The connector knows that its answer arrived. */
  acknowledged: boolean;
  outcome: Outcome | null;
  endedAt: number | null;
}

const Body = z.record(z.string(), z.json());
/** A number that no arm of `Task.task_type` has: what a newer C1 might send. */
const UNKNOWN_ARM = { no: 199, wireType: WireType.LengthDelimited, data: new Uint8Array([0]) };

export class TaskQueue {
  readonly #now: () => number;
  readonly #timeoutMs: number;
  readonly #tasks: TaskRecord[] = [];
  readonly #again = new Set<string>();
  /** Of requests that are handed out from now on. */
  life: RequestLife = USUAL_LIFE;

  /** A running task that wasn't heard of for `timeoutMs` goes back to the queue. */
  constructor(options: { now: () => number; timeoutMs: number }) {
    this.#now = options.now;
    this.#timeoutMs = options.timeoutMs;
  }

  /**
   * Adds a task and returns its id. `kind` is the name of an arm of `Task.task_type` (`sync_full`),
   * or `unset` for a task without one, or `unknown` for an arm of the future, or `encoded` for a
   * whole `Task` in base64 as `body`: so arguments get through that our .proto doesn't name.
   */
  enqueue(kind: string, body: unknown = {}, debug = false): string {
    const id = ksuid(this.#now());
    const message = taskMessage(id, kind, body, debug);
    return this.#add({ kind: kind === 'encoded' ? armOf(message) : kind, message, again: null });
  }

  /** The next task for this host, if there is one. Only one full sync runs at a time (c1-protocol.md §4.11). */
  claim(host: string, known: readonly string[] = []): TaskRecord | undefined {
    this.#releaseForgotten();
    const syncing = this.#tasks.some((one) => one.kind === 'sync_full' && one.state === 'running');
    const task = this.#tasks.find((one) => {
      if (known.includes(one.id)) return false;
      if (one.state !== 'queued') return this.#again.has(one.id) && one.host === host;
      return !(syncing && one.kind === 'sync_full');
    });
    if (task === undefined) return undefined;
    if (task.state !== 'queued') this.#again.delete(task.id);
    // One that failed for a while is tried anew; another's second delivery only asks for its answer again.
    if (task.state === 'queued' || canRunAnew(task)) reopen(task);
    task.host = host;
    task.deliveries += 1;
    task.acknowledged = false;
    task.lastHeardAt = this.#now();
    task.claimedAt = this.#now();
    if (task.state === 'running') this.waitOn(task);
    return task;
  }

  hasMore(): boolean {
    return this.#again.size > 0 || this.#tasks.some((task) => task.state === 'queued');
  }

  /** The task, when this host holds it. Throws NOT_FOUND or FAILED_PRECONDITION otherwise. */
  held(id: string, host: string): TaskRecord {
    this.#releaseForgotten();
    const task = this.find(id);
    if (task === undefined) throw new ConnectError(`no task ${id}`, Code.NotFound);
    if (task.host !== host) {
      throw new ConnectError(`task ${id} isn't ${host}'s`, Code.FailedPrecondition);
    }
    if (task.state === 'expired') throw unwantedError(`no task ${id} any more`, Code.NotFound);
    task.lastHeardAt = this.#now();
    return task;
  }

  /**
   * The first report counts; later ones say that its answer was lost, and change nothing. False when
   * a later one contradicts the first.
   */
  finish(task: TaskRecord, outcome: Outcome): boolean {
    task.finishes += 1;
    if (task.state !== 'running') {
      return task.outcome === null || isDeepStrictEqual(task.outcome, outcome);
    }
    task.state = outcome.ok ? 'done' : task.cancelled ? 'cancelled' : 'failed';
    task.outcome = outcome;
    task.endedAt = this.#now();
    return true;
  }

  /** A queued task is gone at once; a running one hears of it at its next heartbeat. */
  cancel(id: string): boolean {
    const task = this.find(id);
    if (task?.endedAt !== null) return false;
    task.cancelled = true;
    if (task.state === 'queued') {
      task.state = 'cancelled';
      task.endedAt = this.#now();
    }
    return true;
  }

  /** Hands the task out once more to the host that has it or had it. */
  deliverAgain(id: string): boolean {
    if (this.find(id) === undefined) return false;
    this.#again.add(id);
    return true;
  }

  find(id: string): TaskRecord | undefined {
    return this.#tasks.find((task) => task.id === id);
  }

  all(): readonly Readonly<TaskRecord>[] {
    this.#releaseForgotten();
    return this.#tasks;
  }

  /** C1 begins to wait for a request, or waits as long again. */
  waitOn(task: TaskRecord): void {
    if (isRequest(task)) task.until = this.#now() + this.life.ms;
  }

  /** C1 stops waiting for a request that it handed out, as when its time is up. */
  stopWaiting(id: string): boolean {
    const task = this.find(id);
    if (task?.state !== 'running' || !isRequest(task)) return false;
    this.#expire(task);
    return true;
  }

  /** A connector that began anew, or lost its connection, may answer again: it can't know that it did. */
  forgiveRepeats(): void {
    for (const task of this.#tasks) task.acknowledged = false;
  }

  #add({ kind, message, again }: Pick<TaskRecord, 'kind' | 'message' | 'again'>): string {
    const now = this.#now();
    this.#tasks.push({
      id: message.id,
      kind,
      message,
      again,
      createdAt: now,
      state: 'queued',
      host: null,
      claimedAt: null,
      lastHeardAt: now,
      until: null,
      heartbeats: 0,
      deliveries: 0,
      cancelled: false,
      toldCancelled: 0,
      finishes: 0,
      acknowledged: false,
      outcome: null,
      endedAt: null,
    });
    return message.id;
  }

  #releaseForgotten(): void {
    const now = this.#now();
    for (const task of [...this.#tasks]) {
      if (task.state !== 'running') continue;
      if (task.until !== null) {
        if (task.until <= now) this.#expire(task);
      } else if (task.lastHeardAt <= now - this.#timeoutMs) {
        task.state = task.cancelled ? 'cancelled' : 'queued';
        task.host = null;
      }
    }
  }

  #expire(task: TaskRecord): void {
    task.state = task.cancelled ? 'cancelled' : 'expired';
    task.endedAt = this.#now();
    if (this.life.afterwards === 'gone' || task.cancelled) return;
    const { id, kind } = task;
    this.#add({ kind, message: { ...task.message, id: ksuid(this.#now()) }, again: id });
  }
}

/** Whether a task asks for a change of access. */
export function isRequest({ kind }: Pick<TaskRecord, 'kind'>): boolean {
  return REQUEST_KINDS.includes(kind);
}

function canRunAnew({ state, outcome }: TaskRecord): boolean {
  return state === 'failed' && outcome?.nonRetryable === false;
}

function reopen(task: TaskRecord): void {
  task.state = 'running';
  task.outcome = null;
  task.endedAt = null;
}

/** What a FinishTask reports, as c1-protocol.md §4.7 has it. */
export function outcomeOf(request: BatonServiceFinishTaskRequest): Outcome {
  const { finalState, status } = request;
  return {
    ok: finalState.case === 'success',
    code: status?.code ?? 0,
    message: status?.message ?? '',
    nonRetryable: finalState.case === 'error' && finalState.value.nonRetryable,
    details: status?.details ?? [],
    annotations: finalState.value?.annotations ?? [],
    response: finalState.value?.response,
  };
}

function taskMessage(id: string, kind: string, body: unknown, debug: boolean): Task {
  if (kind === 'unset') return create(TaskSchema, { id, debug });
  if (kind === 'unknown') {
    return { ...create(TaskSchema, { id, debug }), $unknown: [UNKNOWN_ARM] };
  }
  if (kind === 'encoded') {
    const bytes = Buffer.from(z.base64().parse(body), 'base64');
    return { ...fromBinary(TaskSchema, bytes), id };
  }
  const arm = TaskSchema.fields.find(({ name, oneof }) => oneof !== undefined && name === kind);
  if (arm === undefined) throw new Error(`There is no kind of task named ${kind}.`);
  const json = { id, debug, [kind]: Body.parse(body) };
  // Arms whose content we never read are empty messages in our .proto: their fields are left out.
  return fromJson(TaskSchema, json, { registry: KNOWN, ignoreUnknownFields: true });
}

function armOf({ taskType }: Task): string {
  return TaskSchema.fields.find(({ localName }) => localName === taskType.case)?.name ?? 'unset';
}
