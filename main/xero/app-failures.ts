import type { Failure, FailureCode } from '../../shared/errors.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';
import { CUSTOM_CONNECTION_SCOPE } from '../../shared/words.ts';

/** What failures mean that are mended differently for each kind of Xero app. */

type Sentences = Partial<Record<FailureCode, string>>;

const SENTENCES: Readonly<Record<XeroAppKind, Sentences>> = {
  desktop: {
    xeroClientRejected:
      'Xero doesn’t accept this client ID without a secret. Check on the app’s page at Xero that it is a “Mobile or desktop app”, and compare the client ID there; then sign in again.',
  },
  web: {
    xeroClientRejected:
      'Xero doesn’t accept this web app’s client ID and secret. Compare the client ID with the app’s page at Xero, generate another secret there, and use that one.',
  },
  custom: {
    // Xero answers `unauthorized_client` for an app of another kind.
    xeroClientRejected:
      'Xero doesn’t accept this client ID and secret for a custom connection. Check on the app’s page at Xero that it is a custom connection, generate another secret there, and use that one.',
    xeroScopeMissing: `This custom connection may not read users and organisations. Add the scope ${CUSTOM_CONNECTION_SCOPE} on its page at Xero, have it authorised again, then check again.`,
    xeroSignedOut:
      'Xero refuses the token that it gave this custom connection. Check on its page at Xero that it is still authorised and paid for, then check again.',
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
    message:
      'Xero lets this custom connection into no organisation. Somebody with the role Standard or Adviser there has to authorise it: ask them from its page at Xero, then check again.',
    next: 'signInToXero',
    ...(detail === undefined ? {} : { detail }),
  };
}

export const secretMissing: Failure = {
  code: 'xeroSecretInvalid',
  message:
    'The client secret of this Xero app is no longer in the keychain. Paste it again; if it is gone, generate another one on the app’s page at Xero.',
  next: 'signInToXero',
};

export const noSecretNeeded: Failure = {
  code: 'usage',
  message:
    'A desktop app has no client secret, so there is none to change. If Xero refuses it, sign in again.',
  next: 'signInToXero',
};

/** What a custom connection reaches is fixed when it is set up (xero.md §2). */
export const oneOrganisationOnly: Failure = {
  code: 'usage',
  message:
    'A custom connection reaches one organisation for ever. For another organisation, set up another custom connection at Xero and add it here.',
  next: 'signInToXero',
};
