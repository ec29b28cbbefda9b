import { anyPack } from '@bufbuild/protobuf/wkt';
import { create, toBinary } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { RateLimitDescriptionSchema } from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  ResourceType_Trait,
  ResourceTypeSchema,
} from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { Capability } from '../../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import { fail } from '../../../shared/errors.ts';
import { credentialRejected } from '../../../main/c1/errors.ts';
import { helloRequest } from '../../../main/c1/hello.ts';
import { FACTS, FakeC1, FakeTokens, makeClient, taskId, taskOfKind } from './fake-c1.ts';

const clock = new FakeClock();
const nothing = { resourceTypes: [], handlers: {} };

function setUp(tokens = new FakeTokens()) {
  const c1 = new FakeC1();
  return { c1, tokens, client: makeClient(c1.connection(), clock, tokens) };
}

function refuseWith(code: Code) {
  return () => {
    throw new ConnectError('jane@example.com is not allowed', code);
  };
}

describe('Hello', () => {
  const role = create(ResourceTypeSchema, {
    id: 'role',
    displayName: 'Role',
    traits: [ResourceType_Trait.ROLE],
  });
  const org = create(ResourceTypeSchema, { id: 'org', displayName: 'Organisation' });

  it('tells host, build and what can be synced, sorted, and nothing that can’t be done', async () => {
    const { c1, client } = setUp();
    expect(await client.hello({ resourceTypes: [role, org], handlers: {} }, '')).toEqual({
      ok: true,
      value: undefined,
    });
    const [hello] = c1.hellos;
    expect(hello).toMatchObject({
      hostId: FACTS.hostId,
      taskId: '',
      buildInfo: { langVersion: 'node v24.4.0', package: 'c1-xero', packageVersion: '0.1.0' },
      osInfo: { hostname: 'reception', os: 'linux', virtualizationSystem: 'none' },
    });
    const metadata = hello?.connectorMetadata;
    expect(metadata?.displayName).toBe('Xero');
    expect(metadata?.helpUrl).toMatch(/^https:\/\//);
    expect(metadata?.capabilities?.connectorCapabilities).toEqual([Capability.SYNC]);
    expect(
      metadata?.capabilities?.resourceTypeCapabilities.map(({ resourceType, capabilities }) => [
        resourceType?.id,
        capabilities,
      ]),
    ).toEqual([
      ['org', [Capability.SYNC]],
      ['role', [Capability.SYNC]],
    ]);
  });

  it('leaves no fact about host or build empty, and none too long', () => {
    const empty = {
      hostId: ' ',
      hostname: '',
      os: '',
      platform: '',
      platformVersion: '',
      platformFamily: '',
      kernelVersion: '',
      kernelArch: '',
      virtualizationSystem: '',
      langVersion: '',
      packageName: '',
      packageVersion: '',
    };
    const hello = helloRequest(empty, nothing, '');
    expect(hello.hostId).toBe('c1-xero');
    expect(hello.osInfo).toMatchObject({
      hostname: 'unknown',
      os: 'unknown',
      platform: 'unknown',
      platformFamily: 'unknown',
      platformVersion: 'unknown',
      kernelVersion: 'unknown',
      kernelArch: 'unknown',
      virtualizationSystem: 'none',
    });
    expect(hello.buildInfo).toMatchObject({ langVersion: '0.0.0', packageVersion: '0.0.0' });
    const long = helloRequest({ ...FACTS, hostname: 'x'.repeat(300) }, nothing, '');
    expect(long.osInfo?.hostname).toHaveLength(256);
  });

  it('fills platform facts from each other, as the official client does', () => {
    const hello = helloRequest(
      { ...FACTS, platform: '', platformFamily: '', platformVersion: '' },
      nothing,
      '',
    );
    expect(hello.osInfo).toMatchObject({
      platform: 'linux',
      platformFamily: 'linux',
      platformVersion: '6.1.0',
    });
  });
});

describe('a call', () => {
  it('carries token, program and host id', async () => {
    const { c1, client } = setUp();
    await client.getTask();
    await client.heartbeat(taskId(1));
    expect(c1.authorizations).toEqual(['Bearer t1', 'Bearer t1']);
    expect(c1.userAgents).toEqual(['c1-xero/0.1.0', 'c1-xero/0.1.0']);
    expect([...c1.hostIds]).toEqual([FACTS.hostId]);
  });

  it('is tried once more with a fresh token when C1 refuses the one it had', async () => {
    const { c1, client } = setUp();
    c1.onPoll = (call) => {
      if (call === 1) throw new ConnectError('expired', Code.Unauthenticated);
      return { nextPoll: 5000 };
    };
    expect(await client.getTask()).toMatchObject({ ok: true, value: { nextPoll: 5000 } });
    expect(c1.authorizations).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it('is not tried a third time', async () => {
    const { c1, client } = setUp();
    c1.onPoll = refuseWith(Code.Unauthenticated);
    expect(await client.getTask()).toMatchObject({ failure: { code: 'credentialRejected' } });
    expect(c1.polls).toBe(2);
  });

  it('isn’t made without a token', async () => {
    const { c1, tokens, client } = setUp();
    tokens.next = () => fail(credentialRejected('token endpoint: HTTP 401'));
    expect(await client.authenticate()).toMatchObject({ failure: { code: 'credentialRejected' } });
    expect(await client.getTask()).toMatchObject({ failure: { code: 'credentialRejected' } });
    expect(c1.polls).toBe(0);
  });

  it('that its own caller stops while it waits for a token ends at once', async () => {
    const { c1, tokens, client } = setUp();
    tokens.authorization = () => new Promise(() => undefined);
    const stop = new AbortController();
    const polling = client.getTask(stop.signal);
    stop.abort();
    expect(await polling).toMatchObject({ failure: { code: 'cancelled' } });
    expect(c1.polls).toBe(0);
  });

  it('that its own caller stopped says so', async () => {
    const { c1, client } = setUp();
    const stop = new AbortController();
    c1.onPoll = () => {
      stop.abort();
      return new Promise(() => undefined);
    };
    expect(await client.getTask(stop.signal)).toMatchObject({ failure: { code: 'cancelled' } });
  });

  it.each([
    [Code.Canceled, 'c1Unavailable', 'wait'],
    [Code.Unknown, 'c1Unavailable', 'wait'],
    [Code.InvalidArgument, 'c1Refused', 'reportProblem'],
    [Code.DeadlineExceeded, 'c1Unreachable', 'wait'],
    [Code.NotFound, 'c1Refused', 'pasteCredential'],
    [Code.AlreadyExists, 'c1Unavailable', 'wait'],
    [Code.PermissionDenied, 'c1Forbidden', 'pasteCredential'],
    [Code.ResourceExhausted, 'c1Unavailable', 'wait'],
    [Code.FailedPrecondition, 'c1Refused', 'reportProblem'],
    [Code.Aborted, 'c1Unavailable', 'wait'],
    [Code.OutOfRange, 'c1Unavailable', 'wait'],
    [Code.Unimplemented, 'c1Refused', 'reportProblem'],
    [Code.Internal, 'c1Unavailable', 'wait'],
    [Code.Unavailable, 'c1Unavailable', 'wait'],
    [Code.DataLoss, 'c1Unavailable', 'wait'],
    [Code.Unauthenticated, 'credentialRejected', 'pasteCredential'],
  ])(
    'that fails with gRPC code %i becomes %s, without C1’s own text',
    async (code, failure, next) => {
      const { c1, client } = setUp();
      c1.onPoll = refuseWith(code);
      const polled = await client.getTask();
      expect(polled).toMatchObject({ ok: false, failure: { code: failure, next } });
      expect(JSON.stringify(polled)).toContain(Code[code]);
      expect(JSON.stringify(polled)).not.toContain('jane');
    },
  );
});

it.each([
  ['HTTP 403', Code.PermissionDenied],
  ['HTTP 404', Code.Unimplemented],
  ['HTTP 503', Code.Unavailable],
])('a page with %s in the way of C1 isn’t taken for C1’s refusal', async (words, code) => {
  const { c1, client } = setUp();
  c1.onPoll = () => {
    throw new ConnectError(words, code);
  };
  expect(await client.getTask()).toMatchObject({ failure: { code: 'c1Unavailable' } });
});

it('a page with HTTP 404 in the way isn’t taken for a C1 that doesn’t know GetTasks', async () => {
  const { c1, client } = setUp();
  const wanted = { pageSize: 6, knownTaskIds: [] };
  c1.onPollMany = () => {
    throw new ConnectError('HTTP 404', Code.Unimplemented);
  };
  expect(await client.getTasks(wanted)).toMatchObject({ failure: { code: 'c1Unavailable' } });
  c1.onPollMany = refuseWith(Code.Unimplemented);
  expect(await client.getTasks(wanted)).toMatchObject({ value: { kind: 'unsupported' } });
});

describe('what C1 answers', () => {
  it('to a poll is the task and its wish for the next', async () => {
    const { c1, client } = setUp();
    c1.onPoll = () => ({ task: taskOfKind(1, 'syncFull'), nextPoll: 1500 });
    const polled = await client.getTask();
    expect(polled).toMatchObject({
      value: { nextPoll: 1500, task: { id: taskId(1), taskType: { case: 'syncFull' } } },
    });
    c1.onPoll = () => ({});
    expect(await client.getTask()).toEqual({
      ok: true,
      value: { task: undefined, nextPoll: undefined },
    });
  });

  it('to a heartbeat is whether to go on, and when to beat again', async () => {
    const { c1, client } = setUp();
    c1.onHeartbeat = () => ({ cancelled: true, next: 2000 });
    expect(await client.heartbeat(taskId(1))).toEqual({
      ok: true,
      value: { cancelled: [taskId(1)], next: 2000 },
    });
  });
});

describe('FinishTask', () => {
  const note = anyPack(
    RateLimitDescriptionSchema,
    create(RateLimitDescriptionSchema, { limit: 5n }),
  );

  it('of a success has no status, and at most 16 annotations', async () => {
    const { c1, client } = setUp();
    await client.finishTask(taskId(1), {
      kind: 'success',
      annotations: Array.from({ length: 20 }, () => note),
      response: note,
    });
    const [finished] = c1.finished;
    expect(finished?.taskId).toBe(taskId(1));
    expect(finished?.status).toBeUndefined();
    if (finished?.finalState.case !== 'success') throw new Error('no success');
    expect(finished.finalState.value.annotations).toHaveLength(16);
    expect(finished.finalState.value.response?.typeUrl).toBe(
      'type.googleapis.com/c1.connector.v2.RateLimitDescription',
    );
  });

  it('of a plain success carries nothing more', async () => {
    const { c1, client } = setUp();
    await client.finishTask(taskId(1), { kind: 'success' });
    const state = c1.finished[0]?.finalState;
    if (state?.case !== 'success') throw new Error('no success');
    expect(state.value).toMatchObject({ annotations: [] });
    expect(state.value.response).toBeUndefined();
  });

  it('of a failure has code, sentence, details and whether to try again', async () => {
    const { c1, client } = setUp();
    await client.finishTask(taskId(1), {
      kind: 'failure',
      code: Code.Unavailable,
      message: 'Xero asks for a pause.',
      nonRetryable: false,
      details: [note],
    });
    const [finished] = c1.finished;
    expect(finished?.status).toMatchObject({ code: 14, message: 'Xero asks for a pause.' });
    expect(finished?.status?.details[0]?.value).toEqual(
      toBinary(RateLimitDescriptionSchema, create(RateLimitDescriptionSchema, { limit: 5n })),
    );
    expect(finished?.finalState).toMatchObject({ case: 'error', value: { nonRetryable: false } });
  });
});
