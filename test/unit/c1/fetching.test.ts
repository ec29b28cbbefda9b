import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { expect, it } from 'vitest';
import { TaskQueue } from '../../../main/c1/task-queue.ts';
import type { TaskHandler } from '../../../main/c1/task.ts';
import { TaskSchema } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { SeededRandom } from '../../sandbox/random.ts';
import { FakeClock } from '../fake-clock.ts';
import { FACTS, taskId, taskOfKind } from './fake-c1.ts';
import { HeldHandler, startLoop } from './loop.ts';
import { steady } from './quiet.ts';

const done: TaskHandler = () => Promise.resolve({ kind: 'success' });

const MANY = { fetch: 'many' } as const;
const unknownCall = () => {
  throw new ConnectError('unknown method', Code.Unimplemented);
};

it('a queue asks for twice its slots, never for more than the rules allow', () => {
  expect(new TaskQueue(3).wanted(1)).toBe(5);
  expect(new TaskQueue(3).wanted(3)).toBeUndefined();
  expect(new TaskQueue(60).wanted(0)).toBe(100);
});

it('a queue takes what is new and can be answered', () => {
  const queue = new TaskQueue(3);
  const odd = { ...taskOfKind(9, 'grant'), id: '../../etc/passwd' };
  const grants = [1, 2, 2].map((number) => taskOfKind(number, 'grant'));
  expect(queue.add([...grants, odd, taskOfKind(3, 'none')], [taskId(1)])).toBe(1);
  expect(queue.ids).toEqual([taskId(2)]);
});

it('several tasks come in one answer, are done, and aren’t asked for again while they are known', async () => {
  const held = new HeldHandler();
  const { c1, clock, events, stop, finished, run } = startLoop({ grant: held.handler }, [], MANY);
  const grants = [1, 2, 3, 4, 5].map((number) => taskOfKind(number, 'grant'));
  c1.onPollMany = (call) => ({ tasks: call === 1 ? grants : [], nextPoll: 1000 });
  const ran = run();
  await held.start(3);
  // An hour passes in which every slot is taken and two tasks wait.
  await clock.advance(3_600_000);
  expect(c1.wanted).toMatchObject([{ hostId: FACTS.hostId, pageSize: 6, knownTaskIds: [] }]);
  const [first, second, third] = held.started.all;
  first?.end({ kind: 'success' });
  second?.end({ kind: 'success' });
  await held.start(5);
  third?.end({ kind: 'success' });
  await finished(3);
  await clock.untilAsleep();
  expect(c1.wanted.at(-1)).toMatchObject({ pageSize: 4, knownTaskIds: [4, 5].map(taskId) });
  for (const { end } of held.started.all) end({ kind: 'success' });
  await finished(5);
  expect(c1.finished.map((each) => each.taskId).sort()).toEqual([1, 2, 3, 4, 5].map(taskId));
  expect(events.all.filter(({ kind }) => kind === 'answered')).toHaveLength(c1.wanted.length);
  expect(c1.polls).toBe(0);
  stop.abort();
  await ran;
});

it('every call has a deadline, that of a poll a longer one since C1 may hold it', async () => {
  const one = startLoop({ syncFull: done }, [
    { task: taskOfKind(1, 'syncFull'), nextPoll: 60_000 },
  ]);
  const many = startLoop({}, [], MANY);
  for (const { clock, stop, run } of [one, many]) {
    const ran = run();
    await clock.untilAsleep();
    stop.abort();
    await ran;
  }
  const deadlines = new Map([...one.c1.deadlines, ...many.c1.deadlines]);
  for (const rpc of ['Hello', 'Heartbeat', 'FinishTask']) expectAbout(deadlines.get(rpc), 30_000);
  for (const rpc of ['GetTask', 'GetTasks']) expectAbout(deadlines.get(rpc), 90_000);
});

/** What is left of a deadline when C1 looks at it, so soon after the call that a tenth is enough. */
function expectAbout(left: number | undefined, deadline: number): void {
  expect(left).toBeLessThanOrEqual(deadline);
  expect(left).toBeGreaterThan(deadline * 0.9);
}

it('of an answer with more tasks than the rules allow, the first hundred are done', async () => {
  const { c1, clock, stop, finished, run } = startLoop({ grant: done }, [], MANY);
  const grants = Array.from({ length: 250 }, (_, index) => taskOfKind(index + 1, 'grant'));
  c1.onPollMany = (call) => ({ tasks: call === 1 ? grants : [], nextPoll: 60_000 });
  const ran = run();
  await finished(100);
  await clock.untilAsleep();
  expect(new Set(c1.finished.map((each) => each.taskId)).size).toBe(100);
  expect(c1.finished).toHaveLength(100);
  stop.abort();
  await ran;
});

it('with a C1 that doesn’t know GetTasks, tasks are asked for one by one, and after an hour together again', async () => {
  const { c1, clock, stop, finished, run } = startLoop(
    { grant: done },
    [{ task: taskOfKind(1, 'grant'), nextPoll: 60_000 }],
    MANY,
  );
  c1.onPollMany = unknownCall;
  const ran = run();
  await finished();
  await clock.untilAsleep();
  expect(c1.finished).toMatchObject([{ taskId: taskId(1) }]);
  await clock.advance(3_590_000);
  expect(c1.wanted).toHaveLength(1);
  expect(c1.polls).toBeGreaterThan(50);
  // C1 was upgraded meanwhile.
  c1.onPollMany = () => ({ tasks: [taskOfKind(2, 'grant')], nextPoll: 60_000 });
  await clock.advance(60_000);
  await finished(2);
  expect(c1.wanted.length).toBeGreaterThan(1);
  stop.abort();
  await ran;
});

it('what is queued is done when C1 no longer knows GetTasks', async () => {
  const held = new HeldHandler();
  const { c1, stop, finished, run } = startLoop({ grant: held.handler }, [], MANY);
  const grants = [1, 2, 3, 4].map((number) => taskOfKind(number, 'grant'));
  c1.onPollMany = (call) => (call === 1 ? { tasks: grants, nextPoll: 0 } : unknownCall());
  const ran = run();
  await held.start(3);
  for (const { end } of held.started.all.slice(0, 2)) end({ kind: 'success' });
  await held.start(4);
  for (const { end } of held.started.all) end({ kind: 'success' });
  await finished(4);
  expect(c1.finished).toHaveLength(4);
  stop.abort();
  await ran;
});

it.each(['one', 'many'] as const)(
  'two connectors of one C1 that asks for haste don’t poll in step (fetch: %s)',
  async (fetch) => {
    const clock = new FakeClock();
    const polledAt = [1, 2].map((seed) => {
      const random = { ...steady, fraction: () => seeds.fraction() };
      const seeds = new SeededRandom(seed);
      const { c1, stop, run } = startLoop({}, [], { clock, fetch, random });
      const times: number[] = [];
      c1.onPoll = c1.onPollMany = () => {
        times.push(clock.now());
        return { nextPoll: 0 };
      };
      return { times, stop, ran: run() };
    });
    await clock.untilAsleep(2);
    await clock.advance(60_000);
    const [first = [], second = []] = polledAt.map(({ times }) => times.slice(1));
    expect(first.length).toBeGreaterThan(50);
    expect(first.length).toBeLessThanOrEqual(60);
    expect(first.filter((time) => second.includes(time)).length).toBeLessThan(5);
    for (const { stop } of polledAt) stop.abort();
    await Promise.all(polledAt.map(({ ran }) => ran));
  },
);

it.each([
  ['huge', { seconds: 2n ** 63n - 1n, nanos: 999_999_999 }, 285_000],
  ['negative', { seconds: -(2n ** 63n), nanos: -(2 ** 31) }, 1050],
  ['of odd nanoseconds', { seconds: 0n, nanos: 2 ** 31 - 1 }, 2147],
  ['of less than nothing', { seconds: 1n, nanos: -(2 ** 31) }, 1050],
])('a wish for a pause that is %s is kept within bounds', async (_, nextPoll, pause) => {
  for (const fetch of ['one', 'many'] as const) {
    const { c1, clock, stop, run } = startLoop({}, [], { fetch });
    c1.onPoll = c1.onPollMany = () => ({ nextPoll });
    const ran = run();
    await clock.untilAsleep();
    expect(clock.sleeps).toEqual([pause]);
    stop.abort();
    await ran;
  }
});

it('a task with a status that nobody knows is done as any other', async () => {
  // Field 2 is the status, and 99 none of its values.
  const bytes = [...toBinary(TaskSchema, taskOfKind(1, 'grant')), 0x10, 99];
  const odd = fromBinary(TaskSchema, Uint8Array.from(bytes));
  expect(odd.status).toBe(99);
  const { c1, stop, finished, run } = startLoop({ grant: done }, [{ task: odd, nextPoll: 60_000 }]);
  const ran = run();
  await finished();
  expect(c1.finished).toMatchObject([{ taskId: taskId(1), finalState: { case: 'success' } }]);
  stop.abort();
  await ran;
});
