import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { Credential } from '../c1/credential.ts';
import { isUsual } from '../c1/pasted-credential.ts';

/** What can be wrong with a pasted credential beside its form, and with going back to the one before. */

export const unconfirmed = (host: string): Failure => ({
  code: 'credentialHostUnconfirmed',
  message: say('rotationFailures.thisCredentialSendsYourCompanys', { host }),
  next: 'confirmHost',
});

const otherHost = (host: string, before: string): Failure => ({
  code: 'credentialHostUnconfirmed',
  message: say('rotationFailures.thisCredentialIsForAnd', { host, before }),
  next: 'confirmHost',
});

export const alreadyInUse: Failure = {
  code: 'credentialInUse',
  message: say('rotationFailures.thisIsTheCredentialThat'),
  next: 'pasteCredential',
};

export const noneInUse: Failure = {
  code: 'credentialMissing',
  message: say('rotationFailures.thereIsNoC1Credential'),
  next: 'pasteCredential',
};

/** The one before was ended in C1, perhaps by Rotate itself (c1-protocol.md §7.3). */
export const previousEnded: Failure = {
  code: 'credentialRejected',
  message: say('rotationFailures.c1DoesntAcceptTheCredential'),
  next: 'pasteCredential',
};

/** Why the admin should look at where the data would go; null where it goes where it went before. */
export function doubtAbout(fresh: Credential, inUse: Credential): Failure | null {
  const [to, from] = [fresh.host.toLowerCase(), inUse.host.toLowerCase()];
  if (to === from) return null;
  return isUsual(fresh.audience) ? otherHost(fresh.host, inUse.host) : unconfirmed(fresh.host);
}
