import type { Page } from 'playwright';
import type { CredentialPreview } from '../../../shared/intents.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import {
  HOUR,
  LONG_PERSON,
  MINUTE,
  NOW,
  ben,
  chosen,
  connected,
  credential,
  custom,
  demo,
  failed,
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
import { sandboxed, waiting } from './scenes-xero.ts';

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
  { name: 'organisations-custom-alone', snapshot: { ...chosen, xero: [custom] } },
  {
    name: 'organisations-which-sign-in',
    snapshot: { ...chosen, xero: [signedIn([harbour, demo]), ben, custom] },
    act: (page) => page.getByRole('button', { name: 'Connect another organisation' }).click(),
  },
  {
    name: 'organisations-connecting',
    snapshot: { ...chosen, xero: [{ ...signedIn([harbour, northgate]), state: waiting }] },
  },
];

const atC1: Snapshot = { ...chosen, setup: 'c1' };

const UNUSUAL: CredentialPreview = {
  ...understood,
  clientId: { kind: 'understood', shown: 'quiet-otter-41822@c1.gateway.example:8443/ccc' },
  destination: { host: 'c1.gateway.example:8443', unusual: true },
};

async function paste(page: Page, seen: string): Promise<void> {
  await page.getByLabel('Client ID and Client secret').fill('pasted');
  await page.getByText(seen).first().waitFor();
}

function pasted(name: string, preview: CredentialPreview, seen: string): Scene {
  return {
    name,
    snapshot: atC1,
    answers: { previewCredential: { ok: true, value: preview } },
    act: (page) => paste(page, seen),
  };
}

const c1: readonly Scene[] = [
  { name: 'c1-paste', snapshot: atC1 },
  { name: 'c1-sandbox', snapshot: { ...atC1, app: sandboxed } },
  pasted('c1-preview', understood, credential.host),
  pasted('c1-half-pasted', { ...understood, secret: { kind: 'missing' } }, 'Not there yet'),
  pasted(
    'c1-nothing-in-it',
    { clientId: { kind: 'missing' }, secret: { kind: 'missing' }, destination: null },
    'There is no Client ID',
  ),
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
  pasted(
    'c1-secret-short',
    { ...understood, secret: { kind: 'wrong', because: failures.secretShort } },
    failures.secretShort.message,
  ),
  pasted(
    'c1-several',
    {
      clientId: { kind: 'wrong', because: failures.severalIds },
      secret: understood.secret,
      destination: null,
    },
    failures.severalIds.message,
  ),
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

/** First run after the sign-in, in every state. */
export const setupScenes: readonly Scene[] = [...organisations, ...c1];
