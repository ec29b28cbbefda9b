import type { Page } from 'playwright';
import type { Failure } from '../../../shared/errors.ts';
import type { AppInfo, SignInState, Snapshot, XeroAppKind } from '../../../shared/snapshot.ts';
import {
  MINUTE,
  NOW,
  ben,
  chosen,
  custom,
  fresh,
  harbour,
  signedIn,
  understoodApp,
} from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

/** As `npm run demo` opens it. */
export const sandboxed: AppInfo = {
  ...fresh.app,
  sandbox: true,
  sample: {
    kind: 'open',
    clientId: 'A3C5512E9B7D6A084F2A9C81D7E64B0F',
    c1Page: 'http://localhost:8443/pages',
  },
};

const CLIENT_ID = '4F2A9C81D7E64B0FA3C5512E9B7D6A08';

export const waiting: Extract<SignInState, { kind: 'waitingForBrowser' }> = {
  kind: 'waitingForBrowser',
  address:
    'https://login.xero.com/identity/connect/authorize?client_id=4F2A9C81D7E64B0FA3C5512E9B7D6A08&response_type=code&scope=openid+profile+email+offline_access+accounting.settings.read&redirect_uri=http%3A%2F%2Flocalhost%3A21741%2Fcallback&code_challenge=ZbZ8Sv0uYkZ3e5cV6rT1oGm2qf7Jt0c9p4wQxLr1yEs&code_challenge_method=S256&state=b8T0',
  redirectUri: 'http://localhost:21741/callback',
  browser: 'opened',
  since: NOW - 8_000,
};

function signing(state: SignInState, app: XeroAppKind = 'desktop'): Snapshot {
  const signIn = { ...signedIn([]), app, clientId: CLIENT_ID, who: null, state };
  return { ...fresh, xero: [signIn] };
}

const choose = (page: Page, kind: string) => page.getByRole('radio', { name: kind }).check();

/** Chooses a kind with a secret, and pastes both halves. */
async function paste(page: Page, kind: string, seen: string): Promise<void> {
  await choose(page, kind);
  await page.getByLabel('Client ID of the Xero app').fill(CLIENT_ID);
  await page.getByLabel('Client secret of the Xero app').fill('pasted secret');
  await page.getByText(seen).first().waitFor();
}

const refused = (name: string, app: XeroAppKind, because: Failure): Scene => ({
  name,
  snapshot: signing({ kind: 'signedOut', because }, app),
});

/** The first step of first run, in every state. */
export const xeroScenes: readonly Scene[] = [
  { name: 'loading', snapshot: null },
  { name: 'xero-first', snapshot: fresh },
  {
    name: 'xero-sample-at-hand',
    snapshot: { ...fresh, app: { ...fresh.app, sample: { kind: 'available' } } },
  },
  { name: 'xero-sandbox', snapshot: { ...fresh, app: sandboxed } },
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
  {
    name: 'xero-desktop-understood',
    snapshot: fresh,
    answers: { checkXeroApp: { ok: true, value: { ...understoodApp, maskedSecret: null } } },
    act: async (page) => {
      await page.getByLabel('Client ID of the Xero app').fill(CLIENT_ID);
      await page.getByText('This has the form').waitFor();
    },
  },
  { name: 'xero-web', snapshot: fresh, act: (page) => choose(page, 'Web app') },
  {
    name: 'xero-web-understood',
    snapshot: fresh,
    act: (page) => paste(page, 'Web app', 'Both have the form'),
  },
  {
    name: 'xero-web-secret-short',
    snapshot: fresh,
    answers: { checkXeroApp: { ok: false, failure: failures.xeroSecretShort } },
    act: (page) => paste(page, 'Web app', failures.xeroSecretShort.message),
  },
  refused('xero-web-refused', 'web', failures.webRejected),
  { name: 'xero-custom', snapshot: fresh, act: (page) => choose(page, 'Custom connection') },
  { name: 'xero-custom-trying', snapshot: signing({ kind: 'finishing' }, 'custom') },
  refused('xero-custom-refused', 'custom', failures.customRejected),
  refused('xero-custom-not-authorised', 'custom', failures.customNotAuthorised),
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
  {
    name: 'xero-waiting-long-web',
    snapshot: signing({ ...waiting, since: NOW - 2 * MINUTE }, 'web'),
  },
  { name: 'xero-no-browser', snapshot: signing({ ...waiting, browser: 'failed' }) },
  { name: 'xero-stray-answer', snapshot: signing({ ...waiting, note: failures.stray }) },
  { name: 'xero-finishing', snapshot: signing({ kind: 'finishing' }) },
  { name: 'xero-signed-in', snapshot: { ...chosen, setup: 'xero' } },
  {
    name: 'xero-signed-in-thrice',
    snapshot: { ...chosen, setup: 'xero', xero: [signedIn([harbour]), ben, custom] },
  },
];
