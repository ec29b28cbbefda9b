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
}

const SHORTEST_WAIT = 100;
const SECOND = 1000;

/**
 * Asks C1 for several tasks at a time and keeps them in a queue (c1-protocol.md §4.5). Goes over to
 * one at a time with a C1 that doesn't know the call, which the official client doesn't.
 */
export class ManyTasks implements TaskSource {
  readonly #options: TaskSourceOptions;
  readonly #queue: TaskQueue;
  #instead: OneTask | undefined;
  /** C1 isn't asked before that time. */
  #notBefore = 0;
  #failures = 0;

  constructor(options: TaskSourceOptions) {
    this.#options = options;
    this.#queue = new TaskQueue(options.slots);
  }

  async next(inHand: InHand, signal: AbortSignal): Promise<Result<Next>> {
    const { clock, log } = this.#options;
    const pageSize = this.#queue.wanted(inHand.busy);
    const due = pageSize !== undefined && clock.now() >= this.#notBefore;
    const fetched = due ? await this.#fetch(pageSize, inHand, signal) : succeed();
    if (this.#instead !== undefined) return await this.#instead.next(inHand, signal);
    const task = this.#queue.shift();
    if (!fetched.ok && task === undefined) return fetched;
    if (!fetched.ok) log.warn('c1.unanswered', { code: fetched.failure.code });
    const from = due && fetched.ok ? 'c1' : 'queue';
    return succeed({ task, from, pause: (isNew) => this.#pause(task, isNew) });
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
      this.#instead = new OneTask(this.#options);
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
