import { create, equals, isMessage, type Message } from '@bufbuild/protobuf';
import { anyUnpack, AnySchema, type Any } from '@bufbuild/protobuf/wkt';
import {
  GrantAlreadyExistsSchema,
  GrantReplacedSchema,
  UserTraitSchema,
} from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  GrantManagerServiceGrantResponseSchema,
  GrantManagerServiceRevokeResponseSchema,
} from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import {
  CreateAccountResponseSchema,
  DeleteResourceResponseSchema,
} from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import type {
  BatonServiceFinishTaskRequest,
  Task,
} from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { ErrorInfoSchema } from '../../../main/proto/gen/google/rpc/status_pb.ts';
import { KNOWN } from './check.ts';
import { find } from './inspect.ts';

/** What a request is answered with (c1-protocol.md §4.8). */
export const RESPONSES = {
  grant: GrantManagerServiceGrantResponseSchema,
  revoke: GrantManagerServiceRevokeResponseSchema,
  createAccount: CreateAccountResponseSchema,
  deleteResource: DeleteResourceResponseSchema,
} as const;
/** By which C1 knows a person's no (c1-protocol.md §4.7). */
export const DECLINED = 'grant_cancelled';
const SDK = 'github.com/conductorone/baton-sdk';

type Finish = Pick<BatonServiceFinishTaskRequest, 'finalState' | 'status'>;

/** How an answer to a request differs from what an official connector would say; empty when it doesn't. */
export function answerProblems({ taskType }: Task, { finalState, status }: Finish): string[] {
  if (finalState.case === 'error') {
    const { nonRetryable, response } = finalState.value;
    return [
      ...(nonRetryable ? [] : ['error.non_retryable must be set: nobody is asked twice']),
      ...(response === undefined ? [] : ['error.response is never set']),
      ...((status?.message ?? '') === '' ? ['status.message must say why'] : []),
      ...(status?.details ?? []).flatMap(refusalProblems),
    ];
  }
  const expected = taskType.case && taskType.case in RESPONSES ? taskType.case : undefined;
  const { annotations = [], response } = finalState.value ?? {};
  const content = response && anyUnpack(response, KNOWN);
  switch (expected) {
    case 'grant':
      return typeProblem(response, expected) ?? grantProblems(taskType, content, annotations);
    case 'createAccount':
      return typeProblem(response, expected) ?? accountProblems(content, annotations);
    case 'revoke':
    case 'deleteResource':
      return typeProblem(response, expected) ?? annotationProblems(content, annotations);
    default:
      return [];
  }
}

function typeProblem(response: Any | undefined, kind: keyof typeof RESPONSES): string[] | null {
  const { typeName } = RESPONSES[kind];
  const actual = response?.typeUrl.split('/').at(-1) ?? 'nothing';
  return actual === typeName ? null : [`success.response must be ${typeName}, not ${actual}`];
}

function grantProblems(
  taskType: Task['taskType'],
  content: Message | undefined,
  annotations: readonly Any[],
): string[] {
  if (taskType.case !== 'grant' || !isMessage(content, GrantManagerServiceGrantResponseSchema))
    return [];
  const { entitlement, principal } = taskType.value;
  const problems = annotationProblems(content, annotations);
  const exists = find(annotations, GrantAlreadyExistsSchema.typeName) !== undefined;
  const any = find(annotations, GrantReplacedSchema.typeName);
  const replaced = any && anyUnpack(any, GrantReplacedSchema)?.replacedGrantId;
  if (exists && replaced !== undefined) problems.push('what was there already replaced nothing');
  if (content.grants.length === 0) problems.push('success.response names no grant');
  for (const grant of content.grants) {
    const { resourceType = '', resource = '' } = grant.principal?.id ?? {};
    const of = `${grant.entitlement?.id ?? ''}:${resourceType}:${resource}`;
    if (grant.entitlement?.id !== entitlement?.id)
      problems.push('the grant is of another entitlement');
    if (grant.principal?.id?.resource !== principal?.id?.resource)
      problems.push('the grant is somebody else’s');
    // The SDK's rule (c1z-and-model.md §4).
    if (grant.id !== of)
      problems.push('the grant’s id isn’t made of its entitlement and principal');
    if (grant.id === replaced) problems.push('the grant replaces itself');
  }
  return problems;
}

function accountProblems(content: Message | undefined, annotations: readonly Any[]): string[] {
  if (!isMessage(content, CreateAccountResponseSchema)) return [];
  const { result, encryptedData } = content;
  const problems = annotationProblems(content, annotations);
  if (encryptedData.length > 0) problems.push('there is no password to hand over');
  switch (result.case) {
    case undefined:
      return [...problems, 'result must say what became of the account'];
    case 'actionRequired':
      return result.value.message === ''
        ? [...problems, 'action_required has no message']
        : problems;
    case 'inProgress':
      return problems;
    case 'success':
    case 'alreadyExists': {
      const { resource } = result.value;
      if ((resource?.id?.resource ?? '') === '')
        problems.push('result.resource must be an account');
      if (find(resource?.annotations ?? [], UserTraitSchema.typeName) === undefined)
        problems.push('result.resource has no UserTrait');
      return problems;
    }
  }
}

/** The official runner puts the response's annotations on the success too (c1-protocol.md §4.8). */
function annotationProblems(content: Message | undefined, outside: readonly Any[]): string[] {
  const inside = annotationsOf(content);
  const same =
    inside.length === outside.length &&
    outside.every((any, index) => equals(AnySchema, any, inside[index] ?? create(AnySchema)));
  return [
    ...(same ? [] : ['success.annotations must be those of the response']),
    ...outside.filter(isEmptyDeletion).map(() => 'ResourceDeleted.resource_id is required'),
  ];
}

function annotationsOf(content: Message | undefined): readonly Any[] {
  for (const schema of Object.values(RESPONSES)) {
    if (isMessage(content, schema)) return content.annotations;
  }
  return [];
}

/** Of a type that no message of ours holds: its one field must be there. */
function isEmptyDeletion({ typeUrl, value }: Any): boolean {
  return typeUrl.endsWith('/c1.connector.v2.ResourceDeleted') && value.length <= 2;
}

function refusalProblems(detail: Any): string[] {
  const info = anyUnpack(detail, ErrorInfoSchema);
  if (info?.reason !== DECLINED) return [];
  return [
    ...(info.domain === SDK ? [] : [`ErrorInfo.domain must be ${SDK}`]),
    ...((info.metadata['reason'] ?? '') === '' ? ['ErrorInfo.metadata has no reason'] : []),
  ];
}
