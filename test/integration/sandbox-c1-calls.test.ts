import { once } from 'node:events';
import { connect } from 'node:http2';
import { create } from '@bufbuild/protobuf';
import { AnySchema } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { BatonServiceHelloRequest } from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import {
  Capability,
  type ConnectorCapabilities,
} from '../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import { Bench, hello, HOST, refusal } from '../sandbox/c1/bench.ts';
import { declaring } from './sandbox-c1-asking.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

describe('the validation rules', () => {
  it.each<[string, (hello: BatonServiceHelloRequest) => unknown]>([
    ['host_id', (message) => (message.hostId = '')],
    ['host_id', (message) => (message.hostId = 'x'.repeat(257))],
    ['task_id', (message) => (message.taskId = 'short')],
    ['connector_metadata', (message) => delete message.connectorMetadata],
    [
      'connector_metadata.display_name',
      ({ connectorMetadata }) => connectorMetadata && (connectorMetadata.displayName = ''),
    ],
    [
      'connector_metadata.help_url',
      ({ connectorMetadata }) => connectorMetadata && (connectorMetadata.helpUrl = 'http://x.com'),
    ],
    [
      'connector_metadata.capabilities.resource_type_capabilities[0].resource_type.id',
      ({ connectorMetadata }) => {
        const capabilities = connectorMetadata?.capabilities?.resourceTypeCapabilities ?? [];
        for (const { resourceType } of capabilities) if (resourceType) resourceType.id = '';
      },
    ],
    ['build_info.package', ({ buildInfo }) => buildInfo && (buildInfo.package = '')],
    ['os_info.kernel_arch', ({ osInfo }) => osInfo && (osInfo.kernelArch = '')],
    ['os_info', (message) => delete message.osInfo],
    [
      'annotations',
      (message) => (message.annotations = Array.from({ length: 17 }, () => create(AnySchema))),
    ],
  ])('refuse a Hello for its %s', async (field, change) => {
    const client = await bench.signIn();
    const { code, rawMessage } = await refusal(client.hello(hello(change)));
    expect(code).toBe(Code.InvalidArgument);
    expect(rawMessage).toContain(`${field} `);
    expect(bench.sandbox.violations()).toEqual([`Hello: ${rawMessage}`]);
  });

  it('accept a complete Hello without a word', async () => {
    await (await bench.signIn()).hello(hello());
    expect(bench.sandbox.violations()).toEqual([]);
    expect(bench.sandbox.events('hello')[0]?.request.hostId).toBe(HOST);
  });
});

describe('what a Hello declares', () => {
  it.each<[string, (capabilities: ConnectorCapabilities) => unknown]>([
    ['lacks PROVISION', (all) => (all.connectorCapabilities = [Capability.SYNC])],
    ['must be sorted, each once', (all) => all.connectorCapabilities.reverse()],
    ['credential option must be set', (all) => delete all.credentialDetails],
  ])('is refused when it %s', async (problem, change) => {
    const client = await bench.signIn();
    const message = declaring(({ connectorMetadata }) => {
      if (connectorMetadata?.capabilities) change(connectorMetadata.capabilities);
    });
    const { code, rawMessage } = await refusal(client.hello(message));
    expect(code).toBe(Code.InvalidArgument);
    expect(rawMessage).toContain(problem);
  });

  it.each(['role', 'email'])(
    'is refused when the field %s of an account has no name',
    async (key) => {
      const client = await bench.signIn();
      const message = declaring(({ connectorMetadata }) => {
        const field = connectorMetadata?.accountCreationSchema?.fieldMap[key];
        if (field) field.displayName = '';
      });
      const { rawMessage } = await refusal(client.hello(message));
      expect(rawMessage).toBe(`the field ${key} has no display_name`);
    },
  );

  it('may be nothing but syncs, or everything', async () => {
    const client = await bench.signIn();
    await client.hello(hello());
    await client.hello(declaring());
    expect(bench.sandbox.violations()).toEqual([]);
  });
});

describe('the queue', () => {
  it('hands a task to one host, and says when to come back', async () => {
    const client = await bench.signIn();
    const first = bench.sandbox.enqueue('hello');
    bench.sandbox.enqueue('action_status', { name: 'x' });
    const claimed = await client.getTask({ hostId: HOST });
    expect(claimed.task?.id).toBe(first);
    expect(first).toMatch(/^[0-9A-Za-z]{27}$/);
    expect(claimed.nextPoll?.nanos).toBe(100_000_000);
    const other = await client.getTask({ hostId: 'server' });
    expect(other.task?.taskType).toMatchObject({ case: 'actionStatus', value: { name: 'x' } });
    expect(other.nextPoll?.seconds).toBe(1n);
    expect((await client.getTask({ hostId: HOST })).task).toBeUndefined();
  });

  it('ends a hello task by the Hello that names it', async () => {
    const client = await bench.signIn();
    const taskId = bench.sandbox.enqueue('hello');
    await client.getTask({ hostId: HOST });
    await client.hello(hello((message) => (message.taskId = taskId)));
    expect(bench.sandbox.tasks()[0]?.state).toBe('done');
  });

  it('runs one sync at a time, and gives up on a host that fell silent', async () => {
    const client = await bench.signIn();
    const first = bench.sandbox.enqueue('sync_full');
    const second = bench.sandbox.enqueue('sync_full');
    await client.getTask({ hostId: HOST });
    expect((await client.getTask({ hostId: 'server' })).task).toBeUndefined();
    bench.clock += 300_000;
    const later = await bench.signIn();
    expect((await later.getTask({ hostId: 'server' })).task?.id).toBe(first);
    const { code } = await refusal(later.heartbeat({ hostId: HOST, taskId: first }));
    expect(code).toBe(Code.FailedPrecondition);
    expect(bench.sandbox.tasks().find(({ id }) => id === second)?.state).toBe('queued');
  });

  it('keeps a task with the host that heartbeats, and tells it of a cancellation', async () => {
    const client = await bench.signIn();
    const taskId = bench.sandbox.enqueue('sync_full');
    await client.getTask({ hostId: HOST });
    expect((await client.heartbeat({ hostId: HOST, taskId })).cancelled).toBe(false);
    await bench.sandbox.control('tasks/cancel', { id: taskId });
    const answer = await client.heartbeat({ hostId: HOST, taskId });
    expect(answer).toMatchObject({ cancelled: true, nextHeartbeat: { seconds: 10n } });
    expect(bench.sandbox.tasks()[0]?.heartbeats).toBe(2);
  });

  it('delivers a task again on demand, and counts a repeated end once', async () => {
    const client = await bench.signIn();
    const taskId = bench.sandbox.enqueue('event_feed');
    await client.getTask({ hostId: HOST });
    bench.sandbox.deliverAgain(taskId);
    expect((await client.getTask({ hostId: HOST })).task?.id).toBe(taskId);
    const error = { case: 'error' as const, value: { nonRetryable: true } };
    const end = { hostId: HOST, taskId, status: { code: 12, message: 'no' }, finalState: error };
    await client.finishTask(end);
    await client.finishTask(end);
    expect(bench.sandbox.tasks()[0]).toMatchObject({
      state: 'failed',
      deliveries: 2,
      finishes: 2,
      outcome: { code: 12, nonRetryable: true },
    });
  });

  it('leaves next_poll out, or sets it far away, when told to', async () => {
    const client = await bench.signIn();
    await bench.sandbox.control('faults/poll', { nextPollMs: null });
    expect((await client.getTask({ hostId: HOST })).nextPoll).toBeUndefined();
    await bench.sandbox.control('faults/poll', { nextPollMs: 3_600_000 });
    expect((await client.getTask({ hostId: HOST })).nextPoll?.seconds).toBe(3600n);
  });

  it('sends tasks without a kind and of a kind from the future', async () => {
    const client = await bench.signIn();
    bench.sandbox.enqueue('unset');
    bench.sandbox.enqueue('unknown');
    const { tasks } = await client.getTasks({ hostId: HOST, pageSize: 10 });
    expect(tasks.map(({ taskType }) => taskType.case)).toEqual([undefined, undefined]);
    expect(tasks[1]?.$unknown?.[0]?.no).toBe(199);
  });

  it('queues a sync after the first Hello of a credential, unless told not to', async () => {
    const scheduled = await Bench.open({ autoSync: true });
    const client = await scheduled.signIn();
    await client.hello(hello());
    await client.hello(hello());
    expect(scheduled.sandbox.tasks().map(({ kind }) => kind)).toEqual(['sync_full']);
    await scheduled.close();
  });

  it('refuses success for a sync without an upload', async () => {
    const client = await bench.signIn();
    const taskId = bench.sandbox.enqueue('sync_full');
    await client.getTask({ hostId: HOST });
    const finalState = { case: 'success' as const, value: {} };
    const { code } = await refusal(client.finishTask({ hostId: HOST, taskId, finalState }));
    expect(code).toBe(Code.FailedPrecondition);
  });
});

describe('the faults of a call', () => {
  it('answer a code so many times', async () => {
    const client = await bench.signIn();
    await bench.sandbox.control('faults/rpc', { rpc: 'Hello', kind: 'code', code: 14, times: 2 });
    expect((await refusal(client.hello(hello()))).code).toBe(Code.Unavailable);
    expect((await refusal(client.hello(hello()))).code).toBe(Code.Unavailable);
    await expect(client.hello(hello())).resolves.toBeDefined();
  });

  it('drop the connection before or after the work', async () => {
    const client = await bench.signIn();
    bench.sandbox.faults.rpc('Hello').add({ kind: 'drop', when: 'before' }, 1);
    await refusal(client.hello(hello()));
    expect(bench.sandbox.events('hello')).toHaveLength(0);
    bench.sandbox.faults.rpc('Hello').add({ kind: 'drop', when: 'after' }, 1);
    await refusal(client.hello(hello()));
    expect(bench.sandbox.events('hello')).toHaveLength(1);
    await expect(client.hello(hello())).resolves.toBeDefined();
  });

  it('let a caller wait until it gives up', async () => {
    const client = await bench.signIn();
    bench.sandbox.faults.rpc('GetTask').add({ kind: 'hang' }, 1);
    const aborter = new AbortController();
    const call = client.getTask({ hostId: HOST }, { signal: aborter.signal });
    const ended = refusal(call);
    await bench.sandbox.waitFor('fault');
    aborter.abort();
    expect((await ended).code).toBe(Code.Canceled);
  });
});

describe('a call that C1 does not do', () => {
  it('is answered with UNIMPLEMENTED', async () => {
    const session = connect(bench.sandbox.origin, { ca: bench.ca });
    const call = session.request({
      ':method': 'POST',
      ':path': '/c1.connectorapi.baton.v1.BatonService/StartDebugging',
      'content-type': 'application/grpc',
    });
    call.end();
    const [headers] = z
      .tuple([z.looseObject({ 'grpc-status': z.string() })])
      .parse((await once(call, 'response')).slice(0, 1));
    expect(headers['grpc-status']).toBe(String(Code.Unimplemented));
    session.destroy();
  });
});
