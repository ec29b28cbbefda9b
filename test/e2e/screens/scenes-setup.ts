import type { Page } from 'playwright';
import type { Failure } from '../../../shared/errors.ts';
import type { SignInState, Snapshot } from '../../../shared/snapshot.ts';
import {
  HOUR,
  LONG_PERSON,
  MINUTE,
  NOW,
  chosen,
  connected,
  credential,
  demo,
  failed,
  fresh,
  harbour,
  justConnected,
  manyOrganisations,
  northgate,
  signedIn,
  unread,
  uploaded,
  understood,
} from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

const CLIENT_ID = '4F2A9C81D7E64B0FA3C5512E9B7D6A08';

const waiting: Extract<SignInState, { kind: 'waitingForBrowser' }> = {
  kind: 'waitingForBrowser',
  address:
    'https://login.xero.com/identity/connect/authorize?client_id=4F2A9C81D7E64B0FA3C5512E9B7D6A08&response_type=code&scope=openid+profile+email+offline_access+accounting.settings.read&redirect_uri=http%3A%2F%2Flocalhost%3A21741%2Fcallback&code_challenge=ZbZ8Sv0uYkZ3e5cV6rT1oGm2qf7Jt0c9p4wQxLr1yEs&code_challenge_method=S256&state=b8T0',
  redirectUri: 'http://localhost:21741/callback',
  browser: 'opened',
  since: NOW - 8_000,
};

function signing(state: SignInState): Snapshot {
  const signIn = { ...signedIn([]), clientId: CLIENT_ID, who: null, state };
  return { ...fresh, xero: [signIn] };
}

const xero: readonly Scene[] = [
  { name: 'loading', snapshot: null },
  { name: 'xero-first', snapshot: fresh },
  { name: 'xero-sandbox', snapshot: { ...fresh, app: { ...fresh.app, sandbox: true } } },
  {
    name: 'xero-client-id-wrong',
    snapshot: fresh,
    answers: { startSignIn: { ok: false, failure: failures.clientIdWrong } },
    act: async (page) => {
      await page.getByLabel('Client ID of the Xero app').fill('c1-connector');
      await page.getByRole('button', { name: 'Sign in to Xero' }).click();
      await page.getByText('A Xero client ID is 32 letters').waitFor();
    },
  },
  ...(
    ['portsTaken', 'denied', 'cancelled', 'timedOut', 'noKeychain', 'keychainLocked'] as const
  ).map((name): Scene => ({
    name: `xero-${name}`,
    snapshot: signing({ kind: 'signedOut', because: failures[name] }),
  })),
  { name: 'xero-waiting', snapshot: signing(waiting) },
  {
    name: 'xero-waiting-long',
    snapshot: signing({ ...waiting, since: NOW - 2 * MINUTE }),
  },
  { name: 'xero-no-browser', snapshot: signing({ ...waiting, browser: 'failed' }) },
  { name: 'xero-stray-answer', snapshot: signing({ ...waiting, note: failures.stray }) },
  { name: 'xero-finishing', snapshot: signing({ kind: 'finishing' }) },
  { name: 'xero-signed-in', snapshot: { ...chosen, setup: 'xero' } },
];

const organisations: readonly Scene[] = [
  {
    name: 'organisations-reading',
    snapshot: {
      ...chosen,
      xero: [signedIn([unread(harbour)])],
      sync: { kind: 'reading', done: 0, of: 1, for: 'look' },
    },
  },
  {
    name: 'organisations-listing',
    snapshot: {
      ...chosen,
      xero: [signedIn([])],
      sync: { kind: 'reading', done: 0, of: 0, for: 'look' },
    },
  },
  { name: 'organisations-none', snapshot: { ...chosen, xero: [signedIn([])] } },
  { name: 'organisations-counted', snapshot: chosen },
  {
    name: 'organisations-trouble',
    snapshot: {
      ...chosen,
      xero: [
        signedIn([
          failed(harbour, failures.missing),
          failed(northgate, failures.forbidden),
          failed({ ...demo, governed: true }, failures.unreadable),
        ]),
      ],
    },
  },
  {
    name: 'organisations-none-chosen',
    snapshot: chosen,
    act: async (page) => {
      await page.getByLabel('Harbour & Sons Ltd').uncheck();
      await page.getByLabel('Northgate Dental Care').uncheck();
      await page.getByRole('button', { name: 'Go on to C1' }).click();
      await page.getByText('No organisation is chosen').waitFor();
    },
  },
  {
    name: 'organisations-many',
    snapshot: {
      ...chosen,
      xero: [
        {
          ...signedIn(manyOrganisations),
          who: { name: LONG_PERSON, email: `${'a'.repeat(60)}@harbour.example` },
        },
      ],
    },
  },
  {
    name: 'organisations-connecting',
    snapshot: { ...chosen, xero: [{ ...signedIn([harbour, northgate]), state: waiting }] },
  },
];

const atC1: Snapshot = { ...chosen, setup: 'c1' };

const UNUSUAL = {
  ...understood,
  clientId: 'quiet-otter-41822@c1.gateway.example:8443/ccc',
  host: 'c1.gateway.example:8443',
  unusualHost: true,
};

async function paste(page: Page, seen: string): Promise<void> {
  await page.getByLabel('Client ID', { exact: true }).fill('pasted client id');
  await page.getByLabel('Client secret', { exact: true }).fill('pasted secret');
  await page.getByText(seen).first().waitFor();
}

function pasted(name: string, failure: Failure): Scene {
  return {
    name,
    snapshot: atC1,
    answers: { previewCredential: { ok: false, failure } },
    act: (page) => paste(page, failure.message),
  };
}

const c1: readonly Scene[] = [
  { name: 'c1-paste', snapshot: atC1 },
  {
    name: 'c1-preview',
    snapshot: atC1,
    answers: { previewCredential: { ok: true, value: understood } },
    act: (page) => paste(page, credential.host),
  },
  {
    name: 'c1-unusual-host',
    snapshot: atC1,
    answers: {
      previewCredential: { ok: true, value: UNUSUAL },
      connectC1: { ok: false, failure: failures.unconfirmed },
    },
    act: async (page) => {
      await paste(page, 'I know who runs');
      await page.getByRole('button', { name: 'Connect to C1' }).click();
      await page.getByText('which isn’t one of C1’s usual addresses').waitFor();
    },
  },
  pasted('c1-secret-short', failures.secretShort),
  pasted('c1-swapped', failures.swapped),
  {
    name: 'c1-rejected',
    snapshot: { ...atC1, c1: { kind: 'rejected', credential, because: failures.rejected } },
  },
  {
    name: 'c1-keychain-locked',
    snapshot: { ...atC1, c1: { kind: 'none', because: failures.keychainLocked } },
  },
  {
    name: 'c1-checking-credential',
    snapshot: { ...atC1, c1: { kind: 'verifying', credential, step: 'credential' } },
  },
  {
    name: 'c1-checking-connector',
    snapshot: { ...atC1, c1: { kind: 'verifying', credential, step: 'connector' } },
  },
  { name: 'c1-connected', snapshot: { ...atC1, c1: justConnected } },
  {
    name: 'c1-quiet',
    snapshot: { ...atC1, c1: { ...justConnected, since: NOW - 3 * MINUTE } },
  },
  {
    name: 'c1-uploading',
    snapshot: {
      ...atC1,
      c1: connected,
      sync: { kind: 'uploading', sent: 20_000, of: uploaded.bytes },
    },
  },
  {
    name: 'c1-received',
    snapshot: { ...atC1, c1: connected, uploaded: { ...uploaded, at: NOW - 10_000 } },
  },
  {
    name: 'c1-offline',
    snapshot: { ...atC1, c1: { kind: 'offline', credential, because: failures.c1Unreachable } },
  },
  {
    name: 'c1-upload-failed',
    snapshot: {
      ...atC1,
      c1: connected,
      sync: { kind: 'failed', at: NOW - HOUR, for: 'c1', because: failures.uploadBroken },
    },
  },
];

/** First run, in every state. */
export const setupScenes: readonly Scene[] = [...xero, ...organisations, ...c1];
