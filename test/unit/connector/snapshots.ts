import type { Failure } from '../../../shared/errors.ts';
import type {
  AccessCounts,
  AppInfo,
  C1Credential,
  Organisation,
  SignInState,
  Snapshot,
  XeroSignIn,
} from '../../../shared/snapshot.ts';
import { initialSnapshot } from '../../../main/connector/state.ts';
import { CLIENT_ID as C1_CLIENT_ID } from '../c1/credentials.ts';
import { CLIENT_ID } from '../xero/fake-xero.ts';

/** Readable snapshots for tests of the state and of what is made of it. */

export const APP: AppInfo = {
  name: 'C1 Connector for Xero',
  version: '0.1.0',
  runtime: 'Electron 45.4.1',
  platform: 'linux',
  sandbox: false,
};

export const HARBOUR = '11111111-1111-4111-8111-111111111111';
export const FARM = '22222222-2222-4222-8222-222222222222';

export const C1: C1Credential = {
  clientId: C1_CLIENT_ID,
  host: 'acme.conductor.one',
  addedAt: 1,
};

export const COUNTS: AccessCounts = {
  organisations: 2,
  accounts: 25,
  roles: 12,
  entitlements: 16,
  grants: 60,
};

export function trouble(overrides: Partial<Failure> = {}): Failure {
  return { code: 'xeroSignedOut', message: 'Signed out.', next: 'signInToXero', ...overrides };
}

export function organisation(overrides: Partial<Organisation> = {}): Organisation {
  return {
    id: HARBOUR,
    name: 'Harbour Books',
    shortCode: '!23eYt',
    demo: false,
    governed: true,
    state: { kind: 'unread' },
    ...overrides,
  };
}

export function signIn(overrides: Partial<XeroSignIn> = {}): XeroSignIn {
  return {
    id: 'sign-in-1',
    app: 'desktop',
    clientId: CLIENT_ID,
    who: { name: 'Ana Reyes', email: 'ana@harbour.example' },
    state: { kind: 'signedIn' },
    organisations: [organisation()],
    ...overrides,
  };
}

export function waiting(
  overrides: Partial<Extract<SignInState, { kind: 'waitingForBrowser' }>> = {},
): SignInState {
  return {
    kind: 'waitingForBrowser',
    address: 'https://login.xero.com/identity/connect/authorize?state=s',
    redirectUri: 'http://localhost:21741/callback',
    browser: 'opening',
    since: 1,
    ...overrides,
  };
}

/** Signed in, connected, and done with set-up, unless said otherwise. */
export function snapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  return {
    ...initialSnapshot(APP),
    setup: 'done',
    xero: [signIn()],
    c1: {
      kind: 'connected',
      credential: C1,
      since: 1,
      answeredAt: 2,
      askedAt: null,
      usualPace: null,
    },
    uploaded: { at: 3, counts: COUNTS, bytes: 4096 },
    ...overrides,
  };
}
