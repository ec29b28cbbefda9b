import type { Page } from 'playwright';
import type { HistoryEvent, HistoryPage, RequestEvent } from '../../../shared/history.ts';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { credential, entriesOf, events, HOUR, MINUTE, NOW, well } from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

const DAY = 24 * HOUR;
const TASK = '2m9QxVtJ0cF4hK8sLwZbNpRyA1d';
const because = {
  code: 'xeroUnavailable',
  message: 'Xero can’t answer at the moment. We try again by ourselves.',
  detail: 'HTTP 503, correlation 7f3c2a10-5d1e-4b0e-9a52-2f0a6c1b9e77',
};
const upload: HistoryEvent = {
  kind: 'upload',
  organisations: 2,
  accounts: 19,
  roles: 12,
  grants: 44,
  bytes: 48_312,
};

/** A few days in which something of each kind happened. */
const days = entriesOf([
  [NOW - 11 * MINUTE, { kind: 'sync', what: 'done', taskId: TASK, took: 14_200 }],
  [NOW - 12 * MINUTE, upload],
  [NOW - 12.3 * MINUTE, { kind: 'sync', what: 'asked', taskId: TASK }],
  [NOW - 2 * HOUR, { kind: 'look', what: 'changed', joined: 1, left: 0, changedRole: 2 }],
  [NOW - 3 * HOUR, { kind: 'sync', what: 'failed', taskId: TASK, because }],
  [NOW - 5 * HOUR, { kind: 'app', what: 'started', version: '0.1.0' }],
  [NOW - DAY, { kind: 'export', what: 'history', format: 'csv', entries: 1204 }],
  [
    NOW - DAY - HOUR,
    { kind: 'credential', what: 'added', clientId: credential.clientId, host: credential.host },
  ],
  [NOW - DAY - 2 * HOUR, { kind: 'signIn', what: 'signedIn', who: 'Ana Pires', app: 'desktop' }],
  [
    NOW - 4 * DAY,
    {
      kind: 'organisation',
      what: 'connected',
      names: ['Harbour & Sons Ltd', 'Northgate Dental Care'],
    },
  ],
]);
const LONG = 'The Very Long Name of an Organisation That Somebody Typed Into Xero '
  .repeat(3)
  .trim();
const long = entriesOf([
  [
    NOW - MINUTE,
    { kind: 'organisation', what: 'unreadable', name: `<img onerror=1> ${LONG}`, because },
  ],
  [
    NOW - HOUR,
    { kind: 'organisation', what: 'chosen', names: Array.from({ length: 25 }, () => LONG) },
  ],
  [NOW - 2 * HOUR, { kind: 'signIn', what: 'nothingNew', who: LONG }],
]);

const asked: RequestEvent = {
  kind: 'request',
  what: 'asked',
  request: '7d3c2a10-5d1e-4b0e-9a52-2f0a6c1b9e77',
  person: 'Ana Pires',
  organisation: 'Harbour & Sons Ltd',
  task: 'changeRole',
  before: 'Read only',
  asked: 'Standard',
  after: 'Read only',
  because: null,
};
/** One from its being asked to its answer, and ends of others. */
const requests = entriesOf([
  [NOW - 2 * MINUTE, { ...asked, what: 'verified', after: 'Standard' }],
  [NOW - 3 * MINUTE, { ...asked, what: 'saidDone' }],
  [NOW - 6 * MINUTE, { ...asked, what: 'opened' }],
  [NOW - 7 * MINUTE, { ...asked, what: 'shown' }],
  [NOW - 18 * MINUTE, asked],
  [NOW - DAY, { ...asked, what: 'declined', because: 'She is on leave until May.' }],
  [NOW - DAY - HOUR, { ...asked, what: 'outOfTime' }],
  [NOW - DAY - 2 * HOUR, { ...asked, what: 'tooLate', after: 'Standard' }],
  [NOW - DAY - 3 * HOUR, { ...asked, what: 'refused', because: 'The subscriber stays.' }],
  [
    NOW - 2 * DAY,
    { ...asked, what: 'asked', organisation: null, task: 'removeEverywhere', asked: null },
  ],
]);

const page = (entries: HistoryPage['entries'], more = false) => {
  const last = entries.at(-1);
  const next = more && last !== undefined ? { id: last.id, at: last.at } : null;
  return { readHistory: { ok: true, value: { entries, next } } } as const;
};
const shown: Snapshot = { ...well, events: days };

async function toHistory(window: Page): Promise<void> {
  await window.getByRole('link', { name: 'History' }).click();
  await window.getByRole('heading', { name: 'History' }).waitFor();
}

export const historyScenes: readonly Scene[] = [
  {
    name: 'history',
    snapshot: shown,
    answers: page(days, true),
    act: async (window) => {
      await toHistory(window);
      await window.getByRole('button', { name: /sync failed/ }).click();
    },
  },
  {
    name: 'history-requests',
    snapshot: { ...well, events: requests },
    answers: page(requests),
    act: async (window) => {
      await toHistory(window);
      await window.getByRole('button', { name: /as C1 asked/ }).click();
    },
  },
  {
    name: 'history-paused',
    snapshot: {
      ...shown,
      settings: {
        ...well.settings,
        pausedUntil: { kind: 'time', since: NOW - 12 * MINUTE, until: NOW + 48 * MINUTE },
      },
    },
    answers: page(days),
    act: toHistory,
  },
  {
    name: 'history-new',
    snapshot: { ...well, events: [...entriesOf([[NOW, upload]]), ...days] },
    answers: page(days),
    act: toHistory,
  },
  {
    name: 'history-empty',
    snapshot: { ...well, events: [] },
    answers: page([]),
    act: toHistory,
  },
  {
    name: 'history-none-fits',
    snapshot: { ...well, events: [] },
    answers: page([]),
    act: async (window) => {
      await toHistory(window);
      await window.getByLabel('Search').fill('payroll');
      await window.getByRole('button', { name: 'Show everything' }).waitFor();
    },
  },
  {
    name: 'history-locked',
    snapshot: { ...well, events },
    answers: { readHistory: { ok: false, failure: failures.keychainLocked } },
    act: async (window) => {
      await toHistory(window);
      await window.getByRole('alert').waitFor();
    },
  },
  {
    name: 'history-export',
    snapshot: shown,
    answers: page(days),
    act: async (window) => {
      await toHistory(window);
      await window.getByRole('button', { name: say('history.export'), exact: true }).click();
      await window.getByRole('menuitem', { name: /CSV/ }).waitFor();
    },
  },
  {
    name: 'history-exported',
    snapshot: shown,
    answers: {
      ...page(days),
      exportHistory: { ok: true, value: { kind: 'saved', entries: 1204 } },
    },
    act: async (window) => {
      await toHistory(window);
      await window.getByRole('button', { name: say('history.export'), exact: true }).click();
      await window.getByRole('menuitem', { name: /CSV/ }).click();
      await window.getByText('entries were saved').first().waitFor();
    },
  },
  {
    name: 'history-long',
    snapshot: { ...well, events: [] },
    answers: page(long),
    act: async (window) => {
      await toHistory(window);
      await window.getByRole('button', { name: /chosen to be governed/ }).click();
    },
  },
];
