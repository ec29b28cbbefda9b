import {
  good,
  neutral,
  bad,
  detail,
  troubleOf,
  first,
  whoOf,
  appOf,
  number,
} from './history-told.ts';
import { inWords } from './language/formats.ts';
import type { Of, Told } from './history-told.ts';
import { say } from './language/say.ts';

/** What the admin does at Xero is in its own words (Settings, Connected apps). */
const MAY_REMAIN = say('historyWords.signedOutOnThisComputer');

export function ofSignIn(event: Of<'signIn'>): Told {
  switch (event.what) {
    case 'signedIn':
      return good(say('common.signedInToXero'), ...whoOf(event.who), appOf(event.app));
    case 'failed':
      return bad(
        say('historyWords.theSignInToXero', { because: first(event.because) }),
        ...troubleOf(event.because),
      );
    case 'nothingNew':
      return neutral(say('historyWords.nothingNewWasConnectedThe'), ...whoOf(event.who));
    case 'ended':
      return bad(
        say('historyWords.xeroEndedTheSignIn', { because: first(event.because) }),
        ...whoOf(event.who),
        ...troubleOf(event.because),
      );
    case 'secretChanged':
      return good(say('historyWords.xeroTookTheNewClient'), ...whoOf(event.who), appOf(event.app));
    case 'appChanged':
      return good(say('historyWords.theNewXeroAppTookOver'), ...whoOf(event.who), appOf(event.app));
    case 'signedOut':
      return ofSignedOut(event);
  }
}

function ofSignedOut({ who, consent }: Extract<Of<'signIn'>, { what: 'signedOut' }>): Told {
  switch (consent) {
    case 'left':
      return neutral(say('historyWords.signedOutOfXeroOn'), ...whoOf(who));
    case 'givenBack':
      return neutral(say('historyWords.signedOutOfXero'), ...whoOf(who));
    case 'mayRemain':
      return bad(MAY_REMAIN, ...whoOf(who));
  }
}

export function ofOrganisation(event: Of<'organisation'>): Told {
  switch (event.what) {
    case 'chosen':
      return neutral(
        say('historyWords.chosenToBeGoverned', {
          organisations: say('count.organisation', { count: event.names.length }),
        }),
        detail(say('common.organisations'), event.names.join(', ')),
      );
    case 'connected':
      return good(
        say('historyWords.connectedAtXero', {
          names: inWords(event.names),
          count: event.names.length,
        }),
      );
    case 'disconnected':
      return neutral(say('historyWords.wasDisconnectedFromXero', { name: event.name }));
    case 'unreadable':
      return bad(
        say('historyWords.cantBeReadAnyMore', { name: event.name, because: first(event.because) }),
        ...troubleOf(event.because),
      );
    case 'readAgain':
      return good(say('historyWords.canBeReadAgain', { name: event.name }));
  }
}

export function ofLook(event: Of<'look'>): Told {
  switch (event.what) {
    case 'changed':
      return neutral(
        say('historyWords.accessInXeroChangedJoined', {
          joined: number(event.joined),
          left: number(event.left),
          changedRole: number(event.changedRole),
        }),
      );
    case 'failed':
      return bad(
        say('historyWords.theLookAtXeroFailed', { because: first(event.because) }),
        ...troubleOf(event.because),
      );
    case 'wellAgain':
      return good(say('historyWords.xeroCanBeLookedAt'));
  }
}
