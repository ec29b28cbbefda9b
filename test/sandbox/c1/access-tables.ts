import { anyUnpack } from '@bufbuild/protobuf/wkt';
import {
  UserTrait_Status_Status as TraitStatus,
  UserTraitSchema,
} from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  ResourceType_Trait as Trait,
  type Resource,
} from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import type { DecodedSync } from './decode.ts';
import { find, keyOf } from './inspect.ts';
import { emailOf } from './request-desk.ts';

export interface AccountRow {
  readonly name: string;
  readonly email: string;
  readonly status: string;
  readonly organisations: readonly string[];
  readonly roles: readonly string[];
}

export interface EntitlementRow {
  readonly resource: string;
  readonly resourceType: string;
  readonly entitlement: string;
  readonly grants: number;
}

/** UserTrait's and Resource's numbers are the same (c1z-and-model.md §3.2). */
const STATUS: ReadonlyMap<number, string> = new Map([
  [TraitStatus.ENABLED, 'Enabled'],
  [TraitStatus.DISABLED, 'Disabled'],
  [TraitStatus.DELETED, 'Deleted'],
]);

/** The accounts, by name, with what their grants give them: nothing is taken from profiles. */
export function accountRows(sync: DecodedSync): AccountRow[] {
  const resources = new Map(sync.resources.map((one) => [keyOf(one.id), one]));
  const roleTypes = typesWith(sync, Trait.ROLE);
  const userTypes = typesWith(sync, Trait.USER);
  const nameOf = (resource: Resource | undefined) => resource?.displayName ?? '';
  const access = new Map<string, { organisations: Set<string>; roles: Set<string> }>();
  for (const { entitlement, principal } of sync.grants) {
    const resource = resources.get(keyOf(entitlement?.resource?.id));
    const parent = resources.get(keyOf(resource?.parentResourceId));
    const key = keyOf(principal?.id);
    const held = access.get(key) ?? { organisations: new Set(), roles: new Set() };
    access.set(key, held);
    if (!roleTypes.has(resource?.id?.resourceType ?? '')) held.organisations.add(nameOf(resource));
    else {
      held.roles.add(parent ? `${nameOf(resource)} (${nameOf(parent)})` : nameOf(resource));
      if (parent) held.organisations.add(nameOf(parent));
    }
  }
  const rows = sync.resources
    .filter(({ id }) => userTypes.has(id?.resourceType ?? ''))
    .map((resource) => {
      const any = find(resource.annotations, UserTraitSchema.typeName);
      const trait = any && anyUnpack(any, UserTraitSchema);
      const held = access.get(keyOf(resource.id));
      return {
        name: resource.displayName,
        email: emailOf(resource),
        status: STATUS.get(resource.status?.status ?? trait?.status?.status ?? 0) ?? 'Unspecified',
        organisations: [...(held?.organisations ?? [])].sort(),
        roles: [...(held?.roles ?? [])].sort(),
      };
    });
  return rows.sort((one, other) => one.name.localeCompare(other.name));
}

/** The entitlements in the file's order, each with the number of its grants. */
export function entitlementRows(sync: DecodedSync): EntitlementRow[] {
  const resources = new Map(sync.resources.map((one) => [keyOf(one.id), one]));
  const types = new Map(sync.resourceTypes.map((type) => [type.id, type.displayName]));
  const counts = new Map<string, number>();
  for (const { entitlement } of sync.grants) {
    const id = entitlement?.id ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return sync.entitlements.map(({ id, displayName, resource }) => {
    const found = resources.get(keyOf(resource?.id));
    const parent = resources.get(keyOf(found?.parentResourceId));
    const name = found?.displayName ?? '';
    return {
      resource: parent ? `${name} (${parent.displayName})` : name,
      resourceType: types.get(resource?.id?.resourceType ?? '') ?? '',
      entitlement: displayName === '' ? id : displayName,
      grants: counts.get(id) ?? 0,
    };
  });
}

function typesWith(sync: DecodedSync, trait: Trait): ReadonlySet<string> {
  const types = sync.resourceTypes.filter(({ traits }) => traits.includes(trait));
  return new Set(types.map(({ id }) => id));
}
