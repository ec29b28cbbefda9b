import type { AccessView } from './access-list.ts';

/** What a reviewer should know of one person. */
export const PERSON_WARNINGS = [
  'unknownRole',
  'undisclosedRole',
  'twoRoles',
  'noGlobalUserId',
  'noEmail',
  'unreadField',
  'sameEmail',
  'removedElsewhere',
] as const;
export type PersonWarning = (typeof PERSON_WARNINGS)[number];

/** What is shown before anything else is chosen. */
export const everybody: AccessView = {
  filter: { search: '', who: { kind: 'everyone' }, organisation: null, only: [], warning: null },
  sort: { by: 'name', direction: 'ascending' },
};

/** How a person's access can have changed between two looks. */
export const CHANGE_KINDS = ['joined', 'left', 'role', 'subscriber', 'details'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
