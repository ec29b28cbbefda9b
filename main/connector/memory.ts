import { z } from 'zod';

/**
 * What the app remembers between starts and may not stand in the clear: names
 * of people and organisations, ids of accounts, what C1 received. Lies sealed
 * in the profile (product.md §5).
 */
const Counts = z.object({
  organisations: z.number(),
  accounts: z.number(),
  roles: z.number(),
  entitlements: z.number(),
  grants: z.number(),
});

const Held = z.object({
  organisations: z
    .array(z.object({ id: z.string(), name: z.string(), roles: z.number(), grants: z.number() }))
    .readonly(),
  accounts: z
    .array(z.object({ places: z.array(z.number()).readonly(), count: z.number() }))
    .readonly(),
});

export const Memory = z.object({
  signIns: z.array(
    z.object({
      id: z.string(),
      /** Xero's name for the person, which tells two people with one Xero app apart. */
      subject: z.string(),
      who: z.object({ name: z.string(), email: z.string() }).nullable(),
      /** Whose row in Xero's lists is theirs; files of before have none. */
      userId: z.string().exactOptional(),
      /** When Xero last gave tokens: it ends a sign-in that isn't renewed for 60 days (xero.md §2). */
      renewedAt: z.number().nullable().default(null),
      organisations: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          shortCode: z.string().nullable(),
          demo: z.boolean(),
        }),
      ),
    }),
  ),
  /** UserID → account id: ids once given are kept (product.md §2). */
  accountIds: z.array(z.tuple([z.string(), z.string()])),
  /** What each organisation brought to C1 at the newest read of all; files of before have none. */
  holdings: Held.nullable().default(null),
  uploaded: z.object({ at: z.number(), counts: Counts, bytes: z.number() }).nullable(),
});
export type Memory = z.infer<typeof Memory>;

export const emptyMemory: Memory = {
  signIns: [],
  accountIds: [],
  holdings: null,
  uploaded: null,
};
