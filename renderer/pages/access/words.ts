import type { ChangeKind } from '../../../shared/access-kinds.ts';
import type { AccessFilter, Since } from '../../../shared/access-list.ts';
import { WARNING_NAMES } from '../../../shared/access-words.ts';
import { say } from '../../../shared/language/say.ts';
import { dateFormat } from '../../../shared/language/formats.ts';

/** What the page's views, changes and people are called. */

export const VIEWS = {
  people: say('common.people'),
  changes: say('common.whatChanged'),
  chart: say('access.overTime'),
} as const;

export const CHANGE_NAMES: Readonly<Record<ChangeKind, string>> = {
  joined: say('common.joined'),
  left: say('common.left'),
  role: say('access.changedRole'),
  subscriber: say('common.changedWhoPays'),
  details: say('access.changedNameOrAddress'),
};

export const WHO = {
  everyone: say('access.everyone'),
  undisclosed: say('access.peopleInARoleXero'),
  removed: say('access.peopleRemovedInXero'),
} as const;

/** Several people of one role: "Advisers", "Read only users". */
export function rolePeople(role: string): string {
  return role === 'Adviser' ? say('access.advisers') : say('access.roleUsers', { role });
}

/** A filter as the end of a sentence: "Advisers in Acme Ltd outside example.com". */
export function filterSentence(
  filter: AccessFilter,
  names: {
    readonly role: (id: string) => string;
    readonly organisation: (id: string) => string;
    readonly domains: readonly string[];
  },
): string {
  const { who, organisation, only, warning, search } = filter;
  return [
    who.kind === 'role' ? rolePeople(names.role(who.role)) : WHO[who.kind],
    organisation === null
      ? ''
      : say('access.inOrganisation', { organisation: names.organisation(organisation) }),
    only.includes('subscribers') ? say('common.whoPayForIt') : '',
    only.includes('outside') ? outsideOf(names.domains) : '',
    warning === null
      ? ''
      : say('common.with', {
          warning: warning === 'any' ? say('common.somethingToLookAt') : WARNING_NAMES[warning],
        }),
    search.trim() === '' ? '' : say('access.matchingSearch', { search: search.trim() }),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function outsideOf(domains: readonly string[]): string {
  const [first, ...others] = domains;
  if (first === undefined) return say('access.outsideYourEMailDomains');
  return others.length === 0
    ? say('access.outsideFirst', { first })
    : say('access.outsideAndMore', { first, others: others.length });
}

/** "since 12 Nov 2026", or "since before 3 Nov 2026" where the first look had it already. */
export function sinceWords({ kind, at }: Since): string {
  const day = dateFormat({ dateStyle: 'medium' }).format(at);
  return kind === 'from' ? say('access.sinceDay', { day }) : say('access.sinceBefore', { day });
}

/** When a look was taken, to choose by. */
export function lookWords(at: number): string {
  return dateFormat({
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(at);
}
