import { say } from '../../shared/language/say.ts';
import type { AccountRows, Row } from './accounts.ts';
import { byteOrder } from './order.ts';
import { Tally } from './tally.ts';
import type { AccessWarning } from './types.ts';

/** The rows of one organisation, by the account they belong to. */
export type RowsByAccount = ReadonlyMap<string, AccountRows>;

/**
 * What a reviewer or support should know of the read. Takes the organisations in order of their
 * ids; says counts and organisations, never people (product.md §2).
 *
 * @param unaddressed ids of the accounts in use that have no e-mail address
 */
export function findWarnings(
  organisations: readonly RowsByAccount[],
  unaddressed: ReadonlySet<string>,
): readonly AccessWarning[] {
  return [
    ...unknownRoles(organisations),
    ...warning(
      organisations,
      'undisclosedRole',
      (rows) => rows.some(isUndisclosed),
      (who) => say('warnings.xeroDoesntSayTheRole', { who }),
    ),
    ...warning(
      organisations,
      'twoRoles',
      (rows) => roleSlugs(rows).size > 1,
      (who) => say('warnings.xeroListsWithTwoRoles', { who }),
    ),
    ...warning(
      organisations,
      'noGlobalUserId',
      (rows) => rows.some((row) => row.unrecognised),
      (who) => say('warnings.xeroLeftOutTheID', { who }),
    ),
    ...warning(
      organisations,
      'noEmail',
      (_rows, accountId) => unaddressed.has(accountId),
      (who) => say('warnings.xeroHasNoEMail', { who }),
    ),
    ...unreadFields(organisations),
  ];
}

function warning(
  organisations: readonly RowsByAccount[],
  code: AccessWarning['code'],
  concerns: (rows: AccountRows, accountId: string) => boolean,
  sentence: (who: string) => string,
): readonly AccessWarning[] {
  const tally = new Tally();
  for (const accounts of organisations) {
    for (const [accountId, rows] of accounts) {
      if (concerns(rows, accountId)) tally.add(accountId, rows[0].organisation);
    }
  }
  const { count } = tally;
  return count === 0 ? [] : [{ code, message: sentence(tally.describe()), count }];
}

function unknownRoles(organisations: readonly RowsByAccount[]): readonly AccessWarning[] {
  return [...tallyBy(organisations, unknownNames)].map(([name, tally]) => ({
    code: 'unknownRole',
    message: say('warnings.xeroHasARoleThat', { name, tally: tally.describe() }),
    count: tally.count,
  }));
}

/** Fields that Xero sent in another form; who pays is a grant, so that one is told apart. */
function unreadFields(organisations: readonly RowsByAccount[]): readonly AccessWarning[] {
  const fields = tallyBy(organisations, (rows) => rows.flatMap(({ user }) => user.unread ?? []));
  return [...fields].map(([field, tally]) => ({
    code: 'unreadField',
    message: say('warnings.xeroSentOfInA', {
      field,
      tally: tally.describe(),
      field2:
        field === 'IsSubscriber'
          ? say('warnings.whoPaysMayBeMissing')
          : say('warnings.itIsLeftOutWho'),
    }),
    count: tally.count,
  }));
}

/** Tallies the accounts by each of their keys, in byte order of the keys. */
function tallyBy(
  organisations: readonly RowsByAccount[],
  keysOf: (rows: AccountRows) => Iterable<string>,
): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const accounts of organisations) {
    for (const [accountId, rows] of accounts) {
      for (const key of keysOf(rows)) {
        const tally = tallies.get(key) ?? new Tally();
        tallies.set(key, tally);
        tally.add(accountId, rows[0].organisation);
      }
    }
  }
  return new Map([...tallies].sort(([a], [b]) => byteOrder(a, b)));
}

function isUndisclosed(row: Row): boolean {
  return row.standing.kind === 'undisclosed';
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
