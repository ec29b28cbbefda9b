import type { C1Credential, RotationEnd } from '../../shared/rotation.ts';
import type { Credential } from '../c1/credential.ts';

/** A C1 credential that this installation keeps. `addedAt` is in milliseconds since 1970. */
export interface StoredCredential {
  readonly credential: Credential;
  readonly addedAt: number;
  /** True once C1 refused it as it was to be put back; absent where nobody knows. */
  readonly closed?: true;
}

/**
 * All that the keychain holds of C1's credentials, in one entry, so that each change is one write
 * (product.md §5). `current` is the one in use, at every start too.
 */
export interface CredentialEntry {
  readonly current: StoredCredential;
  /** Pasted, and not in use yet. */
  readonly pending?: StoredCredential;
  /** In use before, and kept until the current one has finished a task. */
  readonly previous?: StoredCredential;
  /** How the last change ended, until the admin has read it. */
  readonly ended?: RotationEnd;
}

/** A change of the entry; null where there is nothing to change it from. */
export type Change = (entry: CredentialEntry) => CredentialEntry | null;

/** Takes this one into use; the one before is kept beside it. */
export function replacing(entry: CredentialEntry | null, fresh: StoredCredential): CredentialEntry {
  if (entry === null) return { current: fresh };
  const previous = isSame(entry.current, fresh) ? entry.previous : entry.current;
  return { current: fresh, ...(previous && { previous }) };
}

/** Keeps a new one beside the one in use, in place of any that was pasted before. */
export function adding(pending: StoredCredential): Change {
  return (entry) => ({ ...(reading(entry) ?? entry), pending });
}

export const switching: Change = ({ current, pending }) =>
  pending === undefined ? null : { current: pending, previous: current };

export const dropping: Change = ({ pending, ...kept }) => (pending === undefined ? null : kept);

/** The current one has finished a task: the one before it is needed no more. */
export const retiring: Change = ({ previous, ...kept }) => {
  if (previous === undefined) return null;
  if (kept.pending !== undefined) return kept;
  return { ...kept, ended: { how: 'done', gone: publicHalf(previous) } };
};

/** Takes the one before into use again; the one that took its place isn't kept. */
export const rollingBack: Change = ({ current, previous }) =>
  previous === undefined
    ? null
    : { current: previous, ended: { how: 'rolledBack', gone: publicHalf(current) } };

/** C1 doesn't take the one before any more. */
export const closing: Change = ({ previous, ...kept }) =>
  previous === undefined ? null : { ...kept, previous: { ...previous, closed: true } };

/** The admin has read how it ended. */
export const reading: Change = ({ ended, ...kept }) => (ended === undefined ? null : kept);

/** Whether both are the same pair. */
export function isSame(one: StoredCredential, other: StoredCredential): boolean {
  return (
    one.credential.clientId === other.credential.clientId &&
    one.credential.secretForKeychain() === other.credential.secretForKeychain()
  );
}

/** What the window may know of it. */
export function publicHalf({ credential, addedAt }: StoredCredential): C1Credential {
  return { clientId: credential.clientId, host: credential.host, addedAt };
}
