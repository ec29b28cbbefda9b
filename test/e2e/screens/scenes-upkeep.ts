import type { Page } from 'playwright';
import type { ShownSettings } from '../../../shared/settings-schema.ts';
import type { Organisation, Snapshot } from '../../../shared/snapshot.ts';
import { HOUR, MINUTE, NOW, credential, manyOrganisations, signedIn, well } from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

const withSettings = (
  settings: Partial<ShownSettings>,
  rest: Partial<Snapshot> = {},
): Snapshot => ({
  ...well,
  ...rest,
  settings: { ...well.settings, ...settings },
});
const unread = (organisation: Organisation): Organisation => ({
  ...organisation,
  state: { kind: 'unread' },
});
const forAnHour = { kind: 'time', since: NOW - 12 * MINUTE, until: NOW + 48 * MINUTE } as const;

async function toSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
}

async function open(page: Page, button: string): Promise<void> {
  await toSettings(page);
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('dialog').waitFor();
}

const diagnostics = [
  {
    name: 'about.txt',
    lines: ['Made: 2026-11-23T14:12:00.000Z', 'Version: 0.1.0', 'Runtime: Electron 45.4.1'],
  },
  {
    name: 'log.jsonl',
    lines: Array.from({ length: 40 }, (_, index) =>
      JSON.stringify({
        time: new Date(NOW - (40 - index) * MINUTE).toISOString(),
        level: 'info',
        event: index % 3 === 0 ? 'xero.looked' : 'c1.answered',
        organisations: 2,
      }),
    ),
  },
];
const goes = {
  items: [
    'In the keychain: 4 entries of this app, among them the C1 credential and the key that opens its files.',
    'At Xero: 1 sign-in, taken back for every computer that uses the same Xero app.',
    'In /home/ana/.config/c1-xero: the settings, what is remembered of accounts and syncs, the history, the log, and where the window stood.',
    'Starting at login.',
  ],
};

async function erase(page: Page): Promise<void> {
  await open(page, 'Erase everything');
  await page.getByRole('textbox').fill('erase everything');
  await page.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('button', { name: 'Start anew' }).waitFor();
}

export const upkeepScenes: readonly Scene[] = [
  { name: 'status-paused', snapshot: withSettings({ pausedUntil: forAnHour }) },
  {
    name: 'status-paused-by-hand',
    snapshot: withSettings({ pausedUntil: { kind: 'byHand', since: NOW - HOUR } }),
  },
  {
    name: 'status-paused-uploading',
    snapshot: withSettings(
      { pausedUntil: forAnHour },
      { sync: { kind: 'uploading', sent: 20_000, of: 48_312 } },
    ),
  },
  {
    name: 'status-paused-restarted',
    snapshot: withSettings(
      { pausedUntil: { kind: 'byHand', since: NOW - HOUR } },
      {
        access: null,
        keptLooks: { newest: NOW - 3 * HOUR, confirmedAt: NOW - HOUR, trouble: null },
        sync: { kind: 'idle' },
        xero: [signedIn(well.xero.flatMap(({ organisations }) => organisations).map(unread))],
      },
    ),
  },
  {
    name: 'settings-paused-by-hand',
    snapshot: withSettings({ pausedUntil: { kind: 'byHand', since: NOW - HOUR } }),
    act: toSettings,
  },
  {
    name: 'status-paused-rejected',
    snapshot: withSettings(
      { pausedUntil: forAnHour },
      { c1: { kind: 'rejected', credential, because: failures.rejected } },
    ),
  },
  {
    name: 'status-pause-menu',
    snapshot: well,
    act: async (page) => {
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('menuitem', { name: 'For 1 hour' }).waitFor();
    },
  },
  {
    name: 'settings-chosen',
    snapshot: withSettings(
      {
        startAtLogin: true,
        theme: 'dark',
        lookEveryMinutes: 120,
        reminderDays: null,
        accountId: 'user',
        legacyOrganisationId: manyOrganisations[0]?.id ?? null,
      },
      { xero: [signedIn(manyOrganisations)] },
    ),
    act: toSettings,
  },
  {
    name: 'settings-refused',
    snapshot: well,
    answers: { changeSettings: { ok: false, failure: failures.profileFull } },
    act: async (page) => {
      await toSettings(page);
      await page.getByLabel('Start when I log in').click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'settings-diagnostics',
    snapshot: well,
    answers: { previewDiagnostics: { ok: true, value: diagnostics } },
    act: (page) => open(page, 'Show the diagnostics'),
  },
  {
    name: 'settings-erase',
    snapshot: well,
    answers: { previewErasure: { ok: true, value: goes } },
    act: (page) => open(page, 'Erase everything'),
  },
  {
    name: 'settings-erased',
    snapshot: well,
    answers: {
      previewErasure: { ok: true, value: goes },
      eraseEverything: {
        ok: true,
        value: {
          erased: ['1 sign-in at Xero', '4 keychain entries', '6 files and folders'],
          left: [],
        },
      },
    },
    act: erase,
  },
  {
    name: 'settings-erased-partly',
    snapshot: well,
    answers: {
      previewErasure: { ok: true, value: goes },
      eraseEverything: {
        ok: true,
        value: {
          erased: ['4 keychain entries', '6 files and folders in the profile'],
          left: [
            'Xero couldn’t be told of every sign-in. In Xero, open Settings, Connected apps, and disconnect this app there.',
          ],
        },
      },
    },
    act: erase,
  },
];
