import { TaskLoop } from '../../../main/c1/task-loop.ts';
import type { C1Event } from '../../../main/c1/events.ts';
import { MemoryLedger, type TaskLedger } from '../../../main/c1/ledger.ts';
import type { Random } from '../../../main/ports.ts';
import type { TaskContext, TaskHandler, TaskHandlers, TaskOutcome } from '../../../main/c1/task.ts';
import type { ResourceType } from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import type { Task } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { FakeClock } from '../fake-clock.ts';
import { FakeC1, FakeTokens, makeClient, type Poll } from './fake-c1.ts';
import { KeptLog, steady } from './quiet.ts';

/** Keeps what happened, and lets a test wait for the next of it. */
export class Watched<T> {
  readonly all: T[] = [];
  #waiting: (() => void)[] = [];

  add = (item: T): void => {
    this.all.push(item);
    for (const wake of this.#waiting.splice(0)) wake();
  };

  /** Resolves once at least `count` items fulfil the condition. */
  async until(condition: (item: T) => boolean, count = 1): Promise<T[]> {
    for (;;) {
      const found = this.all.filter(condition);
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

/** A handler that a test ends by hand. */
export class HeldHandler {
  readonly started = new Watched<{ context: TaskContext; end: (outcome: TaskOutcome) => void }>();

  readonly handler: TaskHandler = (_task, context) =>
    new Promise((end) => {
      this.started.add({ context, end });
    });

  /** The n-th start, beginning at 1. */
  async start(count = 1) {
    const started = await this.started.until(() => true, count);
    const found = started[count - 1];
    if (found === undefined) throw new Error('not started');
    return found;
  }
}

interface LoopParts {
  readonly clock?: FakeClock;
  readonly ledger?: TaskLedger;
  readonly fetch?: 'one' | 'many';
  readonly random?: Random;
  readonly resourceTypes?: readonly ResourceType[];
  readonly leftOpen?: () => Promise<readonly Task[]>;
}

/** A loop with C1 in memory, a clock turned by hand, and polls answered from a queue. */
export function startLoop(
  handlers: TaskHandlers | (() => TaskHandlers) = {},
  polls: Poll[] = [],
  parts: LoopParts = {},
) {
  const { clock = new FakeClock(), ledger, fetch = 'one', random = steady } = parts;
  const { resourceTypes = [], leftOpen } = parts;
  const c1 = new FakeC1();
  const log = new KeptLog();
  const tokens = new FakeTokens();
  const events = new Watched<C1Event>();
  const stop = new AbortController();
  const queue = [...polls];
  c1.onPoll = () => queue.shift() ?? { nextPoll: 60_000 };
  const loop = new TaskLoop({
    client: makeClient(c1.connection(), clock, tokens),
    handlers: typeof handlers === 'function' ? handlers : () => handlers,
    resourceTypes: () => resourceTypes,
    ...(leftOpen && { leftOpen }),
    ledger: ledger ?? new MemoryLedger(clock).of('acme.conductor.one'),
    fetch,
    clock,
    random,
    log,
    onEvent: events.add,
  });
  /** Resolves once so many tasks have ended. */
  const finished = async (count = 1) => {
    const done = await events.until((event) => event.kind === 'taskFinished', count);
    return done.filter((event) => event.kind === 'taskFinished');
  };
  return {
    c1,
    clock,
    log,
    tokens,
    events,
    stop,
    queue,
    loop,
    finished,
    run: () => loop.run(stop.signal),
  };
}
