import type { AccessFilter, ChangeKind, Since } from '../../../shared/access-list.ts';
import { WARNING_NAMES } from '../../../shared/access-words.ts';

/** The fixed words of the Access page. */
export const WORDS = {
  title: 'Access',
  lead: 'Who can use your organisations in Xero, and as what.',
  views: { people: 'People', changes: 'What changed', chart: 'Over time' },
  search: 'Search by name or e-mail address',
  people: 'People with access',
  changes: 'What changed',
  noneYet: 'Nobody is here yet',
  noneYetWhy:
    'After the first look at every organisation you govern, each person stands here with their role, and every later change is kept for 13 months.',
  check: 'Check Xero now',
  nobodyFits: 'Nobody fits all of this.',
  clear: 'Show everyone',
  nothingChanged: 'Nothing changed between these two looks.',
  nothingFits: 'No change fits this filter.',
  oneLook:
    'There is one kept look so far. Once a later one differs, what changed between them stands here.',
  takeOut: 'Save',
  export: 'This table, as CSV',
  saved: 'The table is saved.',
  report: 'Evidence report, as PDF',
  making: 'Making the report. Many people take a while.',
  reportSaved: 'The report is saved as',
  reportData: 'and its data beside it as',
  name: 'Person',
  access: 'Access',
  loading: 'Loading',
  subscriber: 'Subscriber',
  subscriberWhy: 'pays for it',
  undisclosed: 'Not told',
  removed: 'Removed',
  noEmail: 'No e-mail address',
  close: 'Close',
  openInXero: 'Open users in Xero',
  lastChanged: 'Last changed in Xero',
  notTold: 'Xero doesn’t say',
  toLookAt: 'To look at',
  holds: 'What they hold',
  accountId: 'Account ID in C1',
  ownDomains: 'Your e-mail domains',
  ownDomainsWhy: 'Whoever has another address counts as outside.',
  ownDomainsGuessed: 'Guessed from the addresses that most people of an organisation have.',
  save: 'Save',
  moreFilters: 'Add a filter',
  from: 'From',
  to: 'To',
  asTable: 'Show as a table',
  chartTitle: 'People by role',
  chartWhy:
    'Each line is a role: the people who hold it in one organisation or more, at every kept look.',
} as const;

export const CHANGE_NAMES: Readonly<Record<ChangeKind, string>> = {
  joined: 'joined',
  left: 'left',
  role: 'changed role',
  subscriber: 'changed who pays',
  details: 'changed name or address',
};

/** Several people of one role: "Advisers", "Read only users". */
export function rolePeople(role: string): string {
  return role === 'Adviser' ? 'Advisers' : `${role} users`;
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
    organisation === null ? '' : `in ${names.organisation(organisation)}`,
    only.includes('subscribers') ? 'who pay for it' : '',
    only.includes('outside') ? outsideOf(names.domains) : '',
    warning === null
      ? ''
      : `with ${warning === 'any' ? 'something to look at' : WARNING_NAMES[warning]}`,
    search.trim() === '' ? '' : `matching “${search.trim()}”`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export const WHO = {
  everyone: 'Everyone',
  undisclosed: 'People in a role Xero doesn’t tell',
  removed: 'People removed in Xero',
} as const;

export function outsideOf(domains: readonly string[]): string {
  const [first, ...others] = domains;
  if (first === undefined) return 'outside your e-mail domains';
  return others.length === 0 ? `outside ${first}` : `outside ${first} and ${others.length} more`;
}

/** "since 12 Nov 2026", or "since before 3 Nov 2026" where the first look had it already. */
export function sinceWords({ kind, at }: Since): string {
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(at);
  return kind === 'from' ? `since ${day}` : `since before ${day}`;
}

/** When a look was taken, to choose by. */
export function lookWords(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
