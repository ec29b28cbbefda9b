import { z } from 'zod';
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
});
export type ChosenSettings = z.infer<typeof ChosenSettings>;

/** What the window is shown of the settings. */
export interface ShownSettings extends Readonly<ChosenSettings> {
  /** Null while nothing is paused. */
  readonly pausedUntil: Readonly<Pause> | null;
}
