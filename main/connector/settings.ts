import { z } from 'zod';
import type { Result } from '../../shared/errors.ts';
import { ChosenSettings, Pause, type ShownSettings } from '../../shared/settings-schema.ts';

const chosen = ChosenSettings.shape;

/** What a new installation begins with. */
export const usualSettings: ShownSettings = {
  lookEveryMinutes: 30,
  startAtLogin: false,
  theme: 'system',
  reminderDays: 90,
  accountId: 'global',
  legacyOrganisationId: null,
  requests: false,
  requestMinutes: 60,
  requestHeartbeats: true,
  pausedUntil: null,
};
const usual = usualSettings;

/** What electron-store keeps: choices, no secret and no personal data (product.md §5). */
export const Settings = z.object({
  /** Names this installation to C1 for as long as it lives (product.md §6). */
  hostId: z.uuid(),
  signIns: z.array(
    z.object({ id: z.string(), app: z.enum(['desktop', 'web', 'custom']), clientId: z.string() }),
  ),
  /** Sign-ins that aren't kept, though the keychain may hold their secrets: just begun, or just let go. */
  loose: z.array(z.string()).default([]),
  /** The sign-in that another app is to take the place of; files of before have none. */
  appChange: z.object({ from: z.string(), clientId: z.string() }).nullable().default(null),
  /** Ids of the organisations that the admin chose. */
  governed: z.array(z.string()),
  /** Where first run stands, so that it goes on there after a restart. */
  setup: z.enum(['xero', 'organisations', 'c1', 'done']),
  accountId: chosen.accountId,
  legacyOrganisationId: chosen.legacyOrganisationId,
  /** Path of the file of certificate authorities that are trusted besides the system's (product.md §6). */
  caFile: z.string().nullable().default(null),
  // What follows came later: files of before have none of it.
  lookEveryMinutes: chosen.lookEveryMinutes.default(usual.lookEveryMinutes),
  startAtLogin: chosen.startAtLogin.default(usual.startAtLogin),
  theme: chosen.theme.default(usual.theme),
  reminderDays: chosen.reminderDays.default(usual.reminderDays),
  requests: chosen.requests.default(usual.requests),
  requestMinutes: chosen.requestMinutes.default(usual.requestMinutes),
  requestHeartbeats: chosen.requestHeartbeats.default(usual.requestHeartbeats),
  pausedUntil: Pause.nullable().default(null),
  /** Causes that a notification told of, until they are gone. */
  notified: z.array(z.string()).default([]),
  /** Whether the first closing of the window has said that the app goes on. */
  closingExplained: z.boolean().default(false),
});
export type Settings = z.infer<typeof Settings>;

export interface SettingsStore {
  read(): Settings;
  /** Replaces these settings, atomically; after a failure (`diskFull`, `diskFailed`) all are as before. */
  change(settings: Partial<Settings>): Result<void>;
}

export function defaultSettings(hostId: string): Settings {
  return Settings.parse({
    ...usualSettings,
    hostId,
    signIns: [],
    governed: [],
    setup: 'xero',
  });
}

/** What the window is shown of them. */
export function shownSettings(settings: Settings): ShownSettings {
  const { lookEveryMinutes, startAtLogin, theme, reminderDays, pausedUntil } = settings;
  const { accountId, legacyOrganisationId } = settings;
  const { requests, requestMinutes, requestHeartbeats } = settings;
  return {
    lookEveryMinutes,
    startAtLogin,
    theme,
    reminderDays,
    pausedUntil,
    accountId,
    legacyOrganisationId,
    requests,
    requestMinutes,
    requestHeartbeats,
  };
}
