import type { Failure } from './errors.ts';
import type { Snapshot } from './snapshot.ts';

export function isOfKeychain({ code }: Failure): boolean {
  return code === 'keychainLocked' || code === 'keychainUnavailable';
}

/**
 * Why nothing that the keychain opens could be read: who signed in, the credential, what C1 received.
 * None of it is known then, and none of it is gone. Null once the keychain is open.
 */
export function shutKeychain({ xero }: Pick<Snapshot, 'xero'>): Failure | null {
  for (const { state } of xero) {
    if (state.kind === 'needsSignIn' && isOfKeychain(state.because)) return state.because;
  }
  return null;
}
