import type { Failure, FailureCode, NextStep } from '../../../shared/errors.ts';

function failure(code: FailureCode, next: NextStep, message: string, detail?: string): Failure {
  return detail === undefined ? { code, next, message } : { code, next, message, detail };
}

/** Failures in the words that the main process uses, for the scenes. */
export const failures = {
  clientIdWrong: failure(
    'xeroClientIdInvalid',
    'tryAgain',
    'A Xero client ID is 32 letters from a to f and digits. Copy it from the Configuration page of your app at Xero.',
  ),
  portsTaken: failure(
    'portsTaken',
    'freePorts',
    'Other programs on this computer use the ports 21741, 26353, 31547, which Xero needs to send its answer. Close the program that holds one of them, or restart the computer, then sign in again.',
  ),
  denied: failure(
    'signInDenied',
    'signInToXero',
    'Access was not allowed on Xero’s page, so nothing was connected. Sign in again to allow it.',
    'access_denied',
  ),
  cancelled: failure(
    'signInCancelled',
    'signInToXero',
    'The sign-in was cancelled. Nothing was changed.',
  ),
  timedOut: failure(
    'signInTimedOut',
    'signInToXero',
    'No answer came from Xero within five minutes. If Xero showed an error page, compare the client ID and the redirect URIs there with the ones shown here, then sign in again.',
  ),
  stray: failure(
    'signInStateMismatch',
    'signInToXero',
    'An answer arrived that doesn’t belong to this sign-in, and was ignored. Go on in the newest browser tab, or sign in again.',
  ),
  noKeychain: failure(
    'keychainUnavailable',
    'installKeychain',
    'This computer has no keychain that answers, so nothing was kept. Install gnome-keyring (or KWallet) and libsecret, log in again, then try again.',
  ),
  keychainLocked: failure(
    'keychainLocked',
    'unlockKeychain',
    'The keychain is locked, so nothing was kept. Unlock it, then try again.',
  ),
  signedOut: failure(
    'xeroSignedOut',
    'signInToXero',
    'Xero signed you out. Sign in again to go on.',
    'HTTP 400, invalid_grant',
  ),
  forbidden: failure(
    'xeroForbidden',
    'chooseOrganisations',
    'Northgate Dental Care no longer lets this app in. Reconnect it, or stop governing it.',
    'HTTP 403, correlation 0a41f3c2-6a2e-4f0b-9a51-0d7a4c1b9e55',
  ),
  missing: failure(
    'organisationMissing',
    'chooseOrganisations',
    'Harbour & Sons Ltd is no longer connected at Xero. Reconnect it, or stop governing it.',
  ),
  unreadable: failure(
    'xeroAnswerUnreadable',
    'checkXeroNow',
    'What came back isn’t an answer from Xero; a network sign-in page or a proxy may be in the way. Check the internet connection, then check again.',
    'HTTP 200, text/html',
  ),
  rateLimited: {
    ...failure(
      'xeroRateLimited',
      'wait',
      'Xero allows no more calls for this organisation today. We look again by ourselves tonight.',
    ),
    retryAt: Date.UTC(2026, 10, 23, 22, 40),
  },
  secretShort: failure(
    'credentialSecretInvalid',
    'pasteCredential',
    'The secret is 12 characters short. Copy it in C1 again with the copy button.',
  ),
  swapped: failure(
    'credentialClientIdInvalid',
    'pasteCredential',
    'The Client ID and the Client secret are swapped. Paste each into the other field.',
  ),
  unconfirmed: failure(
    'credentialHostUnconfirmed',
    'confirmHost',
    'This credential sends your company’s access data to c1.gateway.example:8443, which isn’t one of C1’s usual addresses. Confirm it if you know who runs it.',
  ),
  rejected: failure(
    'credentialRejected',
    'pasteCredential',
    'C1 doesn’t accept this credential. It may have been rotated or removed: make a new one in C1 with Rotate, and paste it here.',
    'HTTP 401, invalid_client',
  ),
  c1Unreachable: {
    ...failure(
      'c1Unreachable',
      'wait',
      'C1 can’t be reached. Nothing is lost; we go on when the network is back.',
      'ENOTFOUND',
    ),
    retryAt: Date.UTC(2026, 10, 23, 14, 16),
  },
  uploadBroken: failure(
    'uploadFailed',
    'syncInC1',
    'The upload to C1 broke off three times. Nothing is lost; C1 asks for it again.',
    'RST_STREAM',
  ),
  diskFull: failure(
    'diskFull',
    'freeDisk',
    'The disk is full, so the file for C1 couldn’t be written. Free some space, then try again.',
    'ENOSPC',
  ),
  bug: failure(
    'bug',
    'reportProblem',
    'Something went wrong in this app. Copy the details and report it.',
    'look.failed',
  ),
} as const;
