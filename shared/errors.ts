/**
 * Failures are values: every one has a code for programs and support, one
 * sentence for the admin, and the one next step that mends it.
 */

/** What went wrong, in a form that tests and logs can match. */
export type FailureCode =
  // Signing in to Xero
  | 'signInCancelled'
  | 'signInTimedOut'
  | 'signInDenied'
  | 'signInRefused'
  | 'signInStateMismatch'
  | 'signInIncomplete'
  | 'portsTaken'
  | 'browserUnavailable'
  | 'xeroClientIdInvalid'
  | 'xeroSecretInvalid'
  | 'connectionLimit'
  | 'noOrganisation'
  // Reading Xero
  | 'xeroSignedOut'
  | 'xeroScopeMissing'
  | 'xeroClientRejected'
  | 'xeroForbidden'
  | 'xeroRateLimited'
  | 'xeroUnavailable'
  | 'xeroUnreachable'
  | 'xeroAnswerUnreadable'
  | 'xeroRequestRefused'
  | 'organisationMissing'
  | 'organisationSuspended'
  | 'demoCompanyReset'
  // C1
  | 'credentialMissing'
  | 'credentialClientIdInvalid'
  | 'credentialSecretInvalid'
  | 'credentialHostUnconfirmed'
  | 'credentialRejected'
  | 'credentialInUse'
  | 'rotationOver'
  | 'c1Forbidden'
  | 'c1Unreachable'
  | 'c1Unavailable'
  | 'c1Refused'
  | 'c1TaskCancelled'
  | 'c1HeartbeatLost'
  | 'uploadFailed'
  | 'syncRequestInvalid'
  // The way to both
  | 'proxySignInNeeded'
  | 'proxyFailed'
  | 'certificateUntrusted'
  // This computer
  | 'keychainUnavailable'
  | 'keychainLocked'
  | 'diskFull'
  | 'diskFailed'
  | 'fileInvalid'
  | 'caFileUnusable'
  | 'inUse'
  | 'notHealthy'
  | 'usage'
  | 'cancelled'
  | 'bug';

/** The one action that mends a failure; the window turns it into a button. */
export type NextStep =
  | 'signInToXero'
  | 'chooseOrganisations'
  | 'pasteCredential'
  | 'confirmHost'
  | 'checkXeroNow'
  | 'tryAgain'
  | 'copyAddress'
  | 'wait'
  | 'installKeychain'
  | 'unlockKeychain'
  | 'freePorts'
  | 'freeDisk'
  | 'chooseCaFile'
  | 'syncInC1'
  | 'reportProblem';

export interface Failure {
  readonly code: FailureCode;
  /** One or two plain sentences: what happened, then what to do. No names, no secrets. */
  readonly message: string;
  readonly next: NextStep;
  /** For support, behind "Details": an HTTP status, a correlation id. Never a secret or a name. */
  readonly detail?: string;
  /** When it makes sense to try again, in milliseconds since 1970. */
  readonly retryAt?: number;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeed(): Result<void>;
export function succeed<T>(value: T): Result<T>;
export function succeed<T>(value?: T): Result<T | undefined> {
  return { ok: true, value };
}

export function fail(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}
