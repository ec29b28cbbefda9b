import type { PersonWarning } from './access-kinds.ts';
import type { AccessChange } from './access-list.ts';
import { say } from './language/say.ts';
import { inWords } from './language/formats.ts';

/** Sentences on people and their access, which the window and the exported tables say alike. */

/** What a warning means for the one person whom it stands beside. */
export const WARNING_SENTENCES: Readonly<Record<PersonWarning, string>> = {
  unknownRole: say('accessWords.xeroHasARoleFor'),
  undisclosedRole: say('accessWords.xeroDoesntSayTheirRole'),
  twoRoles: say('accessWords.xeroListsThemWithTwo'),
  noGlobalUserId: say('accessWords.xeroLeftOutTheID'),
  noEmail: say('accessWords.xeroHasNoEMail'),
  unreadField: say('accessWords.xeroSentSomethingAboutThem'),
  sameEmail: say('accessWords.anotherAccountHasTheSame'),
  removedElsewhere: say('accessWords.theyWereRemovedFromOne'),
};

/** The same, short, to choose by. */
export const WARNING_NAMES: Readonly<Record<PersonWarning, string>> = {
  unknownRole: say('accessWords.aRoleThisAppDoesnt'),
  undisclosedRole: say('accessWords.aRoleXeroDoesntTell'),
  twoRoles: say('accessWords.twoRolesAtOnce'),
  noGlobalUserId: say('accessWords.noIDAcrossOrganisations'),
  noEmail: say('accessWords.noEMailAddress'),
  unreadField: say('accessWords.somethingUnreadable'),
  sameEmail: say('accessWords.aSharedEMailAddress'),
  removedElsewhere: say('accessWords.accessLeftAfterARemoval'),
};

/** "Joined Acme Ltd as Adviser.": what changed for somebody, in one sentence. */
export function changeSentence({ kind, organisation, before, after }: AccessChange): string {
  const where = organisation?.name ?? '';
  switch (kind) {
    case 'joined':
      return say('accessWords.joinedAs', { where, after: inWords(after) });
    case 'left':
      return say('accessWords.leftWhereTheyWere', { where, before: inWords(before) });
    case 'role':
      return say('accessWords.wentFromToIn', {
        before: inWords(before),
        after: inWords(after),
        where,
      });
    case 'subscriber':
      return after.length > 0
        ? say('accessWords.becameTheSubscriberOfWho', { where })
        : say('accessWords.isNoLongerTheSubscriber', { where });
    case 'details':
      return say('accessWords.isNowWas', { after: inWords(after), before: inWords(before) });
  }
}
