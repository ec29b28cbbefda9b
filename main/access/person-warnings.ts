import { say } from '../../shared/language/say.ts';
import type { Row } from './accounts.ts';
import { personId } from './ids.ts';
import { trimmed } from './profile.ts';
import { Tally } from './tally.ts';
import type { AccessWarning } from './types.ts';

/**
 * What shows only when the rows of all organisations are seen together. A person is known by Xero's
 * id of them, whatever ids the accounts go by; takes the rows in order of their organisations.
 */
export function findPersonWarnings(rows: readonly Row[]): readonly AccessWarning[] {
  return [...sharedEmails(rows), ...removedElsewhere(rows)];
}

/** One e-mail address under several ids: perhaps one person, whom nothing here joins (product.md §2). */
function sharedEmails(rows: readonly Row[]): readonly AccessWarning[] {
  const firstBy = new Map<string, Row>();
  const shared = new Map<string, Row[]>();
  for (const row of rows) {
    const address = isPresent(row) ? comparableAddress(row) : null;
    if (address === null) continue;
    const first = firstBy.get(address);
    if (first === undefined) firstBy.set(address, row);
    else if (personOf(first) !== personOf(row)) {
      const sharing = shared.get(address);
      if (sharing === undefined) shared.set(address, [first, row]);
      else sharing.push(row);
    }
  }
  if (shared.size === 0) return [];
  const tally = new Tally();
  for (const row of [...shared.values()].flat()) tally.add(personOf(row), row.organisation);
  const message = say('personWarnings.sharedAddresses', {
    addresses: shared.size,
    accounts: tally.describe('count.account'),
  });
  return [{ code: 'sameEmail', message, count: tally.count }];
}

/** Where accounts go by UserID on purpose and the person isn't known, another organisation's rows say nothing. */
function comparableAddress(row: Row): string | null {
  const email = trimmed(row.user.email)?.toLowerCase() ?? null;
  if (email === null) return null;
  const apart = personId(row.user) === null && !row.unrecognised;
  return apart ? `${email} ${row.organisationId}` : email;
}

/** Somebody removed from one organisation who is still in another: a leaver half gone. */
function removedElsewhere(rows: readonly Row[]): readonly AccessWarning[] {
  const removed = rows.filter((row) => !isPresent(row));
  if (removed.length === 0) return [];
  const present = new Map<string, Set<string>>();
  for (const row of rows.filter(isPresent)) {
    const organisations = present.get(personOf(row)) ?? new Set();
    present.set(personOf(row), organisations.add(row.organisationId));
  }
  const tally = new Tally();
  for (const row of removed) {
    const organisations = present.get(personOf(row));
    if (organisations !== undefined && !organisations.has(row.organisationId)) {
      tally.add(personOf(row), row.organisation);
    }
  }
  if (tally.count === 0) return [];
  const message = say('personWarnings.xeroListsAsRemovedWho', { tally: tally.describe() });
  return [{ code: 'removedElsewhere', message, count: tally.count }];
}

function personOf({ user, accountId }: Row): string {
  return personId(user) ?? accountId;
}

function isPresent({ standing }: Row): boolean {
  return standing.kind !== 'removed';
}
