import { succeed, type Result } from '../../shared/errors.ts';
import type { Clock, Log, Random } from '../ports.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { C1Client } from './client.ts';
import { backOff, pollPause } from './pace.ts';
import { TaskQueue } from './task-queue.ts';

/** What is worked on at the moment. */
export interface InHand {
  /** The ids of all tasks, also of those that wait for a person. */
  readonly known: readonly string[];
  /** How many hold a slot. */
  readonly busy: number;
}

export interface Next {
  readonly task: Task | undefined;
  /** Whether C1 was asked just now, or the task lay here already. */
  readonly from: 'c1' | 'queue';
  /** How long to wait before the next task is asked for, once it is known whether this one is new. */
  readonly pause: (isNew: boolean) => number;
}

/** Where the loop takes its tasks from. */
export interface TaskSource {
  next(inHand: InHand, signal: AbortSignal): Promise<Result<Next>>;
  /** Gives up, of the tasks that wait here, those that C1 cancelled. */
  cancel(taskIds: readonly string[]): readonly Task[];
}

export interface TaskSourceOptions {
  readonly client: Pick<C1Client, 'getTask' | 'getTasks'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** How many tasks run at once. */
  readonly slots: number;
}

/** Asks C1 for one task at a time (c1-protocol.md §4.4). */
export class OneTask implements TaskSource {
  readonly #options: Pick<TaskSourceOptions, 'client' | 'random'>;

  constructor(options: Pick<TaskSourceOptions, 'client' | 'random'>) {
    this.#options = options;
  }

  async next(_inHand: InHand, signal: AbortSignal): Promise<Result<Next>> {
    const { client, random } = this.#options;
    const polled = await client.getTask(signal);
    if (!polled.ok) return polled;
    const { task, nextPoll } = polled.value;
    return succeed({ task, from: 'c1', pause: (isNew) => pollPause(nextPoll, isNew, random) });
  }

  cancel(): readonly Task[] {
    return [];
  }
}

const SHORTEST_WAIT = 100;
const SECOND = 1000;
/** For so long a C1 that didn't know the call isn't asked again: it may be a newer one by then. */
const ONE_BY_ONE = 3600 * SECOND;

/**
 * Asks C1 for several tasks at a time and keeps them in a queue (c1-protocol.md §4.5). With a C1 that
 * doesn't know the call it asks for one at a time for an hour, which the official client doesn't.
 */
export class ManyTasks implements TaskSource {
  readonly #options: TaskSourceOptions;
  readonly #queue: TaskQueue;
  readonly #one: OneTask;
  /** Until then C1 is asked for one task at a time. */
  #oneUntil = 0;
  /** C1 isn't asked before that time. */
  #notBefore = 0;
  #failures = 0;

  constructor(options: TaskSourceOptions) {
    this.#options = options;
    this.#queue = new TaskQueue(options.slots);
    this.#one = new OneTask(options);
  }

  async next(inHand: InHand, signal: AbortSignal): Promise<Result<Next>> {
    const { clock, log } = this.#options;
    const pageSize = this.#queue.wanted(inHand.busy);
    const notBefore = Math.max(this.#notBefore, this.#oneUntil);
    const due = pageSize !== undefined && clock.now() >= notBefore;
    const fetched = due ? await this.#fetch(pageSize, inHand, signal) : succeed();
    const task = this.#queue.shift();
    if (task === undefined && clock.now() < this.#oneUntil)
      return await this.#one.next(inHand, signal);
    if (!fetched.ok && task === undefined) return fetched;
    if (!fetched.ok) log.warn('c1.unanswered', { code: fetched.failure.code });
    const from = due && fetched.ok ? 'c1' : 'queue';
    return succeed({ task, from, pause: (isNew) => this.#pause(task, isNew) });
  }

  cancel(taskIds: readonly string[]): readonly Task[] {
    return this.#queue.cancel(taskIds);
  }

  async #fetch(pageSize: number, inHand: InHand, signal: AbortSignal): Promise<Result<void>> {
    const { client, clock, random, log } = this.#options;
    const knownTaskIds = [...this.#queue.ids, ...inHand.known];
    const polled = await client.getTasks({ pageSize, knownTaskIds }, signal);
    if (!polled.ok) {
      this.#failures += 1;
      // The loop itself waits when there's nothing else to do.
      if (this.#queue.ids.length > 0)
        this.#notBefore = clock.now() + backOff(this.#failures, random);
      return polled;
    }
    this.#failures = 0;
    if (polled.value.kind === 'unsupported') {
      log.info('c1.getTasks.unsupported');
      this.#oneUntil = clock.now() + ONE_BY_ONE;
      return succeed();
    }
    const added = this.#queue.add(polled.value.tasks, inHand.known);
    this.#notBefore = clock.now() + pollPause(polled.value.nextPoll, added > 0, random);
    return succeed();
  }

  #pause(task: Task | undefined, isNew: boolean): number {
    const now = this.#options.clock.now();
    if (task === undefined) return Math.max(this.#notBefore - now, SHORTEST_WAIT);
    // An answered task that C1 hands out again and again must not make it a race.
    if (!isNew) this.#notBefore = Math.max(this.#notBefore, now + SECOND);
    return 0;
  }
}
