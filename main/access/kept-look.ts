import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';

/**
 * A whole look at Xero as it is kept: organisations, roles, and every account with what it holds,
 * since when. Places in the lists stand for ids, as most of a look is the same few of them.
 */

/** A place in `organisations` or `roles`. */
const Index = z.int().nonnegative();
/** In milliseconds since 1970. */
const Time = z.int();

/** What somebody is in one organisation, where it is no role. */
export const UNDISCLOSED = -1;
export const REMOVED = -2;

/** Organisation, role (or one of the above), whether they pay for it, since when, and whether from then or before. */
const Holding = z.tuple([
  Index,
  z.int().min(REMOVED),
  z.boolean(),
  Time,
  z.enum(['from', 'before']),
]);
export type Holding = z.infer<typeof Holding>;

const Account = z.object({
  id: z.string(),
  /** Xero's id of the person, where the account goes by another. */
  person: z.string().optional(),
  name: z.string(),
  email: z.string().nullable(),
  changedAt: Time.nullable(),
  /** In order of the organisations. */
  holds: z.array(Holding),
  /** What of it can't be told from the rest. */
  marks: z.array(z.enum(['noGlobalUserId', 'unreadField'])).optional(),
});
export type KeptAccount = z.infer<typeof Account>;

const Look = z.object({
  version: z.literal(1),
  at: Time,
  accountId: z.enum(['global', 'user']),
  organisations: z.array(z.object({ id: z.string(), name: z.string(), demo: z.boolean() })),
  roles: z.array(
    z.object({ id: z.string(), name: z.string(), order: z.number(), known: z.boolean() }),
  ),
  /** In byte order of their ids. */
  accounts: z.array(Account),
});
export type Look = z.infer<typeof Look>;

/** Ten times what a hundred thousand accounts take: what unpacks to more is no look. */
const LARGEST = 300_000_000;
/** Nearly as small as with more, in a third of the time. */
const QUALITY = 4;

export function pack(look: Look): Uint8Array {
  return brotliCompressSync(JSON.stringify(look), {
    params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY },
  });
}

/** The look, or null where the bytes are none of this version. */
export function unpack(packed: Uint8Array): Look | null {
  try {
    const text = brotliDecompressSync(packed, { maxOutputLength: LARGEST }).toString('utf8');
    const parsed = Look.safeParse(JSON.parse(text));
    return parsed.success && isCoherent(parsed.data) ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Whether every place that a holding names is there. */
function isCoherent({ organisations, roles, accounts }: Look): boolean {
  return accounts.every(({ holds }) =>
    holds.every(
      ([organisation, role]) => organisation < organisations.length && role < roles.length,
    ),
  );
}
