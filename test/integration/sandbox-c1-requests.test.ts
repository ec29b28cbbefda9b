import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { anyUnpack, AnySchema, type Any } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  GrantAlreadyExistsSchema,
  GrantAlreadyRevokedSchema,
  GrantReplacedSchema,
  UserTraitSchema,
} from '../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  GrantManagerServiceGrantResponseSchema,
  GrantManagerServiceRevokeResponseSchema,
} from '../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import {
  CreateAccountResponseSchema,
  DeleteResourceResponseSchema,
  ResourceSchema,
  type Resource,
} from '../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import type { Task } from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { ErrorInfoSchema } from '../../main/proto/gen/google/rpc/status_pb.ts';
import { Bench, HOST, OFFICIAL, refusal } from '../sandbox/c1/bench.ts';
import { UNKNOWN_GRANT } from '../sandbox/c1/request-desk.ts';
import { requestRows } from '../sandbox/c1/request-words.ts';
import { changeOfficialFile, finish } from '../sandbox/c1/sample-file.ts';
import { declaring, ENTITLEMENT, GRANT, grantAnswer, pack, USER } from './sandbox-c1-asking.ts';

let bench: Bench;
let client: Awaited<ReturnType<Bench['signIn']>>;
beforeEach(async () => {
  bench = await Bench.open();
  client = await bench.signIn();
  await client.hello(declaring());
  await bench.sync(client, await changeOfficialFile(OFFICIAL, finish));
  // What is asked from now on comes after that sync.
  bench.clock += 1000;
});
afterEach(() => bench.close());

const desk = () => bench.sandbox.desk;
const row = () => requestRows(bench.sandbox)[0];
async function claim(): Promise<Task> {
  const { task } = await client.getTask({ hostId: HOST });
  if (task === undefined) throw new Error('C1 asks for nothing');
  return task;
}

function succeed(taskId: string, value: { annotations?: Any[]; response?: Any }) {
  return client.finishTask({ hostId: HOST, taskId, finalState: { case: 'success', value } });
}

function fail(
  taskId: string,
  status: { code: Code; message: string; details?: Any[] },
  nonRetryable = true,
) {
  const finalState = { case: 'error' as const, value: { nonRetryable } };
  return client.finishTask({ hostId: HOST, taskId, status, finalState });
}

describe('a request', () => {
  it('for access names the entitlement with its resource and the account with its trait', async () => {
    desk().access({ account: USER, entitlement: ENTITLEMENT, durationMs: 3_600_000 });
    const { taskType } = await claim();
    expect(taskType).toMatchObject({
      case: 'grant',
      value: {
        entitlement: {
          id: ENTITLEMENT,
          resource: { id: { resourceType: 'role', resource: 'role-0000000' } },
        },
        principal: { id: { resourceType: 'user', resource: 'user-0000000' } },
        duration: { seconds: 3600n },
      },
    });
    expect(traitOf(taskType.case === 'grant' ? taskType.value.principal : undefined)).toMatchObject(
      {
        emails: [{ address: USER }],
      },
    );
  });

  it('for somebody without an account names them by their address', async () => {
    desk().access({ account: 'new@example.com', entitlement: ENTITLEMENT });
    const { taskType } = await claim();
    const { principal } = taskType.case === 'grant' ? taskType.value : {};
    expect(principal?.id).toMatchObject({ resourceType: 'user', resource: 'new@example.com' });
    expect(traitOf(principal)?.emails).toMatchObject([{ address: 'new@example.com' }]);
  });

  it.each([
    ['known', GRANT],
    ['unknown', UNKNOWN_GRANT],
  ])('to revoke a grant whose id is %s names it so', async (are, id) => {
    await bench.sandbox.control('requests/grant-ids', { are });
    desk().revoke({ account: USER, entitlement: ENTITLEMENT });
    expect((await claim()).taskType).toMatchObject({
      case: 'revoke',
      value: { grant: { id, principal: { id: { resource: 'user-0000000' } } } },
    });
  });

  it('for an account has the fields that the connector asked for, and no password', async () => {
    expect(() => desk().createAccount({ email: 'new@example.com' })).toThrow('is required');
    desk().createAccount({ email: 'new@example.com', role: 'Standard' });
    expect((await claim()).taskType).toMatchObject({
      case: 'createAccount',
      value: {
        accountInfo: { login: 'new@example.com', profile: { role: 'Standard' } },
        credentialOptions: { options: { case: 'noPassword' } },
        resourceTypeId: 'user',
      },
    });
  });

  it('to delete an account names it', async () => {
    desk().deleteAccount(USER);
    expect((await claim()).taskType).toMatchObject({
      case: 'deleteResource',
      value: { resourceId: { resourceType: 'user', resource: 'user-0000000' } },
    });
  });
});

describe('the pages', () => {
  it('take requests and revocations', async () => {
    const path = '/apps/baton/requests/access';
    const body = new URLSearchParams({ account: USER, entitlement: ENTITLEMENT, hours: '24' });
    expect(await bench.page(path, { method: 'POST', body })).toContain(', for 24 h');
    const grants = await bench.page('/apps/baton/grants?search=user-0000000');
    const [, account = '', entitlement = ''] =
      /name="account" value="([^"]+)"[^<]*<input type="hidden" name="entitlement" value="([^"]+)"/.exec(
        grants,
      ) ?? [];
    const revoked = new URLSearchParams({ account, entitlement });
    await bench.page('/apps/baton/grants/revoke', { method: 'POST', body: revoked });
    expect(bench.sandbox.tasks().map(({ kind }) => kind)).toEqual(['sync_full', 'grant', 'revoke']);
  });

  it('say why C1 asks nothing', async () => {
    const body = new URLSearchParams({ account: 'nobody', entitlement: ENTITLEMENT });
    const page = await bench.page('/apps/baton/requests/access', { method: 'POST', body });
    expect(page).toContain('There is no account nobody.');
  });

  it('offer nothing that the connector didn’t declare', async () => {
    await client.hello(declaring((message) => delete message.connectorMetadata?.capabilities));
    const page = await bench.page('/apps/baton/requests');
    expect(page.split('C1 makes a manual task of it')).toHaveLength(4);
    expect(() => desk().access({ account: USER, entitlement: ENTITLEMENT })).toThrow('manual task');
    expect(() => desk().deleteAccount(USER)).toThrow('manual task');
  });
});

describe('an answer', () => {
  it.each<[string, Any[]]>([
    ['Granted', []],
    ['Already there', [pack(GrantAlreadyExistsSchema, {})]],
    ['Granted, replaced other', [pack(GrantReplacedSchema, { replacedGrantId: 'other' })]],
  ])('to a grant reads “%s”', async (words, annotations) => {
    const id = desk().access({ account: USER, entitlement: ENTITLEMENT });
    await succeed(id, grantAnswer(await claim(), annotations));
    expect(row()).toMatchObject({ state: 'answered', answer: words, shown: 'notYet' });
    await bench.sync(client, await changeOfficialFile(OFFICIAL, finish));
    expect(row()).toMatchObject({ shown: 'yes' });
    expect(await bench.page('/apps/baton/requests')).toContain('Shown by the next sync');
    expect(bench.sandbox.violations()).toEqual([]);
  });

  it.each<[string, Any[]]>([
    ['Revoked', []],
    ['Already revoked', [pack(GrantAlreadyRevokedSchema, {})]],
  ])(
    'to a revocation reads “%s”, and isn’t shown while the grant is there',
    async (words, annotations) => {
      const id = desk().revoke({ account: USER, entitlement: ENTITLEMENT });
      await claim();
      const response = pack(GrantManagerServiceRevokeResponseSchema, { annotations });
      await succeed(id, { annotations, response });
      await bench.sync(client, await changeOfficialFile(OFFICIAL, finish));
      expect(row()).toMatchObject({ answer: words, shown: 'no' });
    },
  );

  it.each<[string, MessageInitShape<typeof CreateAccountResponseSchema>['result'] & object]>([
    ['Created', { case: 'success', value: { resource: account() } }],
    ['Already exists', { case: 'alreadyExists', value: { resource: account() } }],
    ['Action required: Wait.', { case: 'actionRequired', value: { message: 'Wait.' } }],
  ])('to an account reads “%s”', async (words, result) => {
    const id = desk().createAccount({ email: USER, role: 'Standard' });
    await claim();
    await succeed(id, { response: pack(CreateAccountResponseSchema, { result }) });
    expect(row()).toMatchObject({ answer: words });
  });

  it('to a deletion reads “Deleted”', async () => {
    const id = desk().deleteAccount(USER);
    await claim();
    await succeed(id, { response: pack(DeleteResourceResponseSchema, {}) });
    expect(row()).toMatchObject({ answer: 'Deleted' });
  });

  it('that is a person’s no reads as one, and others fall back to a manual task', async () => {
    const info = {
      reason: 'grant_cancelled',
      domain: 'github.com/conductorone/baton-sdk',
      metadata: { reason: 'Not in March.' },
    };
    const details = [pack(ErrorInfoSchema, info)];
    const first = desk().access({ account: USER, entitlement: ENTITLEMENT });
    await claim();
    await fail(first, { code: Code.FailedPrecondition, message: 'Not in March.', details });
    expect(row()).toMatchObject({ state: 'failed', answer: 'Declined: Not in March.' });
    const second = desk().access({ account: USER, entitlement: ENTITLEMENT });
    await claim();
    await fail(second, { code: Code.DeadlineExceeded, message: 'Nobody did it.' });
    expect(row()?.answer).toBe(
      'Error 4 (DeadlineExceeded): Nobody did it. Falls back to a manual task.',
    );
    expect(bench.sandbox.violations()).toEqual([]);
  });

  it.each<[string, (task: Task) => { annotations?: Any[]; response?: Any }]>([
    ['must be c1.connector.v2.GrantManagerServiceGrantResponse, not nothing', () => ({})],
    [
      'not c1.connector.v2.DeleteResourceResponse',
      () => ({ response: pack(DeleteResourceResponseSchema, {}) }),
    ],
    ['names no grant', () => ({ response: pack(GrantManagerServiceGrantResponseSchema, {}) })],
    ['is of another entitlement', () => ({ response: strangeGrant() })],
    [
      'must be those of the response',
      (task) => ({ ...grantAnswer(task), annotations: [pack(GrantAlreadyExistsSchema, {})] }),
    ],
    [
      'replaced_grant_id must have at least 1 bytes',
      (task) => grantAnswer(task, [pack(GrantReplacedSchema, { replacedGrantId: '' })]),
    ],
    [
      'ResourceDeleted.resource_id is required',
      (task) => {
        const typeUrl = 'type.googleapis.com/c1.connector.v2.ResourceDeleted';
        return grantAnswer(task, [create(AnySchema, { typeUrl })]);
      },
    ],
    [
      'annotations must have at most 16 items',
      (task) =>
        grantAnswer(
          task,
          Array.from({ length: 17 }, () => pack(GrantAlreadyExistsSchema, {})),
        ),
    ],
  ])('is refused when it %s', async (problem, answer) => {
    const id = desk().access({ account: USER, entitlement: ENTITLEMENT });
    const task = await claim();
    const { code, rawMessage } = await refusal(succeed(id, answer(task)));
    expect(code).toBe(Code.InvalidArgument);
    expect(rawMessage).toContain(problem);
    expect(row()).toMatchObject({ state: 'waiting' });
    expect(bench.sandbox.violations()).toEqual([`FinishTask: ${rawMessage}`]);
  });

  it('is refused when it would have C1 ask again', async () => {
    const id = desk().access({ account: USER, entitlement: ENTITLEMENT });
    await claim();
    const end = { code: Code.Unavailable, message: 'Later.' };
    expect((await refusal(fail(id, end, false))).rawMessage).toContain('non_retryable');
  });

  it('that is given twice is a fault, unless the connector can’t know of the first', async () => {
    const id = desk().access({ account: USER, entitlement: ENTITLEMENT });
    const end = { code: Code.DeadlineExceeded, message: 'Nobody did it.' };
    await claim();
    await fail(id, end);
    await client.hello(declaring());
    await fail(id, end);
    bench.sandbox.deliverAgain(id);
    await claim();
    bench.sandbox.faults.rpc('FinishTask').add({ kind: 'drop', when: 'after' }, 1);
    await refusal(fail(id, end));
    await fail(id, end);
    expect(bench.sandbox.violations()).toEqual([]);
    await fail(id, end);
    expect(bench.sandbox.violations()).toEqual([
      `FinishTask: task ${id} (grant) was answered twice`,
    ]);
  });
});

function traitOf(resource: Resource | undefined) {
  return resource?.annotations
    .map((annotation) => anyUnpack(annotation, UserTraitSchema))
    .find((trait) => trait !== undefined);
}

function account(): MessageInitShape<typeof ResourceSchema> {
  return {
    id: { resourceType: 'user', resource: 'user-0000000' },
    annotations: [pack(UserTraitSchema, {})],
  };
}

/** Of an entitlement that nobody asked for. */
function strangeGrant(): Any {
  const entitlement = { id: 'other', resource: { id: { resourceType: 'role', resource: 'r' } } };
  const principal = { id: { resourceType: 'user', resource: 'user-0000000' } };
  const grants = [{ id: 'other:user:user-0000000', entitlement, principal }];
  return pack(GrantManagerServiceGrantResponseSchema, { grants });
}
