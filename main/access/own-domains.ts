import type { DomainsShown } from '../../shared/access-list.ts';
import { REMOVED } from './kept-look.ts';
import type { ListedLook, ListedPerson } from './listed-people.ts';

/** Where anybody gets an address: never a company's own. */
const PUBLIC: ReadonlySet<string> = new Set([
  'aol.com',
  'bigpond.com',
  'btinternet.com',
  'fastmail.com',
  'gmail.com',
  'gmx.com',
  'googlemail.com',
  'hotmail.co.uk',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'mac.com',
  'me.com',
  'msn.com',
  'outlook.com',
  'proton.me',
  'protonmail.com',
  'xtra.co.nz',
  'yahoo.co.uk',
  'yahoo.com',
  'yahoo.com.au',
  'ymail.com',
]);

/** As many as fit a list that is read. */
const SHOWN = 20;

/**
 * The company's own e-mail domains: those the admin chose, else the one that most people of each
 * organisation have, where two or more have it.
 */
export function domainsOf(listed: ListedLook, chosen: readonly string[] | null): DomainsShown {
  const present = listed.people.filter((person) => person.present);
  const found = ranked(present);
  return {
    own: chosen ?? guessed(listed, present),
    source: chosen === null ? 'guessed' : 'chosen',
    found: found.slice(0, SHOWN),
  };
}

function guessed({ look }: ListedLook, present: readonly ListedPerson[]): readonly string[] {
  const members = look.organisations.map((): ListedPerson[] => []);
  for (const person of present) {
    const places = new Set(
      person.account.holds.filter(([, role]) => role !== REMOVED).map(([place]) => place),
    );
    for (const place of places) members[place]?.push(person);
  }
  const most = members.flatMap((people) => {
    const [first] = ranked(people).filter(({ domain }) => !PUBLIC.has(domain));
    return first === undefined || first.people < 2 ? [] : [first.domain];
  });
  return [...new Set(most)].sort();
}

/** The domains of these people, the most frequent first. */
function ranked(people: readonly ListedPerson[]): { domain: string; people: number }[] {
  const counts = new Map<string, number>();
  for (const { domain } of people) {
    if (domain !== null) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return [...counts]
    .map(([domain, count]) => ({ domain, people: count }))
    .sort((a, b) => b.people - a.people || (a.domain < b.domain ? -1 : 1));
}
