import { expect, it } from 'vitest';
import { MemoryLedger, type TaskLedger } from '../../../main/c1/ledger.ts';
import type { TaskHandler } from '../../../main/c1/task.ts';
import type { Task } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { FakeClock } from '../fake-clock.ts';
import { taskId, taskOfKind, type HeartbeatAnswer } from './fake-c1.ts';
import { HeldHandler, startLoop, Watched } from './loop.ts';

/** C1 can say by any heartbeat that any of its tasks isn't wanted any more (c1-protocol.md §3.4). */

const CANCELLED = { status: { code: 1, message: 'C1 cancelled the task.' } };
const done: TaskHandler = () => Promise.resolve({ kind: 'success' });

/** A sync whose second heartbeat, after five seconds, says something; and what is in hand beside it. */
async function alongASync(says: HeartbeatAnswer, beside: readonly Task[] = []) {
  const sync = new HeldHandler();
  const other = new HeldHandler();
  const tasks = [taskOfKind(1, 'syncFull'), ...beside];
  const parts = startLoop(
    {
      syncFull: sync.handler,
      grant: other.handler,
      createAccount: { slot: 'none', handle: other.handler },
    },
    tasks.map((task, index) => ({ task, nextPoll: index + 1 < tasks.length ? 0 : 300_000 })),
  );
  const { c1, clock, run } = parts;
  c1.onHeartbeat = (call) => (call === 2 ? { ...says, next: 5000 } : { next: 5000 });
  const ran = run();
  await sync.start();
  await other.started.until(() => true, beside.length);
  await clock.untilAsleepFor(5000);
  await clock.advance(5000);
  return { ...parts, sync, other, ran };
}

it.each<[string, HeartbeatAnswer]>([
  ['as cancelled', { cancelled: true }],
  ['by its id', { cancelledTaskIds: [taskId(1)] }],
  ['both ways', { cancelled: true, cancelledTaskIds: [taskId(1), taskId(1)] }],
])('a sync that its own heartbeat names %s ends within a second, and says so', async (_, says) => {
  const { c1, clock, stop, ran, finished } = await alongASync(says);
  expect(c1.finished).toEqual([]);
  await clock.advance(1000);
  expect(await finished()).toMatchObject([{ brokenOff: { code: 'c1TaskCancelled' } }]);
  expect(c1.finished).toMatchObject([
    { taskId: taskId(1), ...CANCELLED, finalState: { value: { nonRetryable: false } } },
  ]);
  expect(c1.heartbeats).toHaveLength(2);
  stop.abort();
  await ran;
});

it.each([
  ['a request under way', taskOfKind(2, 'grant')],
  ['a request that waits for a person', taskOfKind(2, 'createAccount')],
])(
  '%s that a sync’s heartbeat names ends within a second, and the sync goes on',
  async (_, task) => {
    const says = { cancelledTaskIds: [taskId(2)] };
    const { c1, clock, stop, ran, sync, other, finished } = await alongASync(says, [task]);
    expect((await other.start()).context.signal.aborted).toBe(true);
    await clock.advance(1000);
    // Nobody is asked for it again.
    const final = { finalState: { value: { nonRetryable: true } } };
    expect(c1.finished).toMatchObject([{ taskId: taskId(2), ...CANCELLED, ...final }]);
    const { context, end } = await sync.start();
    expect(context.signal.aborted).toBe(false);
    end({ kind: 'success' });
    await finished(2);
    expect(c1.finished).toMatchObject([{}, { taskId: taskId(1), finalState: { case: 'success' } }]);
    stop.abort();
    await ran;
  },
);

it('a task that is cancelled while the ledger is still read never runs, and says so', async () => {
  const clock = new FakeClock();
  const kept = new MemoryLedger(clock).of('acme.conductor.one');
  const reading = new Watched<() => void>();
  const find: TaskLedger['find'] = async (id) => {
    if (id === taskId(2)) await new Promise<void>((resolve) => reading.add(resolve));
    return await kept.find(id);
  };
  const sync = new HeldHandler();
  const grant = new HeldHandler();
  const { c1, stop, run, finished } = startLoop(
    { syncFull: sync.handler, grant: grant.handler },
    [
      { task: taskOfKind(1, 'syncFull'), nextPoll: 0 },
      { task: taskOfKind(2, 'grant'), nextPoll: 300_000 },
    ],
    { clock, ledger: { ...kept, find } },
  );
  c1.onHeartbeat = (call) => ({ cancelledTaskIds: call === 2 ? [taskId(2)] : [], next: 5000 });
  const ran = run();
  const { end } = await sync.start();
  const [read] = await reading.until(() => true);
  await clock.untilAsleepFor(5000);
  await clock.advance(5000);
  read?.();
  expect(await finished()).toMatchObject([{ taskId: taskId(2) }]);
  expect(grant.started.all).toEqual([]);
  expect(c1.finished).toMatchObject([{ taskId: taskId(2), ...CANCELLED }]);
  end({ kind: 'success' });
  await finished(2);
  stop.abort();
  await ran;
});

it('ids that C1 makes up cancel nothing', async () => {
  const made = ['', '../x', '__proto__', taskId(9), ...Array<string>(5000).fill(taskId(8))];
  const { c1, stop, ran, sync, finished } = await alongASync({ cancelledTaskIds: made });
  const { context, end } = await sync.start();
  expect(context.signal.aborted).toBe(false);
  end({ kind: 'success' });
  await finished();
  expect(c1.finished).toMatchObject([{ finalState: { case: 'success' } }]);
  stop.abort();
  await ran;
});

it('a task that is cancelled while it waits in the queue is answered at once, and never runs', async () => {
  const held = new HeldHandler();
  const runs: string[] = [];
  const revoke: TaskHandler = ({ id }) => {
    runs.push(id);
    return Promise.resolve({ kind: 'success' });
  };
  const { c1, clock, stop, run, finished } = startLoop(
    { syncFull: held.handler, grant: held.handler, revoke },
    [],
    { fetch: 'many' },
  );
  const tasks = [
    taskOfKind(1, 'syncFull'),
    taskOfKind(2, 'grant'),
    taskOfKind(3, 'grant'),
    taskOfKind(4, 'revoke'),
    taskOfKind(5, 'hello'),
    taskOfKind(6, 'revoke'),
  ];
  c1.onPollMany = (call) => ({ tasks: call === 1 ? tasks : [], nextPoll: 300_000 });
  c1.onHeartbeat = (call) => ({
    cancelledTaskIds: call === 2 ? [taskId(4), taskId(5)] : [],
    next: 5000,
  });
  const ran = run();
  await held.start(3);
  await clock.untilAsleepFor(5000);
  await clock.advance(5000);
  await finished();
  expect(c1.finished).toMatchObject([{ taskId: taskId(4), ...CANCELLED }]);
  for (const { end } of held.started.all) end({ kind: 'success' });
  await finished(6);
  expect(runs).toEqual([taskId(6)]);
  expect(c1.finished.map((each) => each.taskId).sort()).toEqual([1, 2, 3, 4, 6].map(taskId));
  expect(c1.hellos.at(-1)?.taskId).toBe(taskId(5));
  stop.abort();
  await ran;
});

it('a task that was answered and is cancelled when it comes again gets the same answer again', async () => {
  const held = new HeldHandler();
  const { c1, clock, stop, run, finished } = startLoop(
    { syncFull: held.handler, grant: held.handler, revoke: done },
    [],
    { fetch: 'many' },
  );
  const batches = [
    [taskOfKind(4, 'revoke')],
    [1, 2, 3]
      .map((n) => taskOfKind(n, n === 1 ? 'syncFull' : 'grant'))
      .concat(taskOfKind(4, 'revoke')),
  ];
  c1.onPollMany = () => ({ tasks: batches.shift() ?? [], nextPoll: 1000 });
  c1.onHeartbeat = (call) => ({ cancelledTaskIds: call === 2 ? [taskId(4)] : [], next: 5000 });
  const ran = run();
  await finished();
  await clock.untilAsleepFor(1000);
  await clock.advance(1000);
  await held.start(3);
  await clock.untilAsleepFor(5000);
  await clock.advance(5000);
  await finished(2);
  const success = { taskId: taskId(4), finalState: { case: 'success' } };
  expect(c1.finished).toMatchObject([success, success]);
  for (const { end } of held.started.all) end({ kind: 'success' });
  await finished(5);
  stop.abort();
  await ran;
});
