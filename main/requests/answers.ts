import { create, fromBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { anyPack, type Any } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import { grantId } from '../access/ids.ts';
import {
  GrantAlreadyExistsSchema,
  GrantAlreadyRevokedSchema,
  GrantReplacedSchema,
  ResourceDoesNotExistSchema,
} from '../proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  GrantManagerServiceGrantResponseSchema,
  GrantManagerServiceRevokeResponseSchema,
  GrantSchema,
  type Grant,
} from '../proto/gen/c1/connector/v2/grant_pb.ts';
import {
  CreateAccountResponseSchema,
  DeleteResourceResponseSchema,
  ResourceSchema,
} from '../proto/gen/c1/connector/v2/resource_pb.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { ErrorInfoSchema } from '../proto/gen/google/rpc/status_pb.ts';
import type { Verdict } from './verdict.ts';

/** What C1 is told of a task that was a request (c1-protocol.md §4.7). */
export type RequestAnswer =
  | { readonly kind: 'success'; readonly annotations?: readonly Any[]; readonly response: Any }
  | {
      readonly kind: 'failure';
      readonly code: Code;
      readonly message: string;
      readonly nonRetryable: boolean;
      readonly details?: readonly Any[];
    };

type VerdictOf<Kind extends Verdict['kind']> = Extract<Verdict, { kind: Kind }>;

const REFUSED = {
  malformed: Code.InvalidArgument,
  unknown: Code.NotFound,
  impossible: Code.FailedPrecondition,
} as const satisfies Record<VerdictOf<'refused'>['why'], Code>;

const NOT_ACCEPTED =
  'Invited, not yet accepted: Xero lists the person once they accept its invitation, and a later sync then shows the account.';

/** Puts a verdict into the words and messages of C1; what isn't done is final, whatever the reason. */
export function answerOf(task: Task, verdict: Verdict): RequestAnswer {
  switch (verdict.kind) {
    case 'granted':
      return granted(task, verdict);
    case 'revoked': {
      const annotations = verdict.when === 'before' ? [pack(GrantAlreadyRevokedSchema, {})] : [];
      return success(GrantManagerServiceRevokeResponseSchema, annotations, { annotations });
    }
    case 'created':
      return created(verdict);
    case 'invited':
      return accountAnswer({
        case: 'actionRequired',
        value: { message: NOT_ACCEPTED, isCreateAccountResult: true },
      });
    case 'deleted': {
      // As the official connectors mark what was gone already; a deletion of their own has no mark.
      const annotations = verdict.when === 'before' ? [pack(ResourceDoesNotExistSchema, {})] : [];
      return success(DeleteResourceResponseSchema, annotations, { annotations });
    }
    case 'declined':
      return failure(Code.FailedPrecondition, verdict.reason, [cancelled(verdict.reason)]);
    case 'outOfTime':
      return failure(Code.DeadlineExceeded, verdict.message);
    case 'refused':
      return failure(REFUSED[verdict.why], verdict.message);
  }
}

function granted(task: Task, { when, replacedGrantId }: VerdictOf<'granted'>): RequestAnswer {
  const annotations = [
    ...(when === 'before' ? [pack(GrantAlreadyExistsSchema, {})] : []),
    ...(replacedGrantId === null ? [] : [pack(GrantReplacedSchema, { replacedGrantId })]),
  ];
  const grants = grantsOf(task);
  return success(GrantManagerServiceGrantResponseSchema, annotations, { annotations, grants });
}

/** The grant as the official SDK makes a new one: of the entitlement no more than its id and resource (c1z-and-model.md §4). */
function grantsOf({ taskType }: Task): Grant[] {
  const { entitlement, principal } = taskType.case === 'grant' ? taskType.value : {};
  // Nothing says what to call a grant of an entitlement without an id; C1 knows what it asked for.
  if (entitlement === undefined || entitlement.id === '' || principal?.id === undefined) return [];
  const { id, resource } = entitlement;
  const embedded = { id, ...(resource && { resource }) };
  const named = grantId(id, { type: 'user', id: principal.id.resource });
  return [create(GrantSchema, { id: named, entitlement: embedded, principal })];
}

function created({ when, resource }: VerdictOf<'created'>): RequestAnswer {
  const account = fromBinary(ResourceSchema, Uint8Array.from(Buffer.from(resource, 'base64')));
  return accountAnswer({
    case: when === 'before' ? 'alreadyExists' : 'success',
    value: { resource: account, isCreateAccountResult: true },
  });
}

function accountAnswer(
  result: NonNullable<MessageInitShape<typeof CreateAccountResponseSchema>['result']>,
): RequestAnswer {
  return success(CreateAccountResponseSchema, [], { result });
}

/** By which C1 tells a person's no from a connector's failure, as `pkg/types/grant/cancelled.go` makes it. */
function cancelled(reason: string): Any {
  return pack(ErrorInfoSchema, {
    reason: 'grant_cancelled',
    domain: 'github.com/conductorone/baton-sdk',
    metadata: { reason },
  });
}

/** The annotations stand on the task's success and, as the official runner has it, in its response too. */
function success<Schema extends DescMessage>(
  schema: Schema,
  annotations: readonly Any[],
  response: MessageInitShape<Schema>,
): RequestAnswer {
  return { kind: 'success', annotations, response: pack(schema, response) };
}

function failure(code: Code, message: string, details: readonly Any[] = []): RequestAnswer {
  return { kind: 'failure', code, message, nonRetryable: true, details };
}

function pack<Schema extends DescMessage>(schema: Schema, value: MessageInitShape<Schema>): Any {
  return anyPack(schema, create(schema, value));
}
