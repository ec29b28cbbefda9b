import { mergeAccount, readRows, type AccountRows, type Row } from './accounts.ts';
import { grantId, keepsLegacyIds } from './ids.ts';
import { byteOrder, inByteOrder, SharedSets } from './order.ts';
import { findOrganisationWarnings } from './organisation-warnings.ts';
import { describeOrganisation, type OrganisationParts } from './organisations.ts';
import type {
  AccessEntitlement,
  AccessGrant,
  AccessModel,
  AccessRead,
  AccountResource,
  ModelOptions,
  OrganisationAccess,
  ResourceRef,
} from './types.ts';
import { findPersonWarnings } from './person-warnings.ts';
import { findWarnings, type RowsByAccount } from './warnings.ts';

interface OrganisationPeople {
  readonly parts: OrganisationParts;
  readonly rows: readonly Row[];
  readonly accounts: RowsByAccount;
}

/**
 * Makes what C1 gets to see of what Xero said (product.md §2). Every list is sorted by the bytes of
 * its keys and unique; the same access gives the same model, whatever order Xero answered in.
 */
export function buildAccessModel({ organisations, options }: AccessRead): AccessModel {
  const ordered = [...organisations].sort((a, b) =>
    byteOrder(a.organisation.id, b.organisation.id),
  );
  const people = ordered.map((access) => readOrganisation(access, options));
  const rows = people.flatMap((each) => each.rows);
  const sets = new SharedSets();
  const accounts = sorted(
    [...groupByAccount(rows)].map(([id, accountRows]) => mergeAccount(id, accountRows, sets)),
  );
  return {
    resources: [
      ...people.map(({ parts }) => parts.organisation),
      ...sorted(people.flatMap(({ parts }) => parts.roles)),
      ...accounts,
    ],
    entitlements: sorted(people.flatMap(({ parts }) => entitlementsOf(parts))),
    grants: inGrantOrder(people.flatMap(grantsOf)),
    warnings: [
      ...findWarnings(
        people.map((each) => each.accounts),
        unaddressed(accounts),
      ),
      ...findPersonWarnings(rows),
      ...findOrganisationWarnings(ordered),
    ],
  };
}

function readOrganisation(access: OrganisationAccess, options: ModelOptions): OrganisationPeople {
  const { organisation } = access;
  const legacy = keepsLegacyIds(organisation, options);
  const rows = readRows(access, { ...options, legacy });
  const unknownRoles = rows.flatMap(({ standing }) =>
    standing.kind === 'holds' && !standing.role.known ? [standing.role] : [],
  );
  return {
    parts: describeOrganisation(organisation, unknownRoles, legacy),
    rows,
    accounts: groupByAccount(rows),
  };
}

function unaddressed(accounts: readonly AccountResource[]): ReadonlySet<string> {
  return new Set(
    accounts.filter((each) => each.enabled && each.email === null).map(({ id }) => id),
  );
}

function groupByAccount(rows: readonly Row[]): ReadonlyMap<string, AccountRows> {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const group = groups.get(row.accountId);
    if (group === undefined) groups.set(row.accountId, [row]);
    else group.push(row);
  }
  return groups;
}

function entitlementsOf(parts: OrganisationParts): readonly AccessEntitlement[] {
  return [parts.member, parts.subscriber, ...parts.assigned.values()];
}

/** The grants in one organisation; a person listed twice is granted everything once. */
function grantsOf({ parts, accounts }: OrganisationPeople): readonly AccessGrant[] {
  return [...accounts].flatMap(([id, rows]) => {
    const principal = { type: 'user', id } as const;
    const held = new Set(rows.flatMap((row) => entitlementsHeld(parts, row)));
    return [...held].map((entitlement) => new Grant(entitlement, principal));
  });
}

/** Removed people hold nothing; who pays is told apart from the role, which Xero may not disclose. */
function entitlementsHeld(parts: OrganisationParts, row: Row): readonly AccessEntitlement[] {
  if (row.standing.kind === 'removed') return [];
  const held = [parts.member];
  if (row.user.subscriber) held.push(parts.subscriber);
  const assigned =
    row.standing.kind === 'holds' ? parts.assigned.get(row.standing.role.slug) : undefined;
  if (assigned !== undefined) held.push(assigned);
  return held;
}

/** Its id is put together when it is asked for: kept, those of all grants are most of a model's memory. */
class Grant implements AccessGrant {
  readonly #entitlement: AccessEntitlement;
  readonly principal: ResourceRef;

  constructor(entitlement: AccessEntitlement, principal: ResourceRef) {
    this.#entitlement = entitlement;
    this.principal = principal;
  }

  get id(): string {
    return grantId(this.entitlementId, this.principal);
  }

  get entitlementId(): string {
    return this.#entitlement.id;
  }

  get immutable(): boolean {
    return this.#entitlement.immutable;
  }
}

/**
 * The grants in byte order of their ids. What begins alike is told apart by the rest, so that ids are
 * hardly ever put together: all at once they would take more memory than the model.
 */
function inGrantOrder(grants: AccessGrant[]): readonly AccessGrant[] {
  return grants.sort((one, other) => {
    const [entitlement, another] = [one.entitlementId, other.entitlementId];
    if (entitlement === another) return byteOrder(one.principal.id, other.principal.id);
    const alike = entitlement.startsWith(another) || another.startsWith(entitlement);
    return alike ? byteOrder(one.id, other.id) : byteOrder(entitlement, another);
  });
}

function sorted<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return inByteOrder(items, ({ id }) => id);
}
