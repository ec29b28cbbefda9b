import type { Failure } from '../../../shared/errors.ts';
import { say } from '../../../shared/language/say.ts';
import type { C1State, Snapshot, SyncState } from '../../../shared/snapshot.ts';
import {
  HOUR,
  LONG_PERSON,
  MINUTE,
  NOW,
  access,
  connected,
  credential,
  demo,
  everyWarning,
  failed,
  harbour,
  justConnected,
  manyOrganisations,
  northgate,
  signedIn,
  uploaded,
  well,
} from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

const syncing = (sync: SyncState): Snapshot => ({ ...well, sync });
const withC1 = (c1: C1State): Snapshot => ({ ...well, c1 });
const lookFailed = (because: Failure): Snapshot =>
  syncing({ kind: 'failed', at: NOW - MINUTE, for: 'look', because });
const syncFailed = (because: Failure): Snapshot =>
  syncing({ kind: 'failed', at: NOW - MINUTE, for: 'c1', because });

const goodDays: readonly Scene[] = [
  { name: 'status-well', snapshot: well },
  { name: 'status-sandbox', snapshot: { ...well, app: { ...well.app, sandbox: true } } },
  {
    name: 'status-worth-a-look',
    snapshot: { ...well, access: { ...access, warnings: everyWarning } },
    act: (page) => page.getByRole('button', { name: 'What Xero doesn’t tell' }).click(),
  },
  {
    name: 'status-first',
    snapshot: { ...well, c1: justConnected, uploaded: null, events: [], sync: { kind: 'idle' } },
  },
  {
    name: 'status-looking',
    snapshot: syncing({ kind: 'reading', done: 1, of: 2, for: 'look' }),
  },
  {
    name: 'status-uploading',
    snapshot: syncing({ kind: 'uploading', sent: 20_000, of: uploaded.bytes }),
  },
  {
    name: 'status-calls-left',
    snapshot: {
      ...well,
      xero: [
        signedIn([
          { ...harbour, today: { left: 951, forC1Alone: false } },
          { ...northgate, today: { left: 96, forC1Alone: true } },
          {
            ...failed(demo, failures.rateLimited),
            governed: true,
            today: { left: 0, forC1Alone: true },
          },
        ]),
      ],
    },
  },
  { name: 'status-one', snapshot: { ...well, xero: [signedIn([harbour])] } },
  {
    name: 'status-two-sign-ins',
    snapshot: {
      ...well,
      nextLook: NOW + 26 * MINUTE,
      xero: [
        { ...signedIn([harbour]), leftOut: 1 },
        {
          ...signedIn([northgate]),
          id: 'sign-in-2',
          who: { name: 'Ben Okafor', email: 'ben.okafor@northgate.example' },
          state: { kind: 'needsSignIn', because: failures.signedOut },
        },
      ],
    },
  },
  {
    name: 'status-many',
    snapshot: {
      ...well,
      xero: [
        {
          ...signedIn(manyOrganisations),
          who: { name: LONG_PERSON, email: `${'a'.repeat(60)}@harbour.example` },
        },
      ],
      c1: {
        ...connected,
        credential: { ...credential, host: `${'very-'.repeat(9)}long-company.conductor.one` },
        askedAt: NOW - 50 * HOUR,
        usualPace: 24 * HOUR,
      },
      uploaded: {
        at: NOW - 50 * HOUR,
        bytes: 41_400_000,
        counts: {
          organisations: 9,
          accounts: 98_213,
          roles: 54,
          entitlements: 72,
          grants: 301_777,
        },
      },
    },
  },
];

const badDays: readonly Scene[] = [
  {
    name: 'status-xero-signed-out',
    snapshot: {
      ...well,
      xero: [
        {
          ...signedIn([harbour, northgate, demo]),
          state: { kind: 'needsSignIn', because: failures.signedOut },
        },
      ],
    },
  },
  { name: 'status-no-sign-in', snapshot: { ...well, xero: [], access: null } },
  {
    name: 'status-none-chosen',
    snapshot: { ...well, xero: [signedIn([{ ...harbour, governed: false }, demo])] },
  },
  {
    name: 'status-organisation-forbidden',
    snapshot: {
      ...well,
      xero: [signedIn([harbour, failed(northgate, failures.forbidden), demo])],
    },
  },
  {
    name: 'status-two-organisations-failed',
    snapshot: {
      ...well,
      xero: [
        signedIn([failed(harbour, failures.missing), failed(northgate, failures.unreadable), demo]),
      ],
    },
  },
  {
    name: 'status-c1-rejected',
    snapshot: withC1({ kind: 'rejected', credential, because: failures.rejected }),
  },
  {
    name: 'status-c1-offline',
    snapshot: withC1({ kind: 'offline', credential, because: failures.c1Unreachable }),
  },
  { name: 'status-c1-none', snapshot: withC1({ kind: 'none', because: null }) },
  {
    name: 'status-c1-checking',
    snapshot: withC1({ kind: 'verifying', credential, step: 'connector' }),
  },
  {
    name: 'status-both-broken',
    snapshot: {
      ...withC1({ kind: 'rejected', credential, because: failures.rejected }),
      xero: [
        {
          ...signedIn([harbour, northgate]),
          state: { kind: 'needsSignIn', because: failures.signedOut },
        },
      ],
    },
  },
  {
    // What is sealed can't be read either: who signed in, and what C1 received.
    name: 'status-keychain-locked',
    snapshot: {
      ...withC1({ kind: 'none', because: failures.keychainLocked }),
      xero: [
        {
          ...signedIn([]),
          who: null,
          state: { kind: 'needsSignIn', because: failures.keychainLocked },
        },
      ],
      access: null,
      uploaded: null,
      keptLooks: { newest: null, confirmedAt: null, trouble: failures.keychainLocked },
      sync: { kind: 'idle' },
      events: [],
    },
  },
  { name: 'status-rate-limited', snapshot: lookFailed(failures.rateLimited) },
  { name: 'status-look-unreadable', snapshot: lookFailed(failures.unreadable) },
  { name: 'status-upload-failed', snapshot: syncFailed(failures.uploadBroken) },
  { name: 'status-disk-full', snapshot: syncFailed(failures.diskFull) },
  {
    name: 'status-bug-details',
    snapshot: lookFailed(failures.bug),
    act: async (page) => {
      await page.getByRole('button', { name: say('failureNotice.details'), exact: true }).click();
    },
  },
  {
    name: 'status-check-kept-for-c1',
    snapshot: well,
    answers: { checkXeroNow: { ok: false, failure: failures.keptForC1 } },
    act: async (page) => {
      await page.getByRole('button', { name: 'Check Xero now' }).click();
      await page.getByText('kept for C1’s syncs').waitFor();
    },
  },
  {
    name: 'status-check-refused',
    snapshot: well,
    answers: { checkXeroNow: { ok: false, failure: failures.keychainLocked } },
    act: async (page) => {
      await page.getByRole('button', { name: 'Check Xero now' }).click();
      await page.getByText('The keychain is locked').waitFor();
    },
  },
];

/** A snapshot that no page can draw, as a bug would make one. */
const UNDRAWABLE = "window.pushSnapshot({ setup: 'done' })";

const trouble: readonly Scene[] = [
  {
    name: 'window-trouble',
    snapshot: well,
    act: async (page) => {
      await page.evaluate(UNDRAWABLE);
      await page.getByRole('heading', { name: 'This window stopped' }).waitFor();
    },
  },
];

const dialogs: readonly Scene[] = [
  {
    name: 'dialog-remove-credential',
    snapshot: well,
    act: (page) => page.getByRole('button', { name: 'Remove credential' }).click(),
  },
  {
    name: 'dialog-remove-credential-refused',
    snapshot: well,
    answers: { removeCredential: { ok: false, failure: failures.keychainLocked } },
    act: async (page) => {
      await page.getByRole('button', { name: 'Remove credential' }).click();
      const dialog = page.getByRole('dialog', { name: 'Remove the C1 credential?' });
      await dialog.getByRole('button', { name: 'Remove credential' }).click();
      await dialog.getByText('The keychain is locked').waitFor();
    },
  },
  {
    name: 'dialog-signing-in',
    snapshot: {
      ...well,
      xero: [
        {
          ...signedIn([harbour, northgate]),
          state: {
            kind: 'waitingForBrowser',
            address: 'https://login.xero.com/identity/connect/authorize?client_id=4F2A',
            redirectUri: 'http://localhost:26353/callback',
            browser: 'opened',
            since: NOW - 5_000,
          },
        },
      ],
    },
  },
];

/** The status page, what opens over it and what stands in for it, in every state. */
export const statusScenes: readonly Scene[] = [...goodDays, ...badDays, ...trouble, ...dialogs];
