import type { AccessFilter, AccessSort, AccessView } from '../../shared/access-list.ts';
import { REMOVED, UNDISCLOSED } from './kept-look.ts';
import { folded, type ListedLook, type ListedPerson } from './listed-people.ts';

/** The people of a look whom a filter lets through, in the order asked for. */
export function queryPeople(
  listed: ListedLook,
  { filter, sort }: AccessView,
  ownDomains: readonly string[],
): readonly ListedPerson[] {
  const tests = testsOf(filter, listed, new Set(ownDomains));
  const found = listed.people.filter((person) => tests.every((test) => test(person)));
  return inOrder(found, sort);
}

type Test = (person: ListedPerson) => boolean;

/** The conditions of a filter, the cheapest first. */
function testsOf(
  filter: AccessFilter,
  { look, roles }: ListedLook,
  own: ReadonlySet<string>,
): readonly Test[] {
  const { who, organisation, only, warning, search } = filter;
  const tests: Test[] = [];
  const place =
    organisation === null ? null : look.organisations.findIndex(({ id }) => id === organisation);
  const role = who.kind === 'role' ? roles.findIndex(({ id }) => id === who.role) : null;
  const pays = only.includes('subscribers');
  // One holding has it all: an adviser in Acme is no adviser elsewhere who reads in Acme.
  tests.push(({ account }) =>
    account.holds.some(
      ([at, held, subscriber]) =>
        (place === null || at === place) && isWanted(held, who.kind, role) && (!pays || subscriber),
    ),
  );
  if (only.includes('outside')) tests.push((person) => isOutside(person, own));
  if (warning === 'any') tests.push(({ warnings }) => warnings.length > 0);
  else if (warning !== null) tests.push(({ warnings }) => warnings.includes(warning));
  const words = folded(search).split(/\s+/).filter(Boolean);
  for (const word of words) tests.push(({ text }) => text.includes(word));
  return tests;
}

function isWanted(held: number, who: AccessFilter['who']['kind'], role: number | null): boolean {
  switch (who) {
    case 'everyone':
      return held !== REMOVED;
    case 'role':
      return held >= 0 && held === role;
    case 'undisclosed':
      return held === UNDISCLOSED;
    case 'removed':
      return held === REMOVED;
  }
}

/** Under none of the company's own addresses; of whom there is no address, nobody can say. */
export function isOutside({ domain }: ListedPerson, own: ReadonlySet<string>): boolean {
  return domain !== null && own.size > 0 && !own.has(domain);
}

/** `people` comes by name, ascending; a sort that finds two alike leaves them so. */
function inOrder(
  people: readonly ListedPerson[],
  { by, direction }: AccessSort,
): readonly ListedPerson[] {
  const sign = direction === 'ascending' ? 1 : -1;
  switch (by) {
    case 'name':
      return sign === 1 ? people : people.toReversed();
    case 'email':
      return people.toSorted((a, b) => sign * compare(a.account.email, b.account.email));
    case 'changed':
      return people.toSorted(
        (a, b) => sign * ((a.account.changedAt ?? 0) - (b.account.changedAt ?? 0)),
      );
  }
}

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  // Without an address comes last.
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
