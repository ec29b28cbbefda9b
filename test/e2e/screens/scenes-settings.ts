import type { Page } from 'playwright';
import type { CaFileState, Snapshot } from '../../../shared/snapshot.ts';
import type { Ways } from '../../../shared/ways.ts';
import { connected, NOW, well } from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

const PATH = '/home/ana/Documents/harbour-network-ca.pem';
const DAY = 24 * 3_600_000;

const trusted: CaFileState = {
  path: PATH,
  state: { kind: 'trusted', names: ['Harbour Network Root CA'], validUntil: NOW + 900 * DAY },
};
const bundle: CaFileState = {
  path: `/home/ana/Documents/${'a-very-long-name-of-a-folder/'.repeat(4)}bundle.pem`,
  state: {
    kind: 'trusted',
    names: ['Harbour Network Root CA', 'Harbour Network Issuing CA 2', 'Zscaler Root CA', 'Other'],
    validUntil: NOW + 2000 * DAY,
  },
};

const proxies: Ways = {
  xero: { kind: 'proxy', proxy: 'proxy-of-the-head-office.example:3128', from: 'system' },
  c1: { kind: 'proxy', proxy: '10.0.0.7:8080', from: 'environment' },
};

const withCaFile = (caFile: CaFileState | null): Snapshot => ({ ...well, caFile });

async function toSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
}

export const settingsScenes: readonly Scene[] = [
  { name: 'settings', snapshot: withCaFile(null), act: toSettings },
  {
    name: 'settings-proxies',
    snapshot: withCaFile(null),
    answers: { readWays: { ok: true, value: proxies } },
    act: async (page) => {
      await toSettings(page);
      await page.getByText('proxy-of-the-head-office').first().scrollIntoViewIfNeeded();
    },
  },
  { name: 'settings-ca-file', snapshot: withCaFile(trusted), act: toSettings },
  { name: 'settings-ca-bundle', snapshot: withCaFile(bundle), act: toSettings },
  {
    name: 'settings-ca-file-gone',
    snapshot: withCaFile({
      path: PATH,
      state: { kind: 'unusable', because: failures.caFileGone },
    }),
    act: toSettings,
  },
  {
    name: 'settings-ca-file-refused',
    snapshot: withCaFile(null),
    answers: { chooseCaFile: { ok: false, failure: failures.caFileEmpty } },
    act: async (page) => {
      await toSettings(page);
      await page.getByRole('button', { name: 'Choose a file' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'status-certificate-untrusted',
    snapshot: {
      ...well,
      c1: {
        kind: 'offline',
        credential: connected.credential,
        because: { ...failures.untrusted, retryAt: NOW + 60_000 },
      },
    },
  },
  {
    name: 'status-proxy-sign-in',
    snapshot: {
      ...well,
      c1: {
        kind: 'offline',
        credential: connected.credential,
        because: { ...failures.proxySignIn, retryAt: NOW + 60_000 },
      },
    },
  },
];
