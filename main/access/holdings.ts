import { accountId, exclusionGroupId, keepsLegacyIds } from './ids.ts';
import { organisationName } from './organisations.ts';
import type { AccessLists, AccessRead } from './types.ts';

/** What each organisation brings to C1, in numbers; no person of it. */
export interface Holdings {
  readonly organisations: readonly OrganisationHolding[];
  /**
   * How many accounts stand in exactly these organisations, named by their places above. People
   * whom Xero lists as removed count: they are accounts too.
   */
  readonly accounts: readonly { readonly places: readonly number[]; readonly count: number }[];
}

export interface OrganisationHolding {
  /** The id it is connected under, in lower case. */
  readonly id: string;
  readonly name: string;
  readonly roles: number;
  readonly grants: number;
}

/** Counts what each organisation of a read brings to the model that was made of it. */
export function holdingsOf({ organisations, options }: AccessRead, lists: AccessLists): Holdings {
  const parts = partsByOrganisation(lists);
  return {
    organisations: organisations.map(({ tenantId, organisation }) => ({
      id: (tenantId ?? organisation.id).toLowerCase(),
      name: organisationName(organisation),
      ...(parts.get(organisation.id) ?? { roles: 0, grants: 0 }),
    })),
    accounts: accountsByPlaces({ organisations, options }),
  };
}

/** Roles and grants by OrganisationID; the roles of one organisation have an exclusion group of their own. */
function partsByOrganisation({
  resources,
  entitlements,
  grants,
}: AccessLists): ReadonlyMap<string, { roles: number; grants: number }> {
  const ids = resources.filter(({ type }) => type === 'org').map(({ id }) => id);
  const groups = new Map(ids.map((id) => [exclusionGroupId(id), id]));
  const parts = new Map(ids.map((id) => [id, { roles: 0, grants: 0 }]));
  const owners = new Map<string, { roles: number; grants: number }>();
  for (const { id, resource, exclusionGroup } of entitlements) {
    const owner = exclusionGroup === null ? resource.id : groups.get(exclusionGroup.id);
    const part = parts.get(owner ?? '');
    if (part === undefined) continue;
    if (exclusionGroup !== null) part.roles += 1;
    owners.set(id, part);
  }
  for (const { entitlementId } of grants) {
    const part = owners.get(entitlementId);
    if (part !== undefined) part.grants += 1;
  }
  return parts;
}

function accountsByPlaces({ organisations, options }: AccessRead): Holdings['accounts'] {
  const placesOf = new Map<string, number[]>();
  for (const [place, { organisation, users }] of organisations.entries()) {
    const legacy = keepsLegacyIds(organisation, options);
    for (const user of users) {
      const id = accountId(user, options.accountId, legacy);
      const places = placesOf.get(id);
      if (places === undefined) placesOf.set(id, [place]);
      else if (places.at(-1) !== place) places.push(place);
    }
  }
  const groups = new Map<string, { readonly places: readonly number[]; count: number }>();
  for (const places of placesOf.values()) {
    const key = places.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { places, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()];
}
