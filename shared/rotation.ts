import { z } from 'zod';
import type { Failure } from './errors.ts';

/** The public part of a C1 credential. Times are milliseconds since 1970. */
export const C1Credential = z
  .object({ clientId: z.string(), host: z.string(), addedAt: z.number() })
  .readonly();
export type C1Credential = z.infer<typeof C1Credential>;

/** How a change of the credential ended, and the one that isn't kept here any more. */
export const RotationEnd = z
  .object({ how: z.enum(['done', 'rolledBack']), gone: C1Credential })
  .readonly();
export type RotationEnd = z.infer<typeof RotationEnd>;

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
export const ConnectorAnswer = z.enum(['same', 'another']);
export type ConnectorAnswer = z.infer<typeof ConnectorAnswer>;

/** What the admin does in a rotation. */
export function rotationMoves<P extends z.ZodType>(pasted: P) {
  return z.discriminatedUnion('move', [
    /** Keeps a new pair beside the one in use, and checks it. */
    z.object({
      move: z.literal('add'),
      pasted,
      hostConfirmed: z.boolean(),
    }),
    z.object({ move: z.literal('answer'), connector: ConnectorAnswer }),
    z.object({ move: z.literal('retry') }),
    /** Erases the new pair; the one in use stays. */
    z.object({ move: z.literal('cancel') }),
    z.object({ move: z.literal('rollBack') }),
    /** The end has been read. */
    z.object({ move: z.literal('close') }),
  ]);
}
