import type { Entitlement } from '../proto/gen/c1/connector/v2/entitlement_pb.ts';
import type { Resource } from '../proto/gen/c1/connector/v2/resource_pb.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { Malformed } from './malformed.ts';
import { newAccountOf, type NewAccount } from './new-account.ts';
import { principalOf, type Principal } from './principal.ts';

/** What a task says, read from its messages alone: what its ids mean is for Xero's lists to tell. */
export type Asked =
  | {
      readonly kind: 'grant' | 'revoke';
      /** Of the entitlement: its resource, and its own id. */
      readonly resource: { readonly type: string; readonly id: string };
      readonly entitlementId: string;
      readonly principal: Principal;
      /** For how long the access is wanted, in milliseconds; null where C1 doesn't say. */
      readonly duration: number | null;
    }
  | { readonly kind: 'createAccount'; readonly account: NewAccount }
  | { readonly kind: 'deleteAccount'; readonly accountId: string };

/** Reads a task; nothing in it is taken for granted (c1-protocol.md §4.8). */
export function readAsked({ taskType }: Task): Asked | Malformed {
  switch (taskType.case) {
    case 'grant': {
      const { entitlement, principal, duration } = taskType.value;
      const ms = duration === undefined ? 0 : Number(duration.seconds) * 1000;
      return grantOf('grant', entitlement, principal, ms > 0 ? ms : null);
    }
    case 'revoke': {
      const { grant } = taskType.value;
      return grantOf('revoke', grant?.entitlement, grant?.principal, null);
    }
    case 'createAccount':
      return createOf(newAccountOf(taskType.value));
    case 'deleteResource':
      return deleteOf(taskType.value.resourceId);
    default:
      return { malformed: 'This isn’t a task that a person does in Xero.' };
  }
}

/** The ids are read from the messages that hold them; a grant's own id says nothing (product.md §2). */
function grantOf(
  kind: 'grant' | 'revoke',
  entitlement: Entitlement | undefined,
  principal: Resource | undefined,
  duration: number | null,
): Asked | Malformed {
  const of = entitlement?.resource?.id;
  if (entitlement === undefined || of === undefined || of.resource === '') {
    return { malformed: `The ${kind} names no entitlement’s resource.` };
  }
  const who = principal?.id;
  if (principal === undefined || who === undefined || who.resource === '') {
    return { malformed: `The ${kind} names nobody.` };
  }
  if (who.resourceType !== 'user') {
    return { malformed: `The ${kind} is for something that isn’t an account of Xero.` };
  }
  const resource = { type: of.resourceType, id: of.resource };
  const entitlementId = entitlement.id;
  return { kind, resource, entitlementId, principal: principalOf(principal), duration };
}

function createOf(account: NewAccount | Malformed): Asked | Malformed {
  return 'malformed' in account ? account : { kind: 'createAccount', account };
}

function deleteOf(
  id: { readonly resourceType: string; readonly resource: string } | undefined,
): Asked | Malformed {
  if (id === undefined || id.resource === '')
    return { malformed: 'The task doesn’t say what to delete.' };
  if (id.resourceType !== 'user') {
    return { malformed: 'Only accounts can be deleted: organisations and roles are Xero’s own.' };
  }
  return { kind: 'deleteAccount', accountId: id.resource };
}
