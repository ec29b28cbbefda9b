import type { AccountIdChoice } from './ids.ts';
import { accountId, personId } from './ids.ts';
import { byteOrder, sortedSet } from './order.ts';
import { withoutNulls } from './profile.ts';
import { readRole, type Standing } from './roles.ts';
import type { AccountResource, OrganisationAccess, XeroOrganisation, XeroUser } from './types.ts';

/** One row of one organisation's list of users, with whose it is and what it means. */
export interface Row {
  readonly user: XeroUser;
  readonly organisation: XeroOrganisation;
  readonly standing: Standing;
  /** Xero's id of the person, or null when Xero never sent it. */
  readonly person: string | null;
  readonly accountId: string;
  /** The account's id is a stopgap, as nothing says which person this is. */
  readonly unrecognised: boolean;
}

export interface RowOptions {
  readonly remembered: ReadonlyMap<string, string>;
  readonly accountId: AccountIdChoice;
  readonly legacy: boolean;
}

/** Reads the rows of one organisation. */
export function readRows(access: OrganisationAccess, options: RowOptions): readonly Row[] {
  return access.users.map((user) => {
    const person = personId(user, options.remembered);
    return {
      user,
      organisation: access.organisation,
      standing: readRole(user.role),
      person,
      accountId: accountId(user, person, options.accountId, options.legacy),
      unrecognised: person === null && options.accountId === 'global' && !options.legacy,
    };
  });
}

/**
 * Makes one account of all rows of a person (product.md §2): name, e-mail and time from the row
 * changed last, then of the lowest OrganisationID; disabled only when removed everywhere.
 */
export function mergeAccount(id: string, rows: readonly [Row, ...Row[]]): AccountResource {
  const newest = rows.reduce((best, row) => (newestFirst(row, best) < 0 ? row : best));
  const first = rows.reduce((best, row) => (byOrganisation(row, best) < 0 ? row : best));
  const present = rows.filter((row) => row.standing.kind !== 'removed');
  const givenName = trimmed(newest.user.firstName);
  const familyName = trimmed(newest.user.lastName);
  const email = trimmed(newest.user.email);
  const name = [givenName, familyName].filter((part) => part !== null).join(' ');
  const { updatedAt } = newest.user;
  return {
    type: 'user',
    id,
    displayName: name || (email ?? id),
    description: null,
    parent: null,
    profile: withoutNulls({
      user_id: first.user.userId,
      global_user_id: firstPerson(rows),
      first_name: givenName,
      last_name: familyName,
      email,
      organisations: sortedSet(present.map(organisationName)),
      roles: sortedSet(present.flatMap((row) => roleNames(row.standing))),
      subscriber_of: sortedSet(present.filter((row) => row.user.subscriber).map(organisationName)),
      updated_at: updatedAt === null ? null : new Date(updatedAt).toISOString(),
    }),
    rawId: id,
    email,
    givenName,
    familyName,
    enabled: present.length > 0,
  };
}
