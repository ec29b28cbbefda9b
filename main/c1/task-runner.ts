import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { ResourceType } from '../proto/gen/c1/connector/v2/resource_pb.ts';
import type { Clock, Log, Random } from '../ports.ts';
import type { Declared } from './capabilities.ts';
import type { C1Client } from './client.ts';
import { heals, stopped, taskCancelled } from './errors.ts';
import type { C1Event } from './events.ts';
import type { LedgerEntry } from './ledger-text.ts';
import type { TaskLedger } from './ledger.ts';
import type { NewAccountField } from './new-account.ts';
import { Outbox } from './outbox.ts';
import { backOff } from './pace.ts';
import { breakOff, staysOpen, TaskWork, type Running } from './task-work.ts';
import { isFinal, isTaskId, type TaskHandlers, type TaskOutcome } from './task.ts';

export interface TaskRunnerOptions {
  readonly client: Pick<C1Client, 'hello' | 'heartbeat' | 'finishTask' | 'uploadAsset'>;
  /** What is done, asked for anew with each task and each Hello: a setting may change it. */
  readonly handlers: () => TaskHandlers;
  /** What Hello declares to be synced, asked for anew each time. */
  readonly resourceTypes: () => readonly ResourceType[];
  /** What Hello says that C1 has to tell of an account to be made. */
  readonly newAccount?: readonly NewAccountField[];
  readonly ledger: TaskLedger;
  /** Gives up, of the tasks that wait elsewhere for their turn, those that C1 cancelled. */
  readonly cancelQueued: (taskIds: readonly string[]) => readonly Task[];
  /** Tasks that an earlier run left waiting for a person; C1 may not hand them out again. */
  readonly leftOpen?: () => Promise<readonly Task[]>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly onEvent: (event: C1Event) => void;
}

/** How many tasks run side by side (c1-protocol.md §4.11). */
export const SLOTS = 3;
/** So many tasks may wait for people; C1 keeps the others until some of these are answered. */
const MOST_WAITING = 1000;
/** So often a Hello that answers a task is tried within half a minute; then C1 hands the task out again. */
const GREETINGS = 5;
const UPLOAD_GRACE = 30_000;
const LAST_WORDS = 5_000;

/** Works on tasks side by side and answers each once (c1-protocol.md §4.7, §4.11; product.md §8). */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #work: TaskWork;
  readonly #outbox: Outbox;
  readonly #running = new Map<
    string,
    { readonly running: Running; readonly done: Promise<void> }
  >();
  readonly #stopping = new AbortController();

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
    this.#work = new TaskWork({ ...options, onCancelled: (taskIds) => this.#cancel(taskIds) });
    this.#outbox = new Outbox(options);
  }

  /** What a Hello tells at this moment. */
  declared(): Declared {
    const { resourceTypes, handlers, newAccount } = this.#options;
    return {
      resourceTypes: resourceTypes(),
      handlers: handlers(),
      ...(newAccount && { newAccount }),
    };
  }

  /** The ids of all tasks in hand. */
  get known(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** How many slots are taken. */
  get busy(): number {
    return this.#inSlots().length;
  }

  /** Resolves once another task can be taken on. */
  async room(): Promise<void> {
    while (this.busy >= SLOTS) await Promise.race(this.#inSlots());
  }

  /** Resolves once no slot is taken: what waits for a person isn't waited for. */
  async idle(): Promise<void> {
    while (this.busy > 0) await Promise.race(this.#inSlots());
  }

  /** Delivers what an earlier run couldn't, and takes up again what it left waiting for a person. */
  async resume(): Promise<void> {
    await this.#outbox.resume();
    const left = (await this.#options.leftOpen?.()) ?? [];
    for (const task of left) {
      const entry = await this.#options.ledger.find(task.id);
      if (entry !== undefined && isFinal(entry.outcome)) this.#answeredBefore(task, entry);
      else await this.take(task);
    }
  }

  /** The earlier run ended between its answer and knowing of it: whoever waits is told, and C1 isn't told again. */
  #answeredBefore({ id: taskId, taskType }: Task, { outcome }: LedgerEntry): void {
    const { clock, onEvent } = this.#options;
    const answer = { outcome, delivered: false, refused: false, brokenOff: null } as const;
    onEvent({ kind: 'taskFinished', taskId, task: taskType.case, at: clock.now(), ...answer });
  }

  /** Tries at once to deliver what waits. */
  wake(): void {
    this.#outbox.wake();
  }

  /** Takes on a task. Resolves with whether it is new: neither running nor answered before. */
  async take(task: Task): Promise<boolean> {
    const { log } = this.#options;
    if (task.taskType.case === 'none') return false;
    if (!isTaskId(task.id)) {
      // No message about it would pass the rules of §3.4, so it can't even be refused.
      log.warn('c1.task.unanswerable');
      return false;
    }
    if (this.#running.has(task.id)) return false;
    const running = this.#work.begin(task);
    if (running.slot === 'none' && this.#running.size - this.busy >= MOST_WAITING) {
      log.warn('c1.task.tooManyWait');
      return false;
    }
    const entry = await this.#start(running);
    return entry === undefined || !isFinal(entry.outcome);
  }

  /**
   * Ends all tasks: a running upload may go on for 30 seconds, the others stop now. One that waits
   * for a person stays unanswered.
   */
  async drain(): Promise<void> {
    this.#stopping.abort();
    for (const { running } of this.#running.values()) {
      if (running.uploads === 0) breakOff(running, stopped);
    }
    await this.#within(UPLOAD_GRACE, this.#all());
    for (const { running } of this.#running.values()) breakOff(running, stopped);
    await this.#within(LAST_WORDS, this.#all());
    await this.#within(LAST_WORDS, this.#outbox.close());
  }

  /** Runs the task from now on, and resolves with what is known of it. */
  #start(running: Running): Promise<LedgerEntry | undefined> {
    const { id } = running.task;
    const found = this.#options.ledger.find(id);
    const done = this.#run(running, found).finally(() => this.#running.delete(id));
    this.#running.set(id, { running, done });
    return found;
  }

  async #run(running: Running, found: Promise<LedgerEntry | undefined>): Promise<void> {
    const { clock, onEvent } = this.#options;
    const { id: taskId, taskType } = running.task;
    const task = taskType.case;
    onEvent({ kind: 'taskReceived', taskId, task, at: clock.now() });
    let outcome: TaskOutcome | null = null;
    let delivered = false;
    let refused = false;
    if (task === 'hello') {
      delivered = await this.#greet(taskId);
    } else {
      const known = await this.#knownAnswer(await found);
      const ended = known ?? (await this.#work.outcomeOf(running));
      if (!staysOpen(running, ended)) {
        outcome = ended;
        const delivery = await this.#outbox.deliver(taskId, ended);
        delivered = delivery === 'acknowledged';
        refused = delivery === 'refused';
      }
    }
    const { brokenOff } = running;
    const answer = { outcome, delivered, refused, brokenOff };
    onEvent({ kind: 'taskFinished', taskId, task, at: clock.now(), ...answer });
  }

  /** The answer that stands; one after which the task runs anew is taken back. */
  async #knownAnswer(entry: LedgerEntry | undefined): Promise<TaskOutcome | undefined> {
    if (entry === undefined) return undefined;
    if (isFinal(entry.outcome)) return entry.outcome;
    await this.#outbox.withdraw(entry.taskId);
    return undefined;
  }

  /** A hello task is answered by the Hello that carries its id, and by nothing else (§4.3). */
  async #greet(taskId: string): Promise<boolean> {
    const { client, clock, random, log } = this.#options;
    const { signal } = this.#stopping;
    for (let tries = 1; ; tries += 1) {
      const said = await client.hello(this.declared(), taskId, signal);
      if (said.ok) return true;
      log.warn('c1.hello.failed', { code: said.failure.code });
      if (!heals(said.failure) || tries === GREETINGS) return false;
      await clock.sleep(backOff(tries, random), signal);
    }
  }

  /** Ids that C1 makes up mean nothing here. */
  #cancel(taskIds: readonly string[]): void {
    for (const taskId of taskIds) {
      const found = this.#running.get(taskId);
      if (found !== undefined) breakOff(found.running, taskCancelled);
    }
    for (const task of this.#options.cancelQueued(taskIds)) {
      // It is answered at once, also while every slot is taken.
      const running: Running = { ...this.#work.begin(task), slot: 'none' };
      breakOff(running, taskCancelled);
      void this.#start(running);
    }
  }

  #inSlots(): Promise<void>[] {
    return [...this.#running.values()]
      .filter(({ running }) => running.slot === 'one')
      .map(({ done }) => done);
  }

  #all(): Promise<unknown> {
    return Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  async #within(ms: number, work: Promise<unknown>): Promise<void> {
    const inTime = new AbortController();
    const ended = work.then(() => inTime.abort());
    await Promise.race([ended, this.#options.clock.sleep(ms, inTime.signal)]);
  }
}
