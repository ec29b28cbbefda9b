import type { AccessCounts } from '../../shared/snapshot.ts';
import { holdingsOf, type Holdings } from './holdings.ts';
import { exclusionGroupId } from './ids.ts';
import { buildAccessModel } from './model.ts';
import type { AccessLists, AccessRead, AccessWarning } from './types.ts';

/** The people of one organisation for the window; roles that nobody holds are left out. */
export interface OrganisationPeople {
  /** Everybody with access, those whose role Xero doesn't disclose included. */
  readonly people: number;
  /** Most privileged first. */
  readonly roles: readonly { readonly name: string; readonly people: number }[];
}

/** What of a model is shown: no person of it. */
export interface ModelSummary {
  readonly counts: AccessCounts;
  /** By OrganisationID. */
  readonly people: ReadonlyMap<string, OrganisationPeople>;
  readonly warnings: readonly AccessWarning[];
  readonly holdings: Holdings;
}

/** Makes the model for the sake of what is shown of it. */
export function summarise(read: AccessRead): ModelSummary {
  const model = buildAccessModel(read);
  return {
    counts: countAccess(model),
    people: peopleByOrganisation(model),
    warnings: model.warnings,
    holdings: holdingsOf(read, model),
  };
}

/** How many each kind of warning concerns, for a log. */
export function countWarnings(
  warnings: readonly AccessWarning[],
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code, count } of warnings) counts[code] = (counts[code] ?? 0) + count;
  return counts;
}

/** How much a model, or the file made of it, holds. */
export function countAccess({ resources, entitlements, grants }: AccessLists): AccessCounts {
  const counts = { org: 0, role: 0, user: 0 };
  for (const { type } of resources) counts[type] += 1;
  return {
    organisations: counts.org,
    accounts: counts.user,
    roles: counts.role,
    entitlements: entitlements.length,
    grants: grants.length,
  };
}

/** Who has access to each organisation, in numbers, by OrganisationID. */
export function peopleByOrganisation(lists: AccessLists): ReadonlyMap<string, OrganisationPeople> {
  const holders = countHolders(lists);
  const roles = heldRoles(lists, holders);
  return new Map(
    lists.entitlements
      .filter(({ resource, slug }) => resource.type === 'org' && slug === 'member')
      .map(({ id, resource }) => [
        resource.id,
        {
          people: holders.get(id) ?? 0,
          roles: (roles.get(exclusionGroupId(resource.id)) ?? [])
            .sort((a, b) => b.order - a.order)
            .map(({ name, people }) => ({ name, people })),
        },
      ]),
  );
}

interface HeldRole {
  readonly name: string;
  readonly people: number;
  readonly order: number;
}

/** The roles that somebody holds, by their exclusion group, which is their organisation's. */
function heldRoles(
  { resources, entitlements }: AccessLists,
  holders: ReadonlyMap<string, number>,
): ReadonlyMap<string, HeldRole[]> {
  const names = new Map(resources.map(({ id, displayName }) => [id, displayName]));
  const byGroup = new Map<string, HeldRole[]>();
  for (const { id, resource, exclusionGroup } of entitlements) {
    const people = holders.get(id);
    if (exclusionGroup === null || people === undefined) continue;
    const name = names.get(resource.id) ?? resource.id;
    const roles = byGroup.get(exclusionGroup.id) ?? [];
    roles.push({ name, people, order: exclusionGroup.order });
    byGroup.set(exclusionGroup.id, roles);
  }
  return byGroup;
}

function countHolders({ grants }: AccessLists): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { entitlementId } of grants) {
    counts.set(entitlementId, (counts.get(entitlementId) ?? 0) + 1);
  }
  return counts;
}
