import type { Result } from '../../shared/errors.ts';
import type { C1Credential, RotationState } from '../../shared/rotation.ts';
import type { Clock } from '../ports.ts';
import type { CredentialAtWork } from './credential-at-work.ts';
import type { StoredCredential } from './credential-entry.ts';
import type { CredentialStore } from './credential-store.ts';

/** What happened to a credential, for the history; none of it is secret. */
export type RotationEvent =
  'pending' | 'verified' | 'switched' | 'retired' | 'rolledBack' | 'discarded';

export interface RotationSurroundings {
  readonly store: CredentialStore;
  readonly clock: Clock;
  /** Makes ready what proves a credential; nothing is sent yet. */
  readonly open: (stored: StoredCredential) => CredentialAtWork;
  /**
   * Ends the one in use between two tasks, keeps the change and sets `next` to work. After a failure, and
   * when the signal aborts before, the one in use goes on.
   */
  readonly changeTo: (
    next: CredentialAtWork,
    keep: () => Promise<Result<unknown>>,
    signal: AbortSignal,
  ) => Promise<Result<void>>;
  readonly onState: (state: RotationState) => void;
  readonly onEvent: (event: RotationEvent, of: C1Credential) => void;
}

/** The check of a credential that isn't in use, and the switch to it. */
export interface RotationWork {
  readonly atWork: CredentialAtWork;
  readonly stop: AbortController;
}
