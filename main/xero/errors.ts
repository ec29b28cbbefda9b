import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { STARTER_CONNECTIONS, UNCERTIFIED_APPS } from '../../shared/words.ts';

/** Every way in which Xero's side can fail, each with its sentence and its one next step. */

const MINUTE = 60_000;

export const signInCancelled: Failure = {
  code: 'signInCancelled',
  message: say('xeroErrors.theSignInWasCancelled'),
  next: 'signInToXero',
};

export const readingCancelled: Failure = {
  code: 'cancelled',
  message: say('xeroErrors.lookingAtXeroWasStopped'),
  next: 'checkXeroNow',
};

export const signInTimedOut: Failure = {
  code: 'signInTimedOut',
  message: say('xeroErrors.noAnswerCameFromXero'),
  next: 'signInToXero',
};

/** The ceiling on an app's connections, which Xero shows on a page of its own (xero.md §2). */
export function signInTimedOutAtLimit(connections: number): Failure {
  return {
    code: 'signInTimedOut',
    message: say('xeroErrors.noAnswerCameFromXeroWithin', {
      connections,
      starterConnections: STARTER_CONNECTIONS,
    }),
    next: 'signInToXero',
  };
}

/** Xero said on the redirect that there are too many connections, of the app or of the organisation. */
function connectionLimit(error: string): Failure {
  return {
    code: 'connectionLimit',
    message: say('xeroErrors.xeroDoesntAllowThisApp', {
      starterConnections: STARTER_CONNECTIONS,
      uncertifiedApps: UNCERTIFIED_APPS,
    }),
    next: 'signInToXero',
    detail: `Xero answered: ${error}`,
  };
}

export const signInDenied: Failure = {
  code: 'signInDenied',
  message: say('xeroErrors.accessWasNotAllowedOn'),
  next: 'signInToXero',
};

export const signInStateMismatch: Failure = {
  code: 'signInStateMismatch',
  message: say('xeroErrors.anAnswerArrivedThatDoesnt'),
  next: 'signInToXero',
};

export const signInRepeated: Failure = {
  code: 'signInStateMismatch',
  message: say('xeroErrors.thisAnswerFromXeroWas'),
  next: 'signInToXero',
};

export function signInRefused(error: string, description = ''): Failure {
  if (/connection.?limit/i.test(`${error} ${description}`)) return connectionLimit(error);
  return {
    code: 'signInRefused',
    message: say('xeroErrors.xeroRefusedTheSignIn'),
    next: 'signInToXero',
    detail: `Xero answered: ${error}`,
  };
}

export function signInIncomplete(detail: string): Failure {
  return {
    code: 'signInIncomplete',
    message: say('xeroErrors.xerosAnswerToTheSign'),
    next: 'signInToXero',
    detail,
  };
}

/** Nothing comes back to a sign-in that was broken off: unlike a look, it is for somebody to begin again. */
export function signInInterrupted(because: Failure): Failure {
  switch (because.code) {
    case 'xeroUnreachable':
    case 'xeroAnswerUnreadable':
      return {
        ...because,
        message: say('xeroErrors.xeroCantBeReachedSo'),
        next: 'signInToXero',
      };
    case 'xeroUnavailable':
    case 'xeroRateLimited':
      return {
        ...because,
        message: say('xeroErrors.xeroHasAProblemOf'),
        next: 'signInToXero',
      };
    default:
      return because;
  }
}

export function portsTaken(ports: readonly number[]): Failure {
  const list = ports.join(', ');
  return {
    code: 'portsTaken',
    message: say('xeroErrors.otherProgramsOnThisComputer', { list }),
    next: 'freePorts',
  };
}

export const clientIdInvalid: Failure = {
  code: 'xeroClientIdInvalid',
  message: say('xeroErrors.aXeroClientIDIs'),
  next: 'tryAgain',
};

export const clientIdLooksLikeC1: Failure = {
  code: 'xeroClientIdInvalid',
  message: say('xeroErrors.thisIsAC1Client'),
  next: 'tryAgain',
};

export function signedOut(detail?: string): Failure {
  return {
    code: 'xeroSignedOut',
    message: say('xeroErrors.xeroSignedYouOutSign'),
    next: 'signInToXero',
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Xero gave a new refresh token and it couldn't be stored; the old one works for 30 minutes more (xero.md §2). */
export function notStored(because: Failure): Failure {
  const deadline = say('xeroErrors.doItWithin30Minutes');
  return { ...because, message: `${because.message} ${deadline}` };
}

/** A sign-in that couldn't be renewed for long; Xero ends it after 60 days (xero.md §2). */
export function endsUnused(because: Failure, days: number): Failure {
  const warning = say('xeroErrors.xeroEndsASignIn', { days });
  return { ...because, message: `${because.message} ${warning}` };
}

export const scopeMissing: Failure = {
  code: 'xeroScopeMissing',
  message: say('xeroErrors.xeroDoesntLetThisSign'),
  next: 'signInToXero',
};

export function clientRejected(detail: string): Failure {
  return {
    code: 'xeroClientRejected',
    message: say('xeroErrors.xeroDoesntAcceptThisApps'),
    next: 'signInToXero',
    detail,
  };
}

export const noOrganisation: Failure = {
  code: 'noOrganisation',
  message: say('xeroErrors.noOrganisationIsConnectedSign'),
  next: 'signInToXero',
};

export function rateLimited(
  problem: string,
  retryAt: number,
  now: number,
  detail: string,
): Failure {
  const minutes = Math.max(1, Math.ceil((retryAt - now) / MINUTE));
  const when =
    minutes < 90
      ? say('xeroErrors.inMin', { minutes })
      : say('xeroErrors.inHours', { hours: Math.ceil(minutes / 60) });
  const limit =
    problem === 'day'
      ? say('xeroErrors.xerosDailyLimitIsUsed')
      : say('xeroErrors.xeroAsksForAPause');
  return {
    code: 'xeroRateLimited',
    message: say('xeroErrors.weLookAgainByOurselves', { limit, when }),
    next: 'wait',
    detail,
    retryAt,
  };
}

export function unavailable(detail: string): Failure {
  return {
    code: 'xeroUnavailable',
    message: say('xeroErrors.xeroHasAProblemOfIts'),
    next: 'wait',
    detail,
  };
}

export function unreachable(detail: string): Failure {
  return {
    code: 'xeroUnreachable',
    message: say('xeroErrors.xeroCantBeReachedNothing'),
    next: 'wait',
    detail,
  };
}

export function unreadable(detail: string): Failure {
  return {
    code: 'xeroAnswerUnreadable',
    message: say('xeroErrors.whatCameBackIsntAn'),
    next: 'checkXeroNow',
    detail,
  };
}

export function cutShort(detail: string): Failure {
  return {
    code: 'xeroAnswerUnreadable',
    message: say('xeroErrors.xerosAnswerBrokeOffBefore'),
    next: 'checkXeroNow',
    detail,
  };
}

export function tooLarge(detail: string): Failure {
  return {
    code: 'xeroAnswerUnreadable',
    message: say('xeroErrors.xerosAnswerIsLargerThan'),
    next: 'checkXeroNow',
    detail,
  };
}

/** What the app can't do without is missing or of another kind: an id, or somebody's role. */
export function unknownForm(detail: string): Failure {
  return {
    code: 'xeroAnswerUnreadable',
    message: say('xeroErrors.xerosAnswerHasAForm'),
    next: 'reportProblem',
    detail,
  };
}

export function requestRefused(detail: string): Failure {
  return {
    code: 'xeroRequestRefused',
    message: say('xeroErrors.xeroRefusedTheRequestCheck'),
    next: 'reportProblem',
    detail,
  };
}
