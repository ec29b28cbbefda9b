import type { AccessChange, PersonWarning } from './access-list.ts';

/** Sentences on people and their access, which the window and the exported tables say alike. */

/** What a warning means for the one person whom it stands beside. */
export const WARNING_SENTENCES: Readonly<Record<PersonWarning, string>> = {
  unknownRole: 'Xero has a role for them that this app doesn’t know. It is synced as it is.',
  undisclosedRole: 'Xero doesn’t say their role. They are synced as a member, in no role.',
  twoRoles: 'Xero lists them with two roles in one organisation. Both are kept.',
  noGlobalUserId:
    'Xero left out the ID by which they can be recognised in other organisations, so they may have another account there.',
  noEmail: 'Xero has no e-mail address for them, so C1 can’t match them to one of its users.',
  unreadField: 'Xero sent something about them in a form that this app doesn’t know.',
  sameEmail: 'Another account has the same e-mail address. The two may be one person.',
  removedElsewhere: 'They were removed from one organisation and can still use another.',
};

/** The same, short, to choose by. */
export const WARNING_NAMES: Readonly<Record<PersonWarning, string>> = {
  unknownRole: 'a role this app doesn’t know',
  undisclosedRole: 'a role Xero doesn’t tell',
  twoRoles: 'two roles at once',
  noGlobalUserId: 'no ID across organisations',
  noEmail: 'no e-mail address',
  unreadField: 'something unreadable',
  sameEmail: 'a shared e-mail address',
  removedElsewhere: 'access left after a removal',
};

/** "Joined Acme Ltd as Adviser.": what changed for somebody, in one sentence. */
export function changeSentence({ kind, organisation, before, after }: AccessChange): string {
  const where = organisation?.name ?? '';
  switch (kind) {
    case 'joined':
      return `Joined ${where} as ${listed(after)}.`;
    case 'left':
      return `Left ${where}, where they were ${listed(before)}.`;
    case 'role':
      return `Went from ${listed(before)} to ${listed(after)} in ${where}.`;
    case 'subscriber':
      return after.length > 0
        ? `Became the subscriber of ${where}, who pays for it.`
        : `Is no longer the subscriber of ${where}.`;
    case 'details':
      return `Is now ${listed(after)}; was ${listed(before)}.`;
  }
}

function listed(texts: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(texts);
}
