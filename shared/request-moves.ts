import { z } from 'zod';
import { REASON_LENGTH } from './requests.ts';

const RequestId = z.string().max(100);

/** What the window can ask for about a request. */
export const requestMoves = z.discriminatedUnion('move', [
  /** It is being read. */
  z.object({ move: z.literal('show'), id: RequestId }),
  /** Opens the page of users of one of its organisations in the system's browser. */
  z.object({ move: z.literal('openInXero'), id: RequestId, organisation: z.string().max(200) }),
  /** "I’ve done it": Xero is looked at soon. */
  z.object({ move: z.literal('saidDone'), id: RequestId }),
  /** "I’ve sent the invitation". */
  z.object({ move: z.literal('saidInvited'), id: RequestId }),
  /** The caution was read, and it is wanted all the same. */
  z.object({ move: z.literal('confirm'), id: RequestId }),
  z.object({
    move: z.literal('decline'),
    id: RequestId,
    reason: z.string().trim().min(1).max(REASON_LENGTH),
  }),
  z.object({ move: z.literal('copy'), id: RequestId, what: z.enum(['name', 'email']) }),
]);
export type RequestMove = z.infer<typeof requestMoves>;
