import { z } from 'zod';
import type { Result } from '../../shared/errors.ts';

/** What electron-store keeps: choices, no secret and no personal data (product.md §5). */
export const Settings = z.object({
  /** Names this installation to C1 for as long as it lives (product.md §6). */
  hostId: z.uuid(),
  signIns: z.array(
    z.object({ id: z.string(), app: z.enum(['desktop', 'web', 'custom']), clientId: z.string() }),
  ),
  /** Ids of the organisations that the admin chose. */
  governed: z.array(z.string()),
  /** Where first run stands, so that it goes on there after a restart. */
  setup: z.enum(['xero', 'organisations', 'c1', 'done']),
  accountId: z.enum(['global', 'user']),
  legacyOrganisationId: z.string().nullable(),
  /** Path of the file of certificate authorities that are trusted besides the system's (product.md §6). */
  caFile: z.string().nullable().default(null),
});
export type Settings = z.infer<typeof Settings>;

export interface SettingsStore {
  read(): Settings;
  /** Replaces these settings, atomically; after a failure (`diskFull`, `diskFailed`) all are as before. */
  change(settings: Partial<Settings>): Result<void>;
}

export function defaultSettings(hostId: string): Settings {
  return {
    hostId,
    signIns: [],
    governed: [],
    setup: 'xero',
    accountId: 'global',
    legacyOrganisationId: null,
    caFile: null,
  };
}
