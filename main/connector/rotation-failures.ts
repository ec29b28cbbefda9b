import type { Failure } from '../../shared/errors.ts';
import type { Credential } from '../c1/credential.ts';
import { isUsual } from '../c1/pasted-credential.ts';

/** What can be wrong with a pasted credential beside its form, and with going back to the one before. */

export const unconfirmed = (host: string): Failure => ({
  code: 'credentialHostUnconfirmed',
  message: `This credential sends your company’s access data to ${host}, which isn’t one of C1’s usual addresses. Confirm it if you know who runs it.`,
  next: 'confirmHost',
});

const otherHost = (host: string, before: string): Failure => ({
  code: 'credentialHostUnconfirmed',
  message: `This credential is for ${host}, and the one in use for ${before}. With it, your company’s access data goes to ${host} from now on. Confirm that if you mean it; nothing was sent there yet.`,
  next: 'confirmHost',
});

export const alreadyInUse: Failure = {
  code: 'credentialInUse',
  message:
    'This is the credential that is in use. Press Rotate in C1, and paste the new one that it shows.',
  next: 'pasteCredential',
};

export const noneInUse: Failure = {
  code: 'credentialMissing',
  message: 'There is no C1 credential to change. Paste one to connect.',
  next: 'pasteCredential',
};

/** The one before was ended in C1, perhaps by Rotate itself (c1-protocol.md §7.3). */
export const previousEnded: Failure = {
  code: 'credentialRejected',
  message:
    'C1 doesn’t accept the credential of before any more, so it can’t be put back. The new one stays in use. If that one doesn’t work, press Rotate in C1 again and paste what it shows.',
  next: 'pasteCredential',
};

/** Why the admin should look at where the data would go; null where it goes where it went before. */
export function doubtAbout(fresh: Credential, inUse: Credential): Failure | null {
  const [to, from] = [fresh.host.toLowerCase(), inUse.host.toLowerCase()];
  if (to === from) return null;
  return isUsual(fresh.audience) ? otherHost(fresh.host, inUse.host) : unconfirmed(fresh.host);
}
