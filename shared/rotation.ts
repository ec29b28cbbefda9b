import type { Failure } from './errors.ts';

/** The public part of a C1 credential. Times are milliseconds since 1970. */
export interface C1Credential {
  readonly clientId: string;
  readonly host: string;
  readonly addedAt: number;
}

/** How a change of the credential ended, and the one that isn't kept here any more. */
export interface RotationEnd {
  readonly how: 'done' | 'rolledBack';
  readonly gone: C1Credential;
}

/** Where a check of a new credential stands, or stopped. Well formed it is, else it wasn't taken. */
export type ProofStep = 'credential' | 'connector';

/**
 * How far the change from one C1 credential to another has come. The one in use stands in
 * `Snapshot.c1`, and is in use until `switching` has ended.
 */
export type RotationState =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking'; readonly pending: C1Credential; readonly step: ProofStep }
  /** C1 accepts the credential. Whether it is the same connector, no Client ID tells (c1-protocol.md §1.1). */
  | { readonly kind: 'asking'; readonly pending: C1Credential }
  | {
      readonly kind: 'stuck';
      readonly pending: C1Credential;
      readonly at: ProofStep | 'switch';
      readonly because: Failure;
    }
  /** C1 accepts both; what C1 asked through the one in use is done first. */
  | { readonly kind: 'switching'; readonly pending: C1Credential }
  /** The new one is in use; the one before is kept until the first task has been finished. */
  | {
      readonly kind: 'trial';
      readonly previous: C1Credential;
      /** True while the one before is being checked and put back. */
      readonly rollingBack: boolean;
      /** Why it couldn't be put back. */
      readonly because: Failure | null;
    }
  /** Until the admin has read it, over restarts too. */
  | ({ readonly kind: 'ended' } & RotationEnd);

/** Whether the new credential is of the connector that the one in use is of. */
export const CONNECTOR_ANSWERS = ['same', 'another'] as const;
export type ConnectorAnswer = (typeof CONNECTOR_ANSWERS)[number];
