import type { Failure } from '../../shared/errors.ts';
import type { OrganisationAccess } from '../access/types.ts';
import type { Connection } from '../xero/answers.ts';
import { demoCompanyReset, organisationMissing } from '../xero/organisation-errors.ts';

/** What was last known of an organisation that the admin chose. */
export interface KnownOrganisation {
  readonly name: string;
  /** A demo company, whose id Xero changes every 28 days; false where it was never read. */
  readonly demo: boolean;
}

/** Which organisations are read: all that are connected, or the chosen ones (by lower-case id). */
export type Governed = 'all' | ReadonlyMap<string, KnownOrganisation>;

/** The lower-case id that lists of connections and the admin's choice know an organisation by. */
export function connectedId({
  tenantId,
  organisation,
}: Pick<OrganisationAccess, 'tenantId' | 'organisation'>): string {
  return (tenantId ?? organisation.id).toLowerCase();
}

/** Whether two of Xero's ids are one: their case says nothing (xero.md §4). */
export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The same choice with what a read told of the chosen ones. */
export function learnFrom(read: readonly OrganisationAccess[], governed: Governed): Governed {
  if (governed === 'all') return governed;
  const known = new Map(governed);
  for (const access of read) {
    const id = connectedId(access);
    const { name, demo } = access.organisation;
    if (known.has(id)) known.set(id, { name, demo });
  }
  return known;
}

/** The chosen organisations that nobody's list holds, with why each of them is missing. */
export function missingFrom(
  connections: readonly Connection[],
  governed: Exclude<Governed, 'all'>,
): readonly { readonly id: string; readonly name: string; readonly failure: Failure }[] {
  const present = new Set(connections.map(({ tenantId }) => tenantId.toLowerCase()));
  const others = connections.filter(({ tenantId }) => !governed.has(tenantId.toLowerCase()));
  const ungoverned = new Set(others.map(({ name }) => name.toLowerCase()));
  return [...governed]
    .filter(([id]) => !present.has(id))
    .map(([id, { name, demo }]) => ({
      id,
      name,
      failure: demo
        ? demoCompanyReset(name, ungoverned.has(name.toLowerCase()))
        : organisationMissing(name),
    }));
}
