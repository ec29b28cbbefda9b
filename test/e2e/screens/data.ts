import type { Failure } from '../../../shared/errors.ts';
import type { HistoryEntry, HistoryEvent } from '../../../shared/history.ts';
import type { CredentialPreview, Loss, XeroAppPreview } from '../../../shared/intents.ts';
import type {
  AccessSummary,
  C1Credential,
  C1State,
  Organisation,
  OrganisationState,
  Snapshot,
  UploadSummary,
  XeroSignIn,
} from '../../../shared/snapshot.ts';

/** Every scene plays at this moment, in London. */
export const NOW = Date.UTC(2026, 10, 23, 14, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const read = (people: number, ...roles: [string, number][]): OrganisationState => ({
  kind: 'read',
  at: NOW - 4 * MINUTE,
  people,
  roles: roles.map(([name, count]) => ({ name, people: count })),
});

function organisation(
  name: string,
  state: OrganisationState,
  rest: Partial<Organisation> = {},
): Organisation {
  return { id: name, name, shortCode: '!23eYt', demo: false, governed: true, state, ...rest };
}

export const harbour = organisation(
  'Harbour & Sons Ltd',
  read(12, ['Adviser', 2], ['Standard', 6], ['Invoice only', 3], ['Read only', 1]),
);
export const northgate = organisation(
  'Northgate Dental Care',
  read(9, ['Adviser', 1], ['Standard', 5], ['Read only', 3]),
);
export const demo = organisation('Demo Company (UK)', read(4, ['Adviser', 4]), {
  demo: true,
  governed: false,
});
export const unread = (from: Organisation): Organisation => ({
  ...from,
  state: { kind: 'unread' },
});

const UNLISTED: ReadonlySet<string> = new Set(['organisationMissing', 'demoCompanyReset']);

export const failed = (from: Organisation, because: Failure): Organisation => ({
  ...from,
  state: { kind: UNLISTED.has(because.code) ? 'missing' : 'failed', because },
});

const LONG_NAME =
  'The Worshipful Company of Framework Knitters and Allied Trades (Nottingham, Derby and Leicester) Holdings Limited, formerly Donaudampfschifffahrtsgesellschaft';

/** Long names, other scripts, nobody, one person, thousands. */
export const manyOrganisations: readonly Organisation[] = [
  organisation(LONG_NAME, read(1204, ['Adviser', 14], ['Standard', 790], ['Read only', 400])),
  organisation('Công ty TNHH Thương mại Hòa Bình', read(1, ['Adviser', 1])),
  organisation('Ωκεανός Ναυτιλιακή Α.Ε.', read(0)),
  ...Array.from({ length: 9 }, (_, index) =>
    organisation(`Branch ${index + 1} Pty Ltd`, read(3 + index, ['Standard', 3 + index]), {
      governed: index % 3 !== 2,
    }),
  ),
];
export const LONG_PERSON =
  'Maximiliana Alexandrowna von und zu Hohenlohe-Waldenburg-Schillingsfürst Featherstonehaugh';

export function signedIn(organisations: readonly Organisation[]): XeroSignIn {
  return {
    id: 'sign-in-1',
    app: 'desktop',
    clientId: '4F2A9C81D7E64B0FA3C5512E9B7D6A08',
    who: { name: 'Ana Pires', email: 'ana.pires@harbour.example' },
    state: { kind: 'signedIn' },
    organisations,
  };
}

/** Somebody else's, with a web app. */
export const ben: XeroSignIn = {
  ...signedIn([northgate]),
  id: 'sign-in-2',
  app: 'web',
  clientId: '9B7D6A084F2A9C81D7E64B0FA3C5512E',
  who: { name: 'Ben Okafor', email: 'ben.okafor@northgate.example' },
};

/** A custom connection: nobody stands behind it. */
export const custom: XeroSignIn = {
  ...signedIn([northgate]),
  id: 'sign-in-3',
  app: 'custom',
  clientId: 'A3C5512E9B7D6A084F2A9C81D7E64B0F',
  who: null,
};

export const credential: C1Credential = {
  clientId: 'quiet-otter-41822@harbour.conductor.one/ccc',
  host: 'harbour.conductor.one',
  addedAt: NOW - 30 * 24 * HOUR,
};

/** What the main process makes of that credential's two halves. */
export const understood: CredentialPreview = {
  clientId: { kind: 'understood', shown: credential.clientId },
  secret: { kind: 'understood', shown: 'secret-token:conductorone.com:v1:…4f2c' },
  destination: { host: credential.host, unusual: false },
};

/** What it makes of a Xero app with a secret. */
export const understoodApp: XeroAppPreview = {
  clientId: ben.clientId,
  maskedSecret: '…x4Qz (48 characters)',
};

/** What C1 would see disappear with Northgate. */
export const loss: Loss = {
  organisations: ['Northgate Dental Care'],
  accounts: 7,
  roles: 5,
  grants: 18,
  mayPauseC1: false,
};

type Connected = Extract<C1State, { kind: 'connected' }>;

export const connected: Connected = {
  kind: 'connected',
  credential,
  since: NOW - 5 * HOUR,
  answeredAt: NOW - 20_000,
  askedAt: NOW - 12 * MINUTE,
  usualPace: HOUR - 20_000,
};
export const justConnected: Connected = {
  ...connected,
  since: NOW - 30_000,
  askedAt: null,
  usualPace: null,
};

const counts = { organisations: 2, accounts: 19, roles: 10, entitlements: 14, grants: 42 };

export const access: AccessSummary = {
  at: NOW - 4 * MINUTE,
  counts,
  warnings: [
    'Xero lists 1 person in Northgate Dental Care with two roles at once. Both are kept.',
    'Xero has no e-mail address for 3 people in Harbour & Sons Ltd. C1 can’t match them to its users by e-mail.',
  ],
};

/** One of each kind. */
export const everyWarning: readonly string[] = [
  'Xero has a role that this app doesn’t know: Payroll Admin, held by 1 person in Northgate Dental Care. It is synced as a role of its own.',
  'Xero doesn’t say the role of 2 people in Harbour & Sons Ltd. They are synced as members, in no role.',
  ...access.warnings,
  'Xero sent “UpdatedDateUTC” of 12 people in Harbour & Sons Ltd in a form that this app doesn’t know. It is left out; who has access is complete.',
  '1 e-mail address is shared by 2 accounts in Harbour & Sons Ltd and Northgate Dental Care. They may be one person; C1 gets each account by itself.',
  'Xero lists 1 person in Northgate Dental Care as removed who can still use another organisation. Check whether that is meant.',
];

export const uploaded: UploadSummary = { at: NOW - 12 * MINUTE, counts, bytes: 48_312 };

const UPLOAD = {
  kind: 'upload',
  organisations: 2,
  accounts: 19,
  roles: 12,
  grants: 44,
  bytes: 48_312,
} as const;
const CREDENTIAL = {
  kind: 'credential',
  clientId: credential.clientId,
  host: credential.host,
} as const;

export const events: readonly HistoryEntry[] = entriesOf([
  [NOW - 12 * MINUTE, UPLOAD],
  [NOW - 72 * MINUTE, UPLOAD],
  [NOW - 3 * HOUR, { ...CREDENTIAL, what: 'added' }],
  [NOW - 4 * HOUR, { ...CREDENTIAL, what: 'removed' }],
  [NOW - 5 * HOUR, { kind: 'signIn', what: 'signedIn', who: 'Ana Pires', app: 'desktop' }],
]);

/** Entries of the history, newest first, at these times. */
export function entriesOf(
  events: readonly (readonly [at: number, event: HistoryEvent])[],
): readonly HistoryEntry[] {
  return events.map(([at, event]) => ({ id: `entry-${at}`, at, event }));
}

/** A newly installed app. */
export const fresh: Snapshot = {
  app: {
    name: 'C1 Connector for Xero',
    version: '0.1.0',
    runtime: 'Electron 45.4.1',
    platform: 'linux',
    sandbox: false,
  },
  setup: 'xero',
  xero: [],
  c1: { kind: 'none', because: null },
  rotation: { kind: 'none' },
  sync: { kind: 'idle' },
  access: null,
  keptLooks: { newest: null, confirmedAt: null, trouble: null },
  inbox: { requests: [] },
  uploaded: null,
  events: [],
  caFile: null,
  settings: {
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
  },
};

/** Signed in to Xero, with organisations counted, before C1. */
export const chosen: Snapshot = {
  ...fresh,
  setup: 'organisations',
  xero: [signedIn([harbour, northgate, demo])],
  access,
};

/** A good day. */
export const well: Snapshot = {
  ...chosen,
  setup: 'done',
  c1: connected,
  sync: { kind: 'done', at: NOW - 4 * MINUTE, for: 'look' },
  uploaded,
  events,
};
