import type { Row } from './accounts.ts';
import { byteOrder } from './order.ts';
import { organisationName } from './organisations.ts';
import { trimmed } from './profile.ts';
import type { AccessWarning, OrganisationAccess } from './types.ts';

/** Organisations named in a sentence before the rest is only counted. */
const NAMED_ORGANISATIONS = 3;

/** The rows of one organisation, by the account they belong to. */
export type RowsByAccount = ReadonlyMap<string, readonly Row[]>;

interface Tally {
  people: number;
  readonly organisations: string[];
}

/**
 * What a reviewer or support should know of the read. Takes the organisations in order of their
 * ids; says counts and organisations, never people (product.md §2).
 */
export function findWarnings(organisations: readonly RowsByAccount[]): readonly AccessWarning[] {
  return [
    ...unknownRoles(organisations),
    ...warning(
      organisations,
      'undisclosedRole',
      (rows) => rows.some(isUndisclosed),
      (who) => `Xero doesn’t say which role ${who} has. They are synced as members only.`,
    ),
    ...warning(
      organisations,
      'twoRoles',
      (rows) => roleSlugs(rows).size > 1,
      (who) => `Xero lists ${who} with two roles at once. Both are kept.`,
    ),
    ...warning(
      organisations,
      'noGlobalUserId',
      (rows) => rows.some((row) => row.unrecognised),
      (who) =>
        `Xero left out the ID by which ${who} can be recognised in other organisations. They get an account for each organisation.`,
    ),
    ...warning(
      organisations,
      'noEmail',
      (rows) => rows.every(hasNoEmail),
      (who) => `Xero has no e-mail address for ${who}. C1 can’t match them to its users by e-mail.`,
    ),
  ];
}

/** Organisations whose `OrganisationID` isn't the id they are connected under, as it should be (xero.md §4). */
export function findIdWarnings(
  organisations: readonly OrganisationAccess[],
): readonly AccessWarning[] {
  const names = organisations
    .filter(
      ({ tenantId, organisation: { id } }) =>
        tenantId !== undefined && tenantId.toLowerCase() !== id.toLowerCase(),
    )
    .map(({ organisation }) => organisationName(organisation));
  if (names.length === 0) return [];
  const message = `Xero’s answer has another ID than its list of connections for ${listed(names)}. C1 gets the ID of the answer.`;
  return [{ code: 'organisationIdDiffers', message }];
}

function warning(
  organisations: readonly RowsByAccount[],
  code: AccessWarning['code'],
  concerns: (rows: readonly Row[]) => boolean,
  sentence: (who: string) => string,
): readonly AccessWarning[] {
  const tally: Tally = { people: 0, organisations: [] };
  for (const accounts of organisations) {
    for (const rows of accounts.values()) if (concerns(rows)) count(tally, rows);
  }
  return tally.people === 0 ? [] : [{ code, message: sentence(describe(tally)) }];
}

function unknownRoles(organisations: readonly RowsByAccount[]): readonly AccessWarning[] {
  const tallies = new Map<string, Tally>();
  for (const accounts of organisations) {
    for (const rows of accounts.values()) {
      for (const name of unknownNames(rows)) {
        const tally = tallies.get(name) ?? { people: 0, organisations: [] };
        tallies.set(name, tally);
        count(tally, rows);
      }
    }
  }
  return [...tallies]
    .sort(([a], [b]) => byteOrder(a, b))
    .map(([name, tally]) => ({
      code: 'unknownRole',
      message: `Xero has a role that this app doesn’t know: ${name}, held by ${describe(tally)}. It is synced as a role of its own.`,
    }));
}

function count(tally: Tally, rows: readonly Row[]): void {
  tally.people += 1;
  const name = rows[0]?.organisation;
  if (name !== undefined && tally.organisations.at(-1) !== name) tally.organisations.push(name);
}

/** For example "2 people in Harbour Books and Hillside Farm". */
function describe({ people, organisations }: Tally): string {
  return `${people} ${people === 1 ? 'person' : 'people'} in ${listed(organisations)}`;
}

function listed(organisations: readonly string[]): string {
  const rest = organisations.length - NAMED_ORGANISATIONS;
  const names = organisations.slice(0, NAMED_ORGANISATIONS);
  return new Intl.ListFormat('en-GB').format(rest > 0 ? [...names, `${rest} more`] : names);
}

function isUndisclosed(row: Row): boolean {
  return row.standing.kind === 'undisclosed';
}

function hasNoEmail(row: Row): boolean {
  return trimmed(row.user.email) === null;
}

function roleSlugs(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(
    rows.flatMap(({ standing }) => (standing.kind === 'holds' ? [standing.role.slug] : [])),
  );
}

function unknownNames(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(
    rows.flatMap(({ standing }) =>
      standing.kind === 'holds' && !standing.role.known ? [standing.role.name] : [],
    ),
  );
}
