import { once } from 'node:events';
import { connect } from 'node:http2';
import { Code } from '@connectrpc/connect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, hello, HOST, refusal } from '../sandbox/c1/bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

function faults(): string[] {
  return bench.sandbox.events('fault').map(({ where }) => where);
}

describe('a call whose answer is lost', () => {
  it('was carried out, and half of its answer came', async () => {
    const client = await bench.signIn();
    await bench.sandbox.control('faults/rpc', { rpc: 'Hello', kind: 'drop', when: 'mid' });
    await refusal(client.hello(hello()));
    expect(bench.sandbox.events('hello')).toHaveLength(1);
    expect(faults()).toEqual(['Hello drop mid']);
    await expect(client.hello(hello())).resolves.toBeDefined();
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('is reset %s the work, and others of its connection are not', async (when, hellos) => {
    const client = await bench.signIn();
    bench.sandbox.faults.rpc('GetTask').add({ kind: 'delay', ms: 50 }, 1);
    await bench.sandbox.control('faults/rpc', { rpc: 'Hello', kind: 'reset', when, code: 8 });
    const other = client.getTask({ hostId: HOST });
    expect((await refusal(client.hello(hello()))).code).toBe(Code.Canceled);
    await expect(other).resolves.toBeDefined();
    expect(bench.sandbox.events('hello')).toHaveLength(hellos);
  });
});

describe('a connection', () => {
  it('that takes no more calls answers the one that was under way', async () => {
    const client = await bench.signIn();
    await bench.sandbox.control('faults/rpc', { rpc: 'Hello', kind: 'goaway' });
    await expect(client.hello(hello())).resolves.toBeDefined();
  });

  it('is told all the same when no call is under way', async () => {
    const session = connect(bench.sandbox.origin, { ca: bench.ca });
    await once(session, 'remoteSettings');
    const told = once(session, 'goaway');
    await bench.sandbox.control('wire/goaway', {});
    expect((await told)[0]).toBe(0);
    session.destroy();
  });

  it('that fell silent passes on what was said once it speaks again', async () => {
    const client = await bench.signIn();
    await client.hello(hello());
    await bench.sandbox.control('wire/silence', { ms: 50 });
    await expect(client.hello(hello())).resolves.toBeDefined();
    expect(faults()).toEqual(['wire silence']);
  });

  it('that is cut gives way to another', async () => {
    const client = await bench.signIn();
    await client.hello(hello());
    bench.sandbox.faults.rpc('Hello').add({ kind: 'hang' }, 1);
    const cut = refusal(client.hello(hello()));
    await bench.sandbox.waitFor('fault');
    await bench.sandbox.control('wire/cut', {});
    await cut;
    await expect(client.hello(hello())).resolves.toBeDefined();
  });
});

it('restarts on its port with its queue, its tokens and who holds what', async () => {
  const client = await bench.signIn();
  const taskId = bench.sandbox.enqueue('sync_full');
  await client.getTask({ hostId: HOST });
  const down = bench.sandbox.control('wire/restart', { downMs: 50 });
  await refusal(client.hello(hello()));
  await down;
  const answer = await client.heartbeat({ hostId: HOST, taskId });
  expect(answer.cancelled).toBe(false);
  expect(bench.sandbox.violations()).toEqual([]);
});

describe('a task that is delivered twice', () => {
  const failed = (nonRetryable: boolean, message: string) => ({
    hostId: HOST,
    status: { code: 14, message },
    finalState: { case: 'error' as const, value: { nonRetryable } },
  });

  it('must be answered in the same way', async () => {
    const client = await bench.signIn();
    const taskId = bench.sandbox.enqueue('action_invoke');
    await client.getTask({ hostId: HOST });
    await client.finishTask({ taskId, ...failed(true, 'no') });
    await client.finishTask({ taskId, ...failed(true, 'no') });
    expect(bench.sandbox.violations()).toEqual([]);
    await client.finishTask({ taskId, ...failed(true, 'perhaps') });
    expect(bench.sandbox.violations()).toEqual([
      `FinishTask: task ${taskId} (action_invoke) ended in another way before`,
    ]);
  });

  it('runs anew when it failed for a while', async () => {
    const client = await bench.signIn();
    const taskId = bench.sandbox.enqueue('action_invoke');
    await client.getTask({ hostId: HOST });
    await client.finishTask({ taskId, ...failed(false, 'not now') });
    bench.sandbox.deliverAgain(taskId);
    await client.getTask({ hostId: HOST });
    await client.finishTask({
      hostId: HOST,
      taskId,
      finalState: { case: 'success', value: {} },
    });
    expect(bench.sandbox.tasks()).toMatchObject([{ state: 'done', outcome: { ok: true } }]);
    expect(bench.sandbox.violations()).toEqual([]);
  });
});
