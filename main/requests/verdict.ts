import { z } from 'zod';

/**
 * How a task of C1's came out, before it is put into C1's words. Kept before C1 is told, so that a
 * killed app answers the same once it is back.
 */
export const Verdict = z.discriminatedUnion('kind', [
  /** The person holds the role. The grant that gave way is named by its id (c1z-and-model.md §4), or null. */
  z.object({
    kind: z.literal('granted'),
    when: z.enum(['before', 'now']),
    replacedGrantId: z.string().nullable(),
  }),
  z.object({ kind: z.literal('revoked'), when: z.enum(['before', 'now']) }),
  /** The account, as a `Resource` message in base64. */
  z.object({ kind: z.literal('created'), when: z.enum(['before', 'now']), resource: z.base64() }),
  z.object({ kind: z.literal('deleted'), when: z.enum(['before', 'now']) }),
  /** An account was asked for, and the invitation isn't accepted yet. */
  z.object({ kind: z.literal('invited') }),
  /** In the admin's own words. */
  z.object({ kind: z.literal('declined'), reason: z.string() }),
  z.object({ kind: z.literal('outOfTime'), message: z.string() }),
  /** It can't be done: what was sent isn't understood, is about nothing that is there, or isn't possible. */
  z.object({
    kind: z.literal('refused'),
    why: z.enum(['malformed', 'unknown', 'impossible']),
    message: z.string(),
  }),
]);
export type Verdict = z.infer<typeof Verdict>;
