import type { PersonWarning } from '../../shared/access-kinds.ts';
import type { AccessOverview, OrganisationShown, RoleCount } from '../../shared/access-list.ts';
import { REMOVED, UNDISCLOSED, type Look } from './kept-look.ts';
import type { ListedLook } from './listed-people.ts';
import { domainsOf } from './own-domains.ts';
import { isOutside } from './query-people.ts';

/** What of an overview one look tells by itself. */
export type LookOverview = Omit<
  AccessOverview,
  'look' | 'confirmedAt' | 'looks' | 'unreadable' | 'view'
>;

/** What there is to filter by, counted. */
export function overviewOf(listed: ListedLook, chosen: readonly string[] | null): LookOverview {
  const { look, people } = listed;
  const present = people.filter((person) => person.present);
  const domains = domainsOf(listed, chosen);
  const own = new Set(domains.own);
  const holding = (is: (role: number, subscriber: boolean) => boolean): number =>
    people.filter(({ account }) => account.holds.some(([, role, pays]) => is(role, pays))).length;
  return {
    people: present.length,
    removed: holding((role) => role === REMOVED),
    undisclosed: holding((role) => role === UNDISCLOSED),
    subscribers: holding((role, pays) => role !== REMOVED && pays),
    outside: present.filter((person) => isOutside(person, own)).length,
    organisations: organisationsOf(look),
    roles: countRoles(look),
    warnings: countWarnings(listed),
    domains,
  };
}

/** How many can use one organisation or more. */
export function countPeople({ accounts }: Look): number {
  return accounts.filter(({ holds }) => holds.some(([, role]) => role !== REMOVED)).length;
}

/** The roles that somebody holds, the most privileged first. */
export function countRoles({ accounts, roles }: Look): readonly RoleCount[] {
  const counts = roles.map(() => 0);
  for (const { holds } of accounts) {
    for (const role of new Set(holds.map(([, held]) => held))) {
      if (role >= 0) counts[role] = (counts[role] ?? 0) + 1;
    }
  }
  return roles
    .map(({ id, name, order, known }, place) => ({
      id,
      name,
      order: known ? order : 0,
      people: counts[place] ?? 0,
    }))
    .filter(({ people }) => people > 0)
    .sort((a, b) => b.order - a.order);
}

function organisationsOf({ organisations, accounts }: Look): readonly OrganisationShown[] {
  const counts = organisations.map(() => 0);
  for (const { holds } of accounts) {
    const places = new Set(holds.filter(([, role]) => role !== REMOVED).map(([place]) => place));
    for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
  }
  return organisations.map((each, place) => ({ ...each, people: counts[place] ?? 0 }));
}

/** How many people each warning stands beside. */
export function countWarnings({ people }: ListedLook): LookOverview['warnings'] {
  const counts = new Map<PersonWarning, number>();
  for (const { warnings } of people) {
    for (const code of warnings) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => ({ code, people: count }));
}
