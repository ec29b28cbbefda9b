import { create } from '@bufbuild/protobuf';
import { anyIs } from '@bufbuild/protobuf/wkt';
import { SkipEntitlementsAndGrantsSchema } from '../proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  Capability,
  ConnectorCapabilitiesSchema,
  type ConnectorCapabilities,
} from '../proto/gen/c1/connector/v2/connector_pb.ts';
import { ResourceType_Trait, type ResourceType } from '../proto/gen/c1/connector/v2/resource_pb.ts';
import { withoutPassword, type NewAccountField } from './new-account.ts';
import type { AnsweredKind, TaskHandlers } from './task.ts';

/** What a Hello tells of this connector: what it syncs, and which kinds of task it does. */
export interface Declared {
  readonly resourceTypes: readonly ResourceType[];
  readonly handlers: TaskHandlers;
  /** What C1 has to say of an account to be made, where that is among what is done. */
  readonly newAccount?: readonly NewAccountField[];
}

/**
 * What C1 may ask of us, by the table of c1-protocol.md §4.15, and nothing that isn't done: unlike the
 * official client, which declares provisioning also while it is off. Sorted as C1 gets it.
 */
export function connectorCapabilities({
  resourceTypes,
  handlers,
}: Declared): ConnectorCapabilities {
  const sorted = [...resourceTypes].sort((one, other) => (one.id < other.id ? -1 : 1));
  const types = sorted.map((resourceType) => ({
    resourceType,
    capabilities: capabilitiesOf(resourceType, handlers),
    permissions: {},
  }));
  const each = types.flatMap(({ capabilities }) => capabilities);
  // The official client says both of a connector that heeds `targeted_sync_resources`.
  const targeted = each.includes(Capability.TARGETED_SYNC)
    ? [Capability.SERVICE_MODE_TARGETED_SYNC]
    : [];
  const all = new Set([Capability.SYNC, ...each, ...targeted]);
  return create(ConnectorCapabilitiesSchema, {
    resourceTypeCapabilities: types,
    connectorCapabilities: [...all].sort((one, other) => one - other),
    ...(all.has(Capability.ACCOUNT_PROVISIONING) && { credentialDetails: withoutPassword() }),
  });
}

/** A full sync takes single resources of any type; what has entitlements is granted, accounts are made and deleted. */
function capabilitiesOf(
  { traits, annotations }: ResourceType,
  handlers: TaskHandlers,
): Capability[] {
  const can = (...needed: AnsweredKind[]) => needed.every((kind) => handlers[kind] !== undefined);
  const isGranted = !annotations.some((each) => anyIs(each, SkipEntitlementsAndGrantsSchema));
  const isAccount = traits.includes(ResourceType_Trait.USER);
  return [
    ...(isGranted && can('grant', 'revoke') ? [Capability.PROVISION] : []),
    Capability.SYNC,
    ...(isAccount && can('createAccount') ? [Capability.ACCOUNT_PROVISIONING] : []),
    ...(isAccount && can('deleteResource') ? [Capability.RESOURCE_DELETE] : []),
    ...(can('syncFull') ? [Capability.TARGETED_SYNC] : []),
  ];
}
