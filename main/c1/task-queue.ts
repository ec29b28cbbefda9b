import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { MOST_TASKS } from './client.ts';
import { isTaskId } from './task.ts';

/**
 * Tasks that C1 handed out together and that wait for a slot (c1-protocol.md §4.5): refilled to twice
 * the number of slots once fewer than that number are queued or running.
 */
export class TaskQueue {
  readonly #slots: number;
  #tasks: Task[] = [];

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** The ids in the queue. */
  get ids(): readonly string[] {
    return this.#tasks.map(({ id }) => id);
  }

  /** How many tasks to ask for while so many run: undefined when there are enough. Always what the rules allow. */
  wanted(busy: number): number | undefined {
    const atHand = this.#tasks.length + busy;
    if (atHand >= this.#slots) return undefined;
    return Math.min(2 * this.#slots - atHand, MOST_TASKS);
  }

  /** Queues what is new and can be answered; gives back how many that was. */
  add(tasks: readonly Task[], running: readonly string[]): number {
    const known = new Set([...running, ...this.ids]);
    const before = this.#tasks.length;
    for (const task of tasks) {
      if (task.taskType.case === 'none' || known.has(task.id) || !isTaskId(task.id)) continue;
      known.add(task.id);
      this.#tasks.push(task);
    }
    return this.#tasks.length - before;
  }

  /** Takes out and gives back those that C1 cancelled. A hello stays, for its Hello is all the answer it gets. */
  cancel(taskIds: readonly string[]): readonly Task[] {
    const unwanted = new Set(taskIds);
    const isOut = ({ id, taskType }: Task) => unwanted.has(id) && taskType.case !== 'hello';
    const out = this.#tasks.filter(isOut);
    this.#tasks = this.#tasks.filter((task) => !isOut(task));
    return out;
  }

  shift(): Task | undefined {
    return this.#tasks.shift();
  }
}
