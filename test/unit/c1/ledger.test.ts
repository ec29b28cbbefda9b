import { create } from '@bufbuild/protobuf';
import { AnySchema, type Any } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError } from '@connectrpc/connect';
import { expect, it } from 'vitest';
import { c1Unavailable } from '../../../main/c1/errors.ts';
import { Ledger, type LedgerShelf } from '../../../main/c1/ledger.ts';
import { Outbox } from '../../../main/c1/outbox.ts';
import type { TaskHandler, TaskOutcome } from '../../../main/c1/task.ts';
import { fail, succeed } from '../../../shared/errors.ts';
import { FakeClock } from '../fake-clock.ts';
import { taskId, taskOfKind } from './fake-c1.ts';
import { HeldHandler, startLoop } from './loop.ts';
import { KeptLog, steady } from './quiet.ts';

const DAY = 24 * 3600 * 1000;
const GRANT = { task: taskOfKind(1, 'grant'), nextPoll: 300_000 };
const done: TaskHandler = () => Promise.resolve({ kind: 'success' });
const down = () => {
  throw new ConnectError('down', Code.Unavailable);
};

/** A shelf that outlives its ledgers, as a file outlives processes. */
function lastingShelf() {
  let text: string | null = null;
  const shelf: LedgerShelf = {
    read: () => Promise.resolve(succeed(text)),
    write: (next) => {
      text = next;
      return Promise.resolve(succeed());
    },
    setAside: () => Promise.resolve(succeed()),
  };
  const clock = new FakeClock();
  return { clock, open: () => new Ledger({ shelf, clock, log: new KeptLog() }).of('acme') };
}

function anyOf(typeUrl: string, ...bytes: number[]): Any {
  return create(AnySchema, { typeUrl, value: Uint8Array.from(bytes) });
}

const UNKNOWN = anyOf('type.googleapis.com/c1.future.v9.Unheard', 0, 255, 254, 10, 13);
const EMPTY = anyOf('', ...[]);

it.each<[string, TaskOutcome]>([
  ['success', { kind: 'success', annotations: [UNKNOWN, EMPTY], response: UNKNOWN }],
  [
    'final error',
    {
      kind: 'failure',
      code: Code.FailedPrecondition,
      message: 'Es gibt „keine“ Rolle 🗝.\n',
      nonRetryable: true,
      details: [UNKNOWN, EMPTY],
    },
  ],
])('a %s with messages of unknown type comes back from the shelf as it was', async (_, outcome) => {
  const { clock, open } = lastingShelf();
  await open().keep(taskId(1), outcome);
  const found = await open().find(taskId(1));
  expect(found).toEqual({
    peer: 'acme',
    taskId: taskId(1),
    outcome,
    delivery: 'pending',
    since: clock.now(),
  });
});

it('messages of unknown type reach C1 unchanged, also those that an earlier run left', async () => {
  const { clock, open } = lastingShelf();
  const outcome: TaskOutcome = { kind: 'success', annotations: [UNKNOWN], response: UNKNOWN };
  const grant: TaskHandler = () => Promise.resolve(outcome);
  const first = startLoop({ grant }, [GRANT], { clock, ledger: open() });
  first.c1.onFinish = down;
  const ran = first.run();
  await first.finished();
  first.stop.abort();
  await ran;
  const second = startLoop({}, [], { clock, ledger: open() });
  const again = second.run();
  await clock.untilAsleep();
  expect(second.c1.finished).toMatchObject([
    { finalState: { case: 'success', value: { annotations: [UNKNOWN], response: UNKNOWN } } },
  ]);
  second.stop.abort();
  await again;
});

it.each<[string, 'the same answer' | 'a new run', TaskOutcome]>([
  ['a success', 'the same answer', { kind: 'success' }],
  [
    'an error that may be tried again',
    'a new run',
    { kind: 'failure', code: Code.Unavailable, message: 'Later.', nonRetryable: false },
  ],
])('%s is sent for a day; the task gets %s when it comes after that', async (_, then, outcome) => {
  const { clock, open } = lastingShelf();
  const tries: number[] = [];
  const client = {
    finishTask: () => {
      tries.push(clock.now());
      return Promise.resolve(fail(c1Unavailable('down')));
    },
  };
  const start = clock.now();
  const log = new KeptLog();
  const outbox = new Outbox({ client, ledger: open(), clock, random: steady, log });
  expect(await outbox.deliver(taskId(1), outcome)).toBe('unknown');
  await clock.advance(DAY + 60_000);
  expect(Math.max(...tries) - start).toBeGreaterThan(DAY - 120_000);
  expect(Math.max(...tries) - start).toBeLessThan(DAY);
  expect(clock.asleep).toBe(0);
  expect(log.lines.join('\n')).toContain('c1.finish.gaveUp');

  let runs = 0;
  const grant: TaskHandler = () => {
    runs += 1;
    return Promise.resolve({ kind: 'success' });
  };
  const { c1, stop, finished, run } = startLoop({ grant }, [GRANT], { clock, ledger: open() });
  const ran = run();
  await finished();
  expect(c1.finished).toMatchObject([{ taskId: taskId(1), finalState: { case: 'success' } }]);
  expect(runs).toBe(then === 'a new run' ? 1 : 0);
  stop.abort();
  await ran;
});

it('an answer is tried for a day in all, also when the program is started anew in between', async () => {
  const { clock, open } = lastingShelf();
  const first = startLoop({ grant: done }, [GRANT], { clock, ledger: open() });
  first.c1.onFinish = down;
  const ran = first.run();
  await first.finished();
  first.stop.abort();
  await ran;
  await clock.advance(DAY);
  const second = startLoop({ grant: done }, [], { clock, ledger: open() });
  const again = second.run();
  await clock.untilAsleep();
  expect(second.c1.finished).toEqual([]);
  expect(second.log.lines.join('\n')).toContain('c1.finish.gaveUp');
  second.stop.abort();
  await again;
});

it('a task that waits for a person waits on when it comes again, also after a restart, and is answered once', async () => {
  const { clock, open } = lastingShelf();
  const person = new HeldHandler();
  const handlers = { createAccount: { slot: 'none', handle: person.handler } } as const;
  const waiting = { task: taskOfKind(1, 'createAccount'), nextPoll: 60_000 };
  const first = startLoop(handlers, [waiting, waiting], { clock, ledger: open() });
  const ran = first.run();
  await person.start();
  await clock.advance(60_000);
  expect(person.started.all).toHaveLength(1);
  first.stop.abort();
  await clock.untilAsleepFor(1000);
  await clock.advance(2000);
  await ran;
  expect(first.c1.finished).toEqual([]);

  const second = startLoop(handlers, [waiting, waiting, waiting], { clock, ledger: open() });
  const again = second.run();
  const { end } = await person.start(2);
  await clock.untilAsleepFor(60_000);
  await clock.advance(60_000);
  end({ kind: 'success' });
  await second.finished();
  await clock.advance(60_000);
  await second.finished(2);
  // The third delivery came after the answer, and gets it again without the person.
  expect(person.started.all).toHaveLength(2);
  const success = { taskId: taskId(1), finalState: { case: 'success' } };
  expect(second.c1.finished).toMatchObject([success, success]);
  second.stop.abort();
  await again;
});
