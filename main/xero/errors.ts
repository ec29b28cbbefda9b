import type { Failure } from '../../shared/errors.ts';
import { STARTER_CONNECTIONS, UNCERTIFIED_APPS } from '../../shared/words.ts';

/** Every way in which Xero's side can fail, each with its sentence and its one next step. */

const MINUTE = 60_000;

export const signInCancelled: Failure = {
  code: 'signInCancelled',
  message: 'The sign-in was cancelled. Nothing was changed.',
  next: 'signInToXero',
};

export const readingCancelled: Failure = {
  code: 'cancelled',
  message: 'Looking at Xero was stopped before it was done. Nothing was changed.',
  next: 'checkXeroNow',
};

export const signInTimedOut: Failure = {
  code: 'signInTimedOut',
  message:
    'No answer came from Xero within five minutes. If Xero showed an error page, compare the client ID and the redirect URIs there with the ones shown here, then sign in again.',
  next: 'signInToXero',
};

/** The ceiling on an app's connections, which Xero shows on a page of its own (xero.md §2). */
export function signInTimedOutAtLimit(connections: number): Failure {
  return {
    code: 'signInTimedOut',
    message: `No answer came from Xero within five minutes. This Xero app has ${connections} connections, and Xero’s free tier takes ${STARTER_CONNECTIONS}: if Xero showed that a limit is reached, disconnect an organisation or move the app to a higher tier at Xero. If it showed another error, compare the client ID and the redirect URIs. Then connect again.`,
    next: 'signInToXero',
  };
}

/** Xero said on the redirect that there are too many connections, of the app or of the organisation. */
function connectionLimit(error: string): Failure {
  return {
    code: 'connectionLimit',
    message: `Xero doesn’t allow this app one more connection. An app on Xero’s free tier takes ${STARTER_CONNECTIONS}, and an organisation takes ${UNCERTIFIED_APPS} apps that Xero hasn’t certified. Disconnect one, or move the app to a higher tier at Xero, then connect again.`,
    next: 'signInToXero',
    detail: `Xero answered: ${error}`,
  };
}

export const signInDenied: Failure = {
  code: 'signInDenied',
  message:
    'Access was not allowed on Xero’s page, so nothing was connected. Sign in again to allow it.',
  next: 'signInToXero',
};

export const signInStateMismatch: Failure = {
  code: 'signInStateMismatch',
  message:
    'An answer arrived that doesn’t belong to this sign-in, and was ignored. Go on in the newest browser tab, or sign in again.',
  next: 'signInToXero',
};

export const signInRepeated: Failure = {
  code: 'signInStateMismatch',
  message: 'This answer from Xero was used already. Go back to the app.',
  next: 'signInToXero',
};

export function signInRefused(error: string, description = ''): Failure {
  if (/connection.?limit/i.test(`${error} ${description}`)) return connectionLimit(error);
  return {
    code: 'signInRefused',
    message:
      'Xero refused the sign-in. Compare the client ID and the redirect URIs with those on the app’s page at Xero, then sign in again.',
    next: 'signInToXero',
    detail: `Xero answered: ${error}`,
  };
}

export function signInIncomplete(detail: string): Failure {
  return {
    code: 'signInIncomplete',
    message: 'Xero’s answer to the sign-in was incomplete. Sign in again.',
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
        message:
          'Xero can’t be reached, so the sign-in wasn’t finished. Check the internet connection, then sign in again; a network sign-in page or a proxy may be in the way.',
        next: 'signInToXero',
      };
    case 'xeroUnavailable':
    case 'xeroRateLimited':
      return {
        ...because,
        message:
          'Xero has a problem of its own at the moment, so the sign-in wasn’t finished. Sign in again in a few minutes.',
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
    message: `Other programs on this computer use the ports ${list}, which Xero needs to send its answer. Close the program that holds one of them, or restart the computer, then sign in again.`,
    next: 'freePorts',
  };
}

export const clientIdInvalid: Failure = {
  code: 'xeroClientIdInvalid',
  message:
    'A Xero client ID is 32 letters from a to f and digits. Copy it from the Configuration page of your app at Xero.',
  next: 'tryAgain',
};

export const clientIdLooksLikeC1: Failure = {
  code: 'xeroClientIdInvalid',
  message:
    'This is a C1 client ID. Here goes the client ID of your app at Xero; C1’s is asked for in the third step.',
  next: 'tryAgain',
};

export function signedOut(detail?: string): Failure {
  return {
    code: 'xeroSignedOut',
    message: 'Xero signed you out. Sign in again to go on.',
    next: 'signInToXero',
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Xero gave a new refresh token and it couldn't be stored; the old one works for 30 minutes more (xero.md §2). */
export function notStored(because: Failure): Failure {
  const deadline =
    'Do it within 30 minutes: for so long Xero still takes the token that was stored before.';
  return { ...because, message: `${because.message} ${deadline}` };
}

/** A sign-in that couldn't be renewed for long; Xero ends it after 60 days (xero.md §2). */
export function endsUnused(because: Failure, days: number): Failure {
  const warning = `Xero ends a sign-in after 60 days without use, and this one was last renewed ${days} days ago.`;
  return { ...because, message: `${because.message} ${warning}` };
}

export const scopeMissing: Failure = {
  code: 'xeroScopeMissing',
  message:
    'Xero doesn’t let this sign-in read users and organisations. Sign in again and allow all that Xero lists.',
  next: 'signInToXero',
};

export function clientRejected(detail: string): Failure {
  return {
    code: 'xeroClientRejected',
    message:
      'Xero doesn’t accept this app’s client ID or secret. Compare it with the app’s page at Xero, then sign in again.',
    next: 'signInToXero',
    detail,
  };
}

export const noOrganisation: Failure = {
  code: 'noOrganisation',
  message: 'No organisation is connected. Sign in again and choose one on Xero’s page.',
  next: 'signInToXero',
};

export function rateLimited(
  problem: string,
  retryAt: number,
  now: number,
  detail: string,
): Failure {
  const minutes = Math.max(1, Math.ceil((retryAt - now) / MINUTE));
  const when = minutes < 90 ? `in ${minutes} min` : `in ${Math.ceil(minutes / 60)} hours`;
  const limit = problem === 'day' ? 'Xero’s daily limit is used up.' : 'Xero asks for a pause.';
  return {
    code: 'xeroRateLimited',
    message: `${limit} We look again by ourselves ${when}.`,
    next: 'wait',
    detail,
    retryAt,
  };
}

export function unavailable(detail: string): Failure {
  return {
    code: 'xeroUnavailable',
    message:
      'Xero has a problem of its own at the moment. Nothing is lost; we try again by ourselves.',
    next: 'wait',
    detail,
  };
}

export function unreachable(detail: string): Failure {
  return {
    code: 'xeroUnreachable',
    message: 'Xero can’t be reached. Nothing is lost; we go on when the network is back.',
    next: 'wait',
    detail,
  };
}

export function unreadable(detail: string): Failure {
  return {
    code: 'xeroAnswerUnreadable',
    message:
      'What came back isn’t an answer from Xero; a network sign-in page or a proxy may be in the way. Check the internet connection, then check again.',
    next: 'checkXeroNow',
    detail,
  };
}

export function cutShort(detail: string): Failure {
  return {
    code: 'xeroAnswerUnreadable',
    message:
      'Xero’s answer broke off before its end, so nothing of it was used. Check again; if it stays so, something between here and Xero cuts it short.',
    next: 'checkXeroNow',
    detail,
  };
}

export function tooLarge(detail: string): Failure {
  return {
    code: 'xeroAnswerUnreadable',
    message:
      'Xero’s answer is larger than any list of users, so it wasn’t read to its end. Check again; if it stays so, report it with the details.',
    next: 'checkXeroNow',
    detail,
  };
}

/** What the app can't do without is missing or of another kind: an id, or somebody's role. */
export function unknownForm(detail: string): Failure {
  return {
    code: 'xeroAnswerUnreadable',
    message:
      'Xero’s answer has a form that this app doesn’t know, and leaving it out could hide somebody’s access. Report it with the details.',
    next: 'reportProblem',
    detail,
  };
}

export function requestRefused(detail: string): Failure {
  return {
    code: 'xeroRequestRefused',
    message: 'Xero refused the request. Check again; if it stays so, report it with the details.',
    next: 'reportProblem',
    detail,
  };
}
