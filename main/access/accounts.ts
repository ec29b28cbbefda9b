import { accountId, personId } from './ids.ts';
import { byteOrder, SharedSets } from './order.ts';
import { organisationName } from './organisations.ts';
import { knownValues, timeText, trimmed } from './profile.ts';
import { readRole, type Standing } from './roles.ts';
import type { AccountIdChoice, AccountResource, OrganisationAccess, XeroUser } from './types.ts';

/** One row of an organisation's list of users, with whose it is and what it means. */
export interface Row {
  readonly user: XeroUser;
  readonly organisationId: string;
  /** Its name, which another may bear too. */
  readonly organisation: string;
  readonly standing: Standing;
  readonly accountId: string;
  /** The account's id is a stopgap: nothing says which person this is. */
  readonly unrecognised: boolean;
}

interface RowOptions {
  readonly accountId: AccountIdChoice;
  /** Whether this organisation keeps the ids of baton-xero. */
  readonly legacy: boolean;
}

/** Reads the rows of one organisation, in byte order of their UserIDs. */
export function readRows(access: OrganisationAccess, options: RowOptions): readonly Row[] {
  const organisation = organisationName(access.organisation);
  const standings = new Map<string, Standing>();
  const standingOf = (role: string): Standing => {
    const standing = standings.get(role) ?? readRole(role, options.legacy);
    standings.set(role, standing);
    return standing;
  };
  return [...access.users].sort(byUserId).map((user) => ({
    user,
    organisationId: access.organisation.id,
    organisation,
    standing: standingOf(user.role),
    accountId: accountId(user, options.accountId, options.legacy),
    unrecognised: user.globalUserId === null && options.accountId === 'global' && !options.legacy,
  }));
}

/** The rows of one account, at least one, in order of OrganisationID and UserID. */
export type AccountRows = readonly [Row, ...Row[]];

/**
 * Makes one account of all rows of a person (product.md §2): name, e-mail and time come from the
 * row that changed last, then of the lowest OrganisationID; disabled only when removed everywhere.
 */
export function mergeAccount(
  id: string,
  rows: AccountRows,
  sets = new SharedSets(),
): AccountResource {
  const { user } = rows.reduce((best, row) => (changedAt(row) > changedAt(best) ? row : best));
  const present = rows.filter((row) => row.standing.kind !== 'removed');
  const givenName = trimmed(user.firstName);
  const familyName = trimmed(user.lastName);
  const email = trimmed(user.email);
  const name = [givenName, familyName].filter((part) => part !== null).join(' ');
  return {
    type: 'user',
    id,
    displayName: name || (email ?? id),
    description: null,
    parent: null,
    profile: knownValues({
      user_id: rows[0].user.userId,
      global_user_id: rows.map((row) => personId(row.user)).find((known) => known !== null) ?? null,
      first_name: givenName,
      last_name: familyName,
      email,
      organisations: sets.of(present.map((row) => row.organisation)),
      roles: sets.of(present.flatMap(roleNames)),
      subscriber_of: sets.of(
        present.filter((row) => row.user.subscriber).map((row) => row.organisation),
      ),
      updated_at: timeText(user.updatedAt),
    }),
    rawId: id,
    email,
    givenName,
    familyName,
    enabled: present.length > 0,
  };
}

function roleNames({ standing }: Row): readonly string[] {
  return standing.kind === 'holds' ? [standing.role.name] : [];
}

function changedAt(row: Row): number {
  return row.user.updatedAt ?? -Infinity;
}

function byUserId(a: XeroUser, b: XeroUser): number {
  // Two rows with one UserID shouldn't be; the rest of the row keeps even those in one order.
  return byteOrder(a.userId, b.userId) || byteOrder(JSON.stringify(a), JSON.stringify(b));
}
