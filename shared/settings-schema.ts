import { z } from 'zod';
import { REQUEST_WINDOWS } from './requests.ts';
import { ACCOUNT_IDS, LOOK_INTERVALS, REMINDERS, THEMES } from './settings.ts';

/** A pause of looks and syncs. Times are milliseconds since 1970. */
export const Pause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('time'), since: z.number(), until: z.number() }),
  z.object({ kind: z.literal('byHand'), since: z.number() }),
]);
export type Pause = z.infer<typeof Pause>;

/** What the settings page changes. */
export const ChosenSettings = z.object({
  lookEveryMinutes: z.literal(LOOK_INTERVALS),
  startAtLogin: z.boolean(),
  theme: z.enum(THEMES),
  reminderDays: z.literal(REMINDERS),
  accountId: z.enum(ACCOUNT_IDS),
  /** The organisation that keeps the ids of baton-xero (product.md §2). */
  legacyOrganisationId: z.string().max(100).nullable(),
  /** Whether C1's requests are taken, for a person to do them in Xero. */
  requests: z.boolean(),
  /** How long one may wait for a person. */
  requestMinutes: z.literal(REQUEST_WINDOWS),
  /** Whether C1 is told meanwhile that a request is still worked on: the official client isn't asked to (c1-protocol.md §4.6). */
  requestHeartbeats: z.boolean(),
});
export type ChosenSettings = z.infer<typeof ChosenSettings>;

/** What the window is shown of the settings. */
export interface ShownSettings extends Readonly<ChosenSettings> {
  /** Null while nothing is paused. */
  readonly pausedUntil: Readonly<Pause> | null;
}
