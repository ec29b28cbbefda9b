import { create, toBinary } from '@bufbuild/protobuf';
import type { AccessModel, AccessResource, ResourceTypeId } from '../../main/access/types.ts';
import { entitlementMessage, resourceMessage } from '../../main/c1z/messages.ts';
import { ResourceSchema } from '../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { TaskSchema, type Task } from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { answerOf, type RequestAnswer } from '../../main/requests/answers.ts';
import type { Verdict } from '../../main/requests/verdict.ts';

/** The answer to a task that was a request. */
export interface ProducedAnswer {
  readonly taskId: string;
  readonly answer: RequestAnswer;
}

/** Every way in which a request ends, with the task's id saying which: its words, then zeros. */
export function producedAnswers(model: AccessModel): ProducedAnswer[] {
  const { grant, account, replacedGrantId } = askedOf(model);
  const bytes = toBinary(ResourceSchema, create(ResourceSchema, resourceMessage(account)));
  const resource = Buffer.from(bytes).toString('base64');
  const bare = (kind: 'revoke' | 'createAccount' | 'deleteResource') =>
    create(TaskSchema, { taskType: { case: kind, value: {} } });
  const [revoke, makeAccount, deletion] = [
    bare('revoke'),
    bare('createAccount'),
    bare('deleteResource'),
  ];
  const ways: readonly (readonly [string, Task, Verdict])[] = [
    ['Granted', grant, { kind: 'granted', when: 'now', replacedGrantId: null }],
    ['GrantedInPlaceOfAnother', grant, { kind: 'granted', when: 'now', replacedGrantId }],
    ['GrantedBefore', grant, { kind: 'granted', when: 'before', replacedGrantId: null }],
    ['Revoked', revoke, { kind: 'revoked', when: 'now' }],
    ['RevokedBefore', revoke, { kind: 'revoked', when: 'before' }],
    ['Created', makeAccount, { kind: 'created', when: 'now', resource }],
    ['CreatedBefore', makeAccount, { kind: 'created', when: 'before', resource }],
    ['Invited', makeAccount, { kind: 'invited' }],
    ['Deleted', deletion, { kind: 'deleted', when: 'now' }],
    ['DeletedBefore', deletion, { kind: 'deleted', when: 'before' }],
    ['Declined', grant, { kind: 'declined', reason: 'They have left the team – “for good”.' }],
    ['OutOfTime', revoke, { kind: 'outOfTime', message: 'Nobody did it in Xero in time.' }],
    ['Malformed', grant, { kind: 'refused', why: 'malformed', message: 'It names nobody.' }],
    ['Unknown', grant, { kind: 'refused', why: 'unknown', message: 'No such organisation.' }],
    ['Impossible', revoke, { kind: 'refused', why: 'impossible', message: 'They pay for it.' }],
  ];
  return ways.map(([name, task, verdict]) => ({
    taskId: name.padEnd(27, '0'),
    answer: answerOf(task, verdict),
  }));
}

/** A role for an account, as C1 knows both from a sync, and the grant of another role of that organisation. */
function askedOf(model: AccessModel) {
  const account = first(model, 'user');
  const role = first(model, 'role');
  const entitlement = model.entitlements.find(({ resource }) => resource.id === role.id);
  const replaced = model.grants.find(({ principal }) => principal.id === account.id);
  if (entitlement === undefined || replaced === undefined) throw new Error('nothing to grant');
  const asked = entitlementMessage(entitlement, resourceMessage(role), { exclusionGroups: true });
  const grant = create(TaskSchema, {
    taskType: { case: 'grant', value: { entitlement: asked, principal: resourceMessage(account) } },
  });
  return { grant, account, replacedGrantId: replaced.id };
}

function first(model: AccessModel, type: ResourceTypeId): AccessResource {
  const found = model.resources.find((each) => each.type === type);
  if (found === undefined) throw new Error(`no ${type} in the model`);
  return found;
}
