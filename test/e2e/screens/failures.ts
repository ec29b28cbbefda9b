import {
  c1Unreachable,
  clientIdProblem,
  credentialRejected,
  secretProblem,
  uploadFailed,
} from '../../../main/c1/errors.ts';
import { caFileUnreadable, noCertificate } from '../../../main/certificate-authorities.ts';
import { diskFull, writerBroke } from '../../../main/c1z/failures.ts';
import { diskFailure } from '../../../main/store/disk.ts';
import { sameApp } from '../../../main/connector/app-change.ts';
import { checkHeldBack } from '../../../main/connector/day-budget.ts';
import { unconfirmed } from '../../../main/connector/rotation-failures.ts';
import { absentOnLinux, locked } from '../../../main/desktop/keychain.ts';
import {
  clientIdInvalid,
  clientRejected,
  portsTaken,
  rateLimited,
  signedOut,
  signInCancelled,
  signInDenied,
  signInStateMismatch,
  signInTimedOut,
  unreachable,
  unreadable,
} from '../../../main/xero/errors.ts';
import { fitFor, notAuthorised } from '../../../main/xero/app-failures.ts';
import {
  demoCompanyReset,
  notDisconnected,
  organisationForbidden,
  organisationMissing,
  organisationSuspended,
} from '../../../main/xero/organisation-errors.ts';
import { secretProblem as xeroSecretProblem } from '../../../main/xero/paste-problems.ts';
import type { Failure } from '../../../shared/errors.ts';
import { failureOfWay } from '../../../shared/way-failures.ts';
import { REDIRECT_PORTS } from '../../../shared/words.ts';
import { HOUR, MINUTE, NOW } from './data.ts';

function onTheWay(reason: string): Failure {
  const failure = failureOfWay(reason);
  if (failure === undefined) throw new Error(reason);
  return failure;
}

/** The main process's own failures, so that the scenes show what the app says. */
export const failures = {
  clientIdWrong: clientIdInvalid,
  portsTaken: portsTaken(REDIRECT_PORTS),
  denied: signInDenied,
  cancelled: signInCancelled,
  timedOut: signInTimedOut,
  stray: signInStateMismatch,
  noKeychain: absentOnLinux,
  keychainLocked: locked,
  signedOut: signedOut('HTTP 400, invalid_grant'),
  forbidden: organisationForbidden(
    'Northgate Dental Care',
    'Xero answered 403, correlation id 0a41f3c2-6a2e-4f0b-9a51-0d7a4c1b9e55',
  ),
  missing: organisationMissing('Harbour & Sons Ltd'),
  suspended: organisationSuspended('Harbour & Sons Ltd', 'SUSPENDED', 'Xero answered 403'),
  demoReset: demoCompanyReset('Demo Company (UK)', false),
  demoReplaced: demoCompanyReset('Demo Company (UK)', true),
  notDisconnected: notDisconnected('Northgate Dental Care', unreachable('ENOTFOUND')),
  sameXeroApp: sameApp,
  xeroSecretShort: xeroSecretProblem.short(20),
  webRejected: fitFor('web', clientRejected('HTTP 401, invalid_client')),
  customRejected: fitFor('custom', clientRejected('HTTP 401, invalid_client')),
  customNotAuthorised: notAuthorised(organisationForbidden('', 'Xero answered 403')),
  unreadable: unreadable('Xero answered 200'),
  rateLimited: rateLimited('day', NOW + 8 * HOUR, NOW, 'Xero answered 429'),
  keptForC1: checkHeldBack('Harbour & Sons Ltd', 96, NOW + 5 * HOUR, 0),
  secretShort: secretProblem.short(12),
  severalIds: clientIdProblem.several,
  unconfirmed: unconfirmed('c1.gateway.example:8443'),
  rejected: credentialRejected('HTTP 401, invalid_client'),
  c1Unreachable: { ...c1Unreachable('ENOTFOUND'), retryAt: NOW + 4 * MINUTE },
  untrusted: onTheWay('CERTIFICATE_UNTRUSTED harbour.conductor.one SELF_SIGNED_CERT_IN_CHAIN'),
  proxySignIn: onTheWay('PROXY_SIGN_IN proxy.harbour.example:3128 HTTP 407'),
  caFileGone: caFileUnreadable('ENOENT'),
  caFileEmpty: noCertificate,
  uploadBroken: uploadFailed('RST_STREAM'),
  diskFull,
  profileFull: diskFailure(Object.assign(new Error('full'), { code: 'ENOSPC' })),
  bug: writerBroke('exit code 1'),
};
