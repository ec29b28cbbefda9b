import type { Failure, FailureCode } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';
import { CUSTOM_CONNECTION_SCOPE } from '../../shared/words.ts';

/** What failures mean that are mended differently for each kind of Xero app. */

type Sentences = Partial<Record<FailureCode, string>>;

const SENTENCES: Readonly<Record<XeroAppKind, Sentences>> = {
  desktop: {
    xeroClientRejected: say('appFailures.xeroDoesntAcceptThisClient'),
  },
  web: {
    xeroClientRejected: say('appFailures.xeroDoesntAcceptThisWeb'),
  },
  custom: {
    // Xero answers `unauthorized_client` for an app of another kind.
    xeroClientRejected: say('appFailures.xeroDoesntAcceptThisClientID'),
    xeroScopeMissing: say('appFailures.thisCustomConnectionMayNot', {
      customConnectionScope: CUSTOM_CONNECTION_SCOPE,
    }),
    xeroSignedOut: say('appFailures.xeroRefusesTheTokenThat'),
  },
};

/** The same failure in words that fit the kind of app, where they differ. */
export function fitFor(kind: XeroAppKind, failure: Failure): Failure {
  const message = SENTENCES[kind][failure.code];
  return message === undefined ? failure : { ...failure, message };
}

/** A custom connection may be set up before anybody authorised it; its organisation then refuses it. */
export function notAuthorised({ detail }: Failure): Failure {
  return {
    code: 'xeroForbidden',
    message: say('appFailures.xeroLetsThisCustomConnection'),
    next: 'signInToXero',
    ...(detail === undefined ? {} : { detail }),
  };
}

export const secretMissing: Failure = {
  code: 'xeroSecretInvalid',
  message: say('appFailures.theClientSecretOfThis'),
  next: 'signInToXero',
};

export const noSecretNeeded: Failure = {
  code: 'usage',
  message: say('appFailures.aDesktopAppHasNo'),
  next: 'signInToXero',
};

/** What a custom connection reaches is fixed when it is set up (xero.md §2). */
export const oneOrganisationOnly: Failure = {
  code: 'usage',
  message: say('appFailures.aCustomConnectionReachesOne'),
  next: 'signInToXero',
};
