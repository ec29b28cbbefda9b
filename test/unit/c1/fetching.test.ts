import { Code, ConnectError } from '@connectrpc/connect';
import { expect, it } from 'vitest';
import { connectorCapabilities } from '../../../main/c1/capabilities.ts';
import { TaskQueue } from '../../../main/c1/task-queue.ts';
import type { TaskHandler } from '../../../main/c1/task.ts';
import { resourceTypes } from '../../../main/c1z/messages.ts';
import { Capability } from '../../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import { settle } from '../fake-clock.ts';
import { taskId, taskOfKind } from './fake-c1.ts';
import { startLoop } from './loop.ts';

const done: TaskHandler = () => Promise.resolve({ kind: 'success' });

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

it('with a C1 that doesn’t know GetTasks, tasks are asked for one by one', async () => {
  const { c1, clock, stop, finished, run } = startLoop(
    { grant: done },
    [{ task: taskOfKind(1, 'grant'), nextPoll: 60_000 }],
    { fetch: 'many' },
  );
  c1.onPollMany = unknownCall;
  const ran = run();
  await finished();
  await clock.untilAsleep();
  expect(c1.finished).toMatchObject([{ taskId: taskId(1) }]);
  stop.abort();
  await ran;
});

it('a setting that changes what is done is told to C1 once', async () => {
  let handlers = {};
  const parts = { resourceTypes: resourceTypes() };
  const { c1, clock, loop, stop, run } = startLoop(() => handlers, [], parts);
  const ran = run();
  await clock.untilAsleep();
  handlers = { grant: done, revoke: done };
  loop.greetAgain();
  loop.greetAgain();
  await settle();
  const told = c1.hellos.map(
    ({ connectorMetadata }) => connectorMetadata?.capabilities?.connectorCapabilities,
  );
  expect(told).toEqual([[Capability.SYNC], [Capability.PROVISION, Capability.SYNC]]);
  stop.abort();
  await ran;
});

it('nothing is declared that can’t be done whole', () => {
  const declared = {
    resourceTypes: resourceTypes(),
    handlers: { grant: done, deleteResource: done },
  };
  expect(connectorCapabilities(declared).connectorCapabilities).toEqual([
    Capability.SYNC,
    Capability.RESOURCE_DELETE,
  ]);
});
