import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { TaskSchema } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { TaskKind } from '../../../main/c1/task.ts';
import { makeTask, taskId, taskOfKind } from './fake-c1.ts';
import { startLoop } from './loop.ts';

const REQUESTS: TaskKind[] = ['grant', 'revoke', 'createAccount', 'deleteResource'];
const OTHERS: TaskKind[] = [
  'syncFull',
  'createResource',
  'rotateCredentials',
  'eventFeed',
  'createTicketTask',
  'listTicketSchemas',
  'getTicket',
  'bulkCreateTickets',
  'bulkGetTickets',
  'actionListSchemas',
  'actionGetSchema',
  'actionInvoke',
  'actionStatus',
  'createSyncDiff',
  'compactSyncs',
  'listEventFeeds',
  'listEvents',
  'issueCredential',
];

/** Hands out one task to an app that has no handlers, and gives back the answer. */
async function answerTo(task: ReturnType<typeof makeTask>) {
  const { c1, finished, stop, run } = startLoop({}, [{ task, nextPoll: 60_000 }]);
  const ran = run();
  await finished();
  stop.abort();
  await ran;
  expect(c1.finished).toHaveLength(1);
  expect(c1.heartbeats).toEqual([]);
  const [answer] = c1.finished;
  if (answer?.finalState.case !== 'error') throw new Error('no error');
  expect(answer.taskId).toBe(taskId(1));
  expect(answer.finalState.value.nonRetryable).toBe(true);
  return answer.status;
}

it('the kinds of this test are all of C1’s', () => {
  const kinds = TaskSchema.oneofs.find(({ name }) => name === 'task_type')?.fields;
  const names = kinds?.map(({ localName }) => localName).sort();
  expect(names).toHaveLength(24);
  expect(names).toEqual([...REQUESTS, ...OTHERS, 'hello', 'none'].sort());
});

describe('a task that the app doesn’t do', () => {
  it.each(REQUESTS)('%s is refused for good while requests are off', async (kind) => {
    expect(await answerTo(taskOfKind(1, kind))).toMatchObject({
      code: Code.FailedPrecondition,
      message: expect.stringContaining('turned off') as string,
    });
  });

  it.each(OTHERS)('%s is refused for good as unknown to the app', async (kind) => {
    expect(await answerTo(taskOfKind(1, kind))).toMatchObject({ code: Code.Unimplemented });
  });

  it('without any kind is refused for good', async () => {
    expect(await answerTo(makeTask(1))).toMatchObject({ code: Code.Unimplemented });
  });

  it('of a kind from the future is refused for good', async () => {
    // Field 199, an empty message: the tag's varint, then length 0.
    const bytes = [...toBinary(TaskSchema, makeTask(1)), 0xba, 0x0c, 0];
    const future = fromBinary(TaskSchema, Uint8Array.from(bytes));
    expect(await answerTo(future)).toMatchObject({ code: Code.Unimplemented });
  });
});

describe('a task that needs no answer', () => {
  it('none is passed over', async () => {
    const { c1, clock, events, stop, run } = startLoop({}, [
      { task: taskOfKind(1, 'none'), nextPoll: 0 },
    ]);
    const ran = run();
    await clock.untilAsleep();
    expect(clock.sleeps).toEqual([1050]);
    expect(c1.finished).toEqual([]);
    expect(events.all.map(({ kind }) => kind)).not.toContain('taskReceived');
    stop.abort();
    await ran;
  });

  it('hello gets a Hello with its id, and no FinishTask', async () => {
    const { c1, finished, stop, run } = startLoop({}, [
      { task: taskOfKind(1, 'hello'), nextPoll: 60_000 },
    ]);
    const ran = run();
    expect(await finished()).toMatchObject([{ task: 'hello', outcome: null, delivered: true }]);
    expect(c1.hellos.map((hello) => hello.taskId)).toEqual(['', taskId(1)]);
    stop.abort();
    await ran;
    expect(c1.finished).toEqual([]);
  });

  it('hello is answered although the first tries fail, and gets no FinishTask', async () => {
    const { c1, clock, finished, stop, run } = startLoop({}, [
      { task: taskOfKind(1, 'hello'), nextPoll: 60_000 },
    ]);
    c1.onHello = (call) => {
      if (call === 2 || call === 3) throw new ConnectError('busy', Code.Unavailable);
    };
    const ran = run();
    for (const wait of [1000, 4000]) {
      await clock.untilAsleepFor(wait);
      await clock.advance(wait);
    }
    expect(await finished()).toMatchObject([{ outcome: null, delivered: true }]);
    expect(c1.hellos.map((hello) => hello.taskId)).toEqual(['', ...[1, 1, 1].map(taskId)]);
    stop.abort();
    await ran;
    expect(c1.finished).toEqual([]);
  });

  it.each([
    ['at once when C1 refuses it', Code.NotFound, []],
    ['after five tries', Code.Unavailable, [1000, 4000, 9000, 16_000]],
  ])('hello is left to C1’s next delivery %s, and gets no FinishTask', async (_, code, waits) => {
    const { c1, clock, finished, stop, run } = startLoop({}, [
      { task: taskOfKind(1, 'hello'), nextPoll: 60_000 },
    ]);
    c1.onHello = (call) => {
      if (call > 1) throw new ConnectError('no', code);
    };
    const ran = run();
    for (const wait of waits) {
      await clock.untilAsleepFor(wait);
      await clock.advance(wait);
    }
    expect(await finished()).toMatchObject([{ outcome: null, delivered: false }]);
    expect(c1.hellos).toHaveLength(waits.length + 2);
    stop.abort();
    await ran;
    expect(c1.finished).toEqual([]);
  });
});
