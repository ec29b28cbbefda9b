import { create, toBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { anyUnpack, type Any } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { answerOf, type RequestAnswer } from '../../../main/requests/answers.ts';
import type { Verdict } from '../../../main/requests/verdict.ts';
import {
  GrantAlreadyExistsSchema,
  GrantAlreadyRevokedSchema,
  GrantReplacedSchema,
  ResourceDoesNotExistSchema,
} from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  GrantManagerServiceGrantResponseSchema,
  GrantManagerServiceRevokeResponseSchema,
} from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import {
  CreateAccountResponseSchema,
  DeleteResourceResponseSchema,
  ResourceSchema,
} from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { TaskSchema } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { ErrorInfoSchema } from '../../../main/proto/gen/google/rpc/status_pb.ts';

const ENTITLEMENT = 'role:0a1b/standard:assigned';
const ROLE = { id: { resourceType: 'role', resource: '0a1b/standard' }, displayName: 'Standard' };
const ACCOUNT = { id: { resourceType: 'user', resource: '77aa' }, displayName: 'Ann Lee' };
const OLD_GRANT = 'role:0a1b/readonly:assigned:user:77aa';

const grantTask = task({
  case: 'grant',
  value: {
    entitlement: { id: ENTITLEMENT, resource: ROLE, displayName: 'Standard', slug: 'assigned' },
    principal: ACCOUNT,
  },
});
const revokeTask = task({ case: 'revoke', value: {} });
const createTask = task({ case: 'createAccount', value: {} });
const deleteTask = task({ case: 'deleteResource', value: {} });

function task(taskType: NonNullable<MessageInitShape<typeof TaskSchema>['taskType']>) {
  return create(TaskSchema, { id: '0'.repeat(27), taskType });
}

/** The response and annotations of a success. */
function succeeded<Schema extends DescMessage>(answer: RequestAnswer, schema: Schema) {
  if (answer.kind !== 'success') throw new Error(answer.message);
  const response = anyUnpack(answer.response, schema);
  if (response === undefined) throw new Error(`not a ${schema.typeName}`);
  return { response, annotations: answer.annotations ?? [] };
}

function failed(answer: RequestAnswer) {
  if (answer.kind !== 'failure') throw new Error('a success');
  return answer;
}

function kindsOf(annotations: readonly Any[]): string[] {
  return annotations.map(({ typeUrl }) => typeUrl);
}

function named({ typeName }: DescMessage): string {
  return `type.googleapis.com/${typeName}`;
}

describe('a grant', () => {
  function answer(verdict: Partial<Extract<Verdict, { kind: 'granted' }>>, of = grantTask) {
    const whole = { kind: 'granted', when: 'now', replacedGrantId: null, ...verdict } as const;
    return succeeded(answerOf(of, whole), GrantManagerServiceGrantResponseSchema);
  }

  it('is answered with the grant, named as the next sync names it', () => {
    const { response, annotations } = answer({});
    expect(response.grants).toMatchObject([{ id: `${ENTITLEMENT}:user:77aa`, principal: ACCOUNT }]);
    expect(response.grants[0]?.entitlement).toMatchObject({ id: ENTITLEMENT, resource: ROLE });
    expect([...response.annotations, ...annotations]).toEqual([]);
  });

  it('embeds the entitlement by id and resource alone', () => {
    expect(answer({}).response.grants[0]?.entitlement).toMatchObject({
      displayName: '',
      slug: '',
      annotations: [],
    });
  });

  it('that was there before says so, in the response and beside it', () => {
    const { response, annotations } = answer({ when: 'before' });
    expect(kindsOf(annotations)).toEqual([named(GrantAlreadyExistsSchema)]);
    expect(response.annotations).toEqual(annotations);
    expect(response.grants).toHaveLength(1);
  });

  it('names the grant that gave way', () => {
    const { response, annotations } = answer({ replacedGrantId: OLD_GRANT });
    expect(response.annotations).toEqual(annotations);
    expect(annotations.map((each) => anyUnpack(each, GrantReplacedSchema))).toMatchObject([
      { replacedGrantId: OLD_GRANT },
    ]);
  });

  it('of an entitlement without an id is a success all the same', () => {
    const value = { entitlement: { resource: ROLE }, principal: ACCOUNT };
    expect(answer({}, task({ case: 'grant', value })).response.grants).toEqual([]);
  });
});

describe('a revoke', () => {
  it.each([
    ['now', []],
    ['before', [named(GrantAlreadyRevokedSchema)]],
  ] as const)('done %s', (when, kinds) => {
    const answer = answerOf(revokeTask, { kind: 'revoked', when });
    const { response, annotations } = succeeded(answer, GrantManagerServiceRevokeResponseSchema);
    expect(kindsOf(annotations)).toEqual(kinds);
    expect(response.annotations).toEqual(annotations);
  });
});

describe('an account', () => {
  const bytes = toBinary(ResourceSchema, create(ResourceSchema, ACCOUNT));
  const resource = Buffer.from(bytes).toString('base64');

  it.each([
    ['now', 'success'],
    ['before', 'alreadyExists'],
  ] as const)('there %s is a %s with its resource', (when, result) => {
    const answer = answerOf(createTask, { kind: 'created', when, resource });
    expect(succeeded(answer, CreateAccountResponseSchema).response).toMatchObject({
      result: { case: result, value: { resource: ACCOUNT, isCreateAccountResult: true } },
      encryptedData: [],
    });
  });

  it('that was only invited asks for somebody to act', () => {
    const answer = answerOf(createTask, { kind: 'invited' });
    expect(succeeded(answer, CreateAccountResponseSchema).response.result).toMatchObject({
      case: 'actionRequired',
      value: {
        message: expect.stringContaining('Invited, not yet accepted') as string,
        isCreateAccountResult: true,
      },
    });
  });

  it.each([
    ['now', []],
    ['before', [named(ResourceDoesNotExistSchema)]],
  ] as const)('deleted %s', (when, kinds) => {
    const answer = answerOf(deleteTask, { kind: 'deleted', when });
    const { response, annotations } = succeeded(answer, DeleteResourceResponseSchema);
    expect(kindsOf(annotations)).toEqual(kinds);
    expect(response.annotations).toEqual(annotations);
  });
});

describe('what isn’t done', () => {
  it('carries the admin’s no as the official connectors do', () => {
    const { code, message, nonRetryable, details } = failed(
      answerOf(grantTask, { kind: 'declined', reason: 'She has left.' }),
    );
    expect({ code, message, nonRetryable }).toEqual({
      code: Code.FailedPrecondition,
      message: 'She has left.',
      nonRetryable: true,
    });
    expect(details?.map((each) => anyUnpack(each, ErrorInfoSchema))).toMatchObject([
      {
        reason: 'grant_cancelled',
        domain: 'github.com/conductorone/baton-sdk',
        metadata: { reason: 'She has left.' },
      },
    ]);
  });

  it.each([
    [Code.DeadlineExceeded, { kind: 'outOfTime', message: 'Nobody did it.' }],
    [Code.InvalidArgument, { kind: 'refused', why: 'malformed', message: 'No entitlement.' }],
    [Code.NotFound, { kind: 'refused', why: 'unknown', message: 'No such organisation.' }],
    [Code.FailedPrecondition, { kind: 'refused', why: 'impossible', message: 'They pay.' }],
  ] as const)('is final, with code %s', (code, verdict) => {
    expect(failed(answerOf(revokeTask, verdict))).toEqual({
      kind: 'failure',
      code,
      message: verdict.message,
      nonRetryable: true,
      details: [],
    });
  });
});
