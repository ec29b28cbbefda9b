import { Code } from '@connectrpc/connect';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Task } from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { Bench, HOST, OFFICIAL, refusal } from '../sandbox/c1/bench.ts';
import { requestRows } from '../sandbox/c1/request-words.ts';
import { changeOfficialFile, finish } from '../sandbox/c1/sample-file.ts';
import { declaring, ENTITLEMENT, grantAnswer, USER } from './sandbox-c1-asking.ts';

const MINUTE = 60_000;

let bench: Bench;
let client: Awaited<ReturnType<Bench['signIn']>>;
beforeEach(async () => {
  bench = await Bench.open();
  client = await bench.signIn();
  await client.hello(declaring());
  await bench.sync(client, await changeOfficialFile(OFFICIAL, finish));
});
afterEach(() => bench.close());

async function claim(): Promise<Task> {
  const { task } = await client.getTask({ hostId: HOST });
  if (task === undefined) throw new Error('C1 asks for nothing');
  return task;
}

function answer(task: Task) {
  const finalState = { case: 'success' as const, value: grantAnswer(task) };
  return client.finishTask({ hostId: HOST, taskId: task.id, finalState });
}

const ask = () => bench.sandbox.desk.access({ account: USER, entitlement: ENTITLEMENT });
/** A token lives ten minutes, so that time goes by with a fresh one. */
async function pass(ms: number): Promise<void> {
  bench.clock += ms;
  client = await bench.signIn();
}

it.each([MINUTE, 10 * MINUTE, 24 * 60 * MINUTE])(
  'C1 waits %s ms for a request, and ends it without a word',
  async (ms) => {
    await bench.sandbox.control('requests/life', { ms, heartbeats: 'accept' });
    const id = ask();
    const task = await claim();
    await pass(ms - 1);
    await client.heartbeat({ hostId: HOST, taskId: id });
    await pass(1);
    const beat = await refusal(client.heartbeat({ hostId: HOST, taskId: id }));
    expect(beat.code).toBe(Code.NotFound);
    const late = await refusal(answer(task));
    expect(late.code).toBe(Code.NotFound);
    expect(requestRows(bench.sandbox)[0]).toMatchObject({
      state: 'over',
      answer: 'C1 stopped waiting',
    });
    expect(bench.sandbox.events('unwanted').map(({ rpc }) => rpc)).toEqual([
      'Heartbeat',
      'FinishTask',
    ]);
    expect(bench.sandbox.violations()).toEqual([]);
  },
);

it('C1’s waiting begins when the connector takes it, and is renewed by heartbeats', async () => {
  bench.sandbox.setRequestLife({ ms: MINUTE });
  const id = ask();
  await pass(5 * MINUTE);
  const task = await claim();
  for (let beat = 0; beat < 3; beat += 1) {
    await pass(50_000);
    await client.heartbeat({ hostId: HOST, taskId: id });
  }
  await answer(task);
  expect(requestRows(bench.sandbox)[0]).toMatchObject({ answer: 'Granted' });
});

it.each([
  ['failedPrecondition', Code.FailedPrecondition],
  ['notFound', Code.NotFound],
  ['unimplemented', Code.Unimplemented],
] as const)(
  'C1’s waiting goes on when heartbeats are refused with %s',
  async (heartbeats, code) => {
    bench.sandbox.setRequestLife({ heartbeats });
    const id = ask();
    const task = await claim();
    expect((await refusal(client.heartbeat({ hostId: HOST, taskId: id }))).code).toBe(code);
    await answer(task);
    expect(bench.sandbox.violations()).toEqual([]);
  },
);

it('C1 may ask again under another id', async () => {
  bench.sandbox.setRequestLife({ ms: MINUTE, afterwards: 'issuedAgain' });
  const first = ask();
  await claim();
  await pass(MINUTE);
  const again = await claim();
  expect(again.id).not.toBe(first);
  expect(again.taskType).toMatchObject({
    case: 'grant',
    value: { entitlement: { id: ENTITLEMENT }, principal: { displayName: 'User 0000000' } },
  });
  expect(requestRows(bench.sandbox)[0]).toMatchObject({ again: first, state: 'waiting' });
});

it('C1’s waiting ends on demand, and by a cancellation that a heartbeat tells of', async () => {
  const stopped = ask();
  await claim();
  expect(await bench.sandbox.control('requests/stop-waiting', { id: stopped })).toEqual({
    done: true,
  });
  expect((await refusal(client.heartbeat({ hostId: HOST, taskId: stopped }))).code).toBe(
    Code.NotFound,
  );
  const cancelled = ask();
  await claim();
  bench.sandbox.cancel(cancelled);
  expect((await client.heartbeat({ hostId: HOST, taskId: cancelled })).cancelled).toBe(true);
  expect(requestRows(bench.sandbox)[0]).toMatchObject({ state: 'over', answer: 'Cancelled' });
});
