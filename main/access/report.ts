import { createHash } from 'node:crypto';
import { everybody } from '../../shared/access-kinds.ts';
import { changeSentence } from '../../shared/access-words.ts';
import type {
  ReportedChanges,
  ReportedLook,
  ReportedOrganisation,
  ReportedPerson,
} from '../../shared/access-report.ts';
import { csvPieces } from '../csv.ts';
import { REMOVED, UNDISCLOSED } from './kept-look.ts';
import { heldBy, peopleTable } from './list-tables.ts';
import type { ListedLook, ListedPerson } from './listed-people.ts';
import type { LookChanges } from './look-changes.ts';
import { countRoles, countWarnings } from './look-overview.ts';
import { personOf } from './person-view.ts';
import { queryPeople } from './query-people.ts';

/**
 * Rows of a table that a document still takes: 2,000 fill about 70 pages. Laying out ten times as many takes minutes
 * and gigabytes, for a table that nobody reads on paper; the data beside the report holds everybody in any case.
 */
const MOST_ROWS = 2000;

/** A report's content with the file that it tells of. */
export interface MadeReport {
  readonly report: ReportedLook;
  readonly csv: Uint8Array;
}

/** @param changes what is different from the look that the report goes back to; null without one */
export function reportOf(listed: ListedLook, changes: LookChanges | null): MadeReport {
  const { look } = listed;
  const people = queryPeople(listed, everybody, []);
  const { columns, rows } = peopleTable(people, listed);
  const csv = Buffer.from([...csvPieces(columns, rows)].join(''));
  const reported = people.map((person) => reportedPerson(person, listed));
  const lines = reported.reduce((sum, { holds }) => sum + holds.length, 0);
  const roles = countRoles(look);
  return {
    csv,
    report: {
      organisations: look.organisations.map(({ id, name, demo }, place) => ({
        id,
        name,
        demo,
        ...organisationOf(place, people, listed, roles),
      })),
      roles,
      counts: {
        people: people.length,
        removed: listed.people.filter(({ present }) => !present).length,
      },
      warnings: countWarnings(listed),
      changes: changes === null ? null : reportedChanges(changes),
      people: lines <= MOST_ROWS ? reported : null,
      data: {
        sha256: createHash('sha256').update(csv).digest('hex'),
        bytes: csv.length,
        rows: lines,
      },
    },
  };
}

function reportedPerson(person: ListedPerson, listed: ListedLook): ReportedPerson {
  const told = personOf(person, listed);
  const { id, name, email, warnings } = told;
  return { id, name, email, warnings, holds: heldBy(told) };
}

function reportedChanges({ all, counts, added, gone }: LookChanges): ReportedChanges {
  const rows = all.slice(0, MOST_ROWS).map((change) => ({
    name: change.person.name,
    email: change.person.email,
    sentence: changeSentence(change),
  }));
  return { counts, rows, total: all.length, added, gone };
}

function organisationOf(
  place: number,
  people: readonly ListedPerson[],
  { look }: ListedLook,
  roles: ReportedLook['roles'],
): Pick<ReportedOrganisation, 'people' | 'roles' | 'undisclosed' | 'subscribers'> {
  const there = people.flatMap(({ account }) => {
    const holds = account.holds.filter(([at, role]) => at === place && role !== REMOVED);
    return holds.length === 0 ? [] : [{ name: account.name, holds }];
  });
  const holding = (wanted: number) =>
    there.filter(({ holds }) => holds.some(([, role]) => role === wanted)).length;
  return {
    people: there.length,
    roles: roles.map(({ id }) => holding(look.roles.findIndex((role) => role.id === id))),
    undisclosed: holding(UNDISCLOSED),
    subscribers: there
      .filter(({ holds }) => holds.some(([, , subscriber]) => subscriber))
      .map(({ name }) => name),
  };
}
