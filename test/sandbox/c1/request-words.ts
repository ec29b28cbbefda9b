import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import {
  GrantAlreadyExistsSchema,
  GrantAlreadyRevokedSchema,
  GrantReplacedSchema,
} from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import { CreateAccountResponseSchema } from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { ErrorInfoSchema } from '../../../main/proto/gen/google/rpc/status_pb.ts';
import { DECLINED } from './answers.ts';
import type { DecodedSync } from './decode.ts';
import { find, keyOf } from './inspect.ts';
import { isRequest, type Outcome, type TaskRecord } from './queue.ts';
import { accountIn, emailOf } from './request-desk.ts';
import type { C1Sandbox } from './sandbox.ts';

/** One request as C1's people follow it. */
export interface RequestRow {
  readonly id: string;
  /** The request that this one asks for again. */
  readonly again: string | null;
  readonly asked: string;
  readonly state: 'waiting' | 'answered' | 'failed' | 'over';
  /** What was answered, in words. */
  readonly answer: string;
  /** Whether the first sync after its end shows it. */
  readonly shown: 'yes' | 'no' | 'notYet';
  readonly createdAt: number;
}

/** All requests, the newest first. */
export function requestRows(sandbox: Pick<C1Sandbox, 'tasks' | 'uploads'>): RequestRow[] {
  return sandbox
    .tasks()
    .filter(isRequest)
    .map((task) => ({
      id: task.id,
      again: task.again,
      asked: askedWords(task),
      ...answerWords(task),
      shown: shownBy(syncAfter(sandbox, task), task),
      createdAt: task.createdAt,
    }))
    .toReversed();
}

function askedWords({ message: { taskType }, kind }: Readonly<TaskRecord>): string {
  switch (taskType.case) {
    case 'grant': {
      const { entitlement, principal, duration } = taskType.value;
      const hours = duration === undefined ? '' : `, for ${Number(duration.seconds) / 3600} h`;
      return `Grant ${entitlement?.displayName ?? ''} to ${principal?.displayName ?? ''}${hours}`;
    }
    case 'revoke': {
      const { entitlement, principal } = taskType.value.grant ?? {};
      return `Revoke ${entitlement?.displayName ?? ''} from ${principal?.displayName ?? ''}`;
    }
    case 'createAccount':
      return `Create an account for ${taskType.value.accountInfo?.login ?? ''}`;
    case 'deleteResource':
      return `Delete the account ${taskType.value.resourceId?.resource ?? ''}`;
    default:
      return kind;
  }
}

function answerWords(task: Readonly<TaskRecord>): Pick<RequestRow, 'state' | 'answer'> {
  const { state, outcome, cancelled } = task;
  switch (state) {
    case 'queued':
      return { state: 'waiting', answer: 'Waiting for the connector to take it' };
    case 'running':
      return cancelled
        ? { state: 'over', answer: 'Cancelled' }
        : { state: 'waiting', answer: 'Waiting' };
    case 'cancelled':
      return { state: 'over', answer: 'Cancelled' };
    case 'expired':
      return { state: 'over', answer: 'C1 stopped waiting' };
    case 'done':
      return { state: 'answered', answer: successWords(task, outcome) };
    case 'failed':
      return { state: 'failed', answer: failureWords(outcome) };
  }
}

function successWords({ kind }: Readonly<TaskRecord>, outcome: Outcome | null): string {
  const { annotations = [], response } = outcome ?? {};
  const marked = (type: string) => find(annotations, type) !== undefined;
  switch (kind) {
    case 'grant': {
      const any = find(annotations, GrantReplacedSchema.typeName);
      const replaced = any && anyUnpack(any, GrantReplacedSchema)?.replacedGrantId;
      if (marked(GrantAlreadyExistsSchema.typeName)) return 'Already there';
      return replaced === undefined ? 'Granted' : `Granted, replaced ${replaced}`;
    }
    case 'revoke':
      return marked(GrantAlreadyRevokedSchema.typeName) ? 'Already revoked' : 'Revoked';
    case 'create_account': {
      const result = response && anyUnpack(response, CreateAccountResponseSchema)?.result;
      if (result?.case === 'actionRequired') return `Action required: ${result.value.message}`;
      if (result?.case === 'alreadyExists') return 'Already exists';
      return result?.case === 'inProgress' ? 'In progress' : 'Created';
    }
    default:
      return 'Deleted';
  }
}

function failureWords(outcome: Outcome | null): string {
  const { code = 0, message = '', details = [] } = outcome ?? {};
  const any = find(details, ErrorInfoSchema.typeName);
  const info = any && anyUnpack(any, ErrorInfoSchema);
  if (info?.reason === DECLINED) return `Declined: ${info.metadata['reason'] ?? ''}`;
  return `Error ${code} (${Code[code] ?? '?'}): ${message} Falls back to a manual task.`;
}

/** The newest good upload for a sync that was handed out after the request had ended. */
function syncAfter(
  { tasks, uploads }: Pick<C1Sandbox, 'tasks' | 'uploads'>,
  { endedAt }: Readonly<TaskRecord>,
): DecodedSync | undefined {
  if (endedAt === null) return undefined;
  const claimed = new Map(tasks().map(({ id, claimedAt }) => [id, claimedAt]));
  const after = uploads().findLast(
    ({ taskId, content }) =>
      content.kind === 'access' &&
      content.problems.length === 0 &&
      content.sync.type === 'full' &&
      (claimed.get(taskId) ?? 0) >= endedAt,
  );
  return after?.content.kind === 'access' ? after.content.sync : undefined;
}

function shownBy(sync: DecodedSync | undefined, task: Readonly<TaskRecord>): RequestRow['shown'] {
  if (sync === undefined) return 'notYet';
  return isSo(sync, task) ? 'yes' : 'no';
}

/** Whether the access is as the request asks. An account is known by its id, or else by its address. */
function isSo(sync: DecodedSync, { message: { taskType } }: Readonly<TaskRecord>): boolean {
  const holds = (account: string | undefined, entitlement: string | undefined) =>
    sync.grants.some(
      (grant) =>
        grant.principal?.id?.resource === account &&
        (entitlement === undefined || grant.entitlement?.id === entitlement),
    );
  switch (taskType.case) {
    case 'grant': {
      const { entitlement, principal } = taskType.value;
      const email = principal && emailOf(principal);
      const now = accountIn(sync, principal?.id?.resource ?? '') ?? accountIn(sync, email ?? '');
      return holds(now?.id?.resource, entitlement?.id);
    }
    case 'revoke': {
      const { entitlement, principal } = taskType.value.grant ?? {};
      return !holds(principal?.id?.resource, entitlement?.id);
    }
    case 'createAccount': {
      const account = accountIn(sync, taskType.value.accountInfo?.login ?? '');
      return account !== undefined && holds(account.id?.resource, undefined);
    }
    case 'deleteResource': {
      const id = taskType.value.resourceId;
      return !sync.grants.some(({ principal }) => keyOf(principal?.id) === keyOf(id));
    }
    default:
      return false;
  }
}
