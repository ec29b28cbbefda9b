import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { clientIdInvalid, clientIdLooksLikeC1 } from './errors.ts';

/** What can be wrong with a pasted client ID or secret of a Xero app, each with its fix. */

const COPY_ID = say('pasteProblems.copyTheClientIDFrom');
const COPY_SECRET = say('pasteProblems.copyTheClientSecretWhen');

function idWrong(what: string, fix = COPY_ID): Failure {
  return { code: 'xeroClientIdInvalid', message: `${what} ${fix}`, next: 'tryAgain' };
}

function secretWrong(what: string, fix = COPY_SECRET): Failure {
  return { code: 'xeroSecretInvalid', message: `${what} ${fix}`, next: 'tryAgain' };
}

export const clientIdProblem = {
  empty: idWrong(say('pasteProblems.theClientIDIsEmpty')),
  clientIdOfC1: clientIdLooksLikeC1,
  secretOfC1: idWrong(say('pasteProblems.thisIsAC1Client')),
  address: idWrong(say('pasteProblems.thisIsAnAddressNot')),
  token: idWrong(say('pasteProblems.thisIsATokenNot')),
  masked: idWrong(say('pasteProblems.theseAreTheDotsThat')),
  both: idWrong(
    say('pasteProblems.twoValuesStandInThis'),
    say('pasteProblems.hereGoesTheClientID'),
  ),
  swapped: idWrong(
    say('pasteProblems.theClientIDAndThe'),
    say('pasteProblems.swapThemTheClientID'),
  ),
  isSecret: idWrong(say('pasteProblems.thisLooksLikeTheClient')),
  invalid: clientIdInvalid,
} as const;

export const secretProblem = {
  empty: secretWrong(say('pasteProblems.theClientSecretIsEmpty')),
  isClientId: secretWrong(say('pasteProblems.thisIsAClientID')),
  same: secretWrong(say('pasteProblems.theSameIsInBoth')),
  clientIdOfC1: secretWrong(say('pasteProblems.thisIsAC1ClientID')),
  secretOfC1: secretWrong(say('pasteProblems.thisIsAC1Client')),
  address: secretWrong(say('pasteProblems.thisIsAnAddressNotThe')),
  token: secretWrong(say('pasteProblems.thisIsATokenNotThe')),
  masked: secretWrong(say('pasteProblems.theseAreTheDotsThatStand')),
  both: secretWrong(
    say('pasteProblems.twoValuesStandInThis'),
    say('pasteProblems.hereGoesTheClientSecret'),
  ),
  spaced: secretWrong(say('pasteProblems.theClientSecretHasA')),
  damaged: secretWrong(say('pasteProblems.theClientSecretHoldsCharacters')),
  short: (characters: number) =>
    secretWrong(say('pasteProblems.theClientSecretWasCut', { characters })),
  long: secretWrong(say('pasteProblems.thisIsTooLongFor')),
} as const;
