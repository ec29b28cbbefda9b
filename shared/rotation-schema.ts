import { z } from 'zod';
import { CONNECTOR_ANSWERS, type RotationEnd } from './rotation.ts';

const Credential = z
  .object({ clientId: z.string(), host: z.string(), addedAt: z.number() })
  .readonly();

/** As it is kept until it has been read. */
export const RotationEndSchema: z.ZodType<RotationEnd> = z
  .object({ how: z.enum(['done', 'rolledBack']), gone: Credential })
  .readonly();

/** What the admin does in a rotation. */
export function rotationMoves<P extends z.ZodType>(pasted: P) {
  return z.discriminatedUnion('move', [
    /** Keeps a new pair beside the one in use, and checks it. */
    z.object({
      move: z.literal('add'),
      pasted,
      hostConfirmed: z.boolean(),
    }),
    z.object({ move: z.literal('answer'), connector: z.enum(CONNECTOR_ANSWERS) }),
    z.object({ move: z.literal('retry') }),
    /** Erases the new pair; the one in use stays. */
    z.object({ move: z.literal('cancel') }),
    z.object({ move: z.literal('rollBack') }),
    /** The end has been read. */
    z.object({ move: z.literal('close') }),
  ]);
}
