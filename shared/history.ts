import { z } from 'zod';

/**
 * What the app did and what was done with it, as the history keeps it: public data alone, never a
 * secret. Names of organisations and of who signed in may stand here, since the file is sealed. Times
 * and lengths are milliseconds.
 */

/** What went wrong, as `shared/errors.ts` tells it: the code, the words, an HTTP status or a correlation id. */
const Trouble = z.object({ code: z.string(), message: z.string(), detail: z.string().nullable() });
const Count = z.number();
const Names = z.array(z.string()).readonly();

const SyncEvent = z.discriminatedUnion('what', [
  z.object({ kind: z.literal('sync'), what: z.literal('asked'), taskId: z.string() }),
  z.object({
    kind: z.literal('sync'),
    what: z.literal('done'),
    taskId: z.string(),
    /** From C1's asking to C1's knowing. */
    took: z.number(),
  }),
  z.object({
    kind: z.literal('sync'),
    what: z.literal('failed'),
    taskId: z.string(),
    because: Trouble,
  }),
]);

const UploadEvent = z.object({
  kind: z.literal('upload'),
  organisations: Count,
  accounts: Count,
  roles: Count,
  grants: Count,
  bytes: z.number(),
});

/** A task that is no sync; those are told as `sync`. */
const TaskEvent = z.object({
  kind: z.literal('task'),
  /** C1's name for the kind, or `unknown`. */
  task: z.string(),
  taskId: z.string(),
  outcome: z.enum(['done', 'failed', 'unanswered']),
  /** The gRPC code of the answer; null unless it failed. */
  code: z.number().nullable(),
});

const Credential = { clientId: z.string(), host: z.string() };
const CredentialEvent = z.discriminatedUnion('what', [
  z.object({ kind: z.literal('credential'), what: z.literal('added'), ...Credential }),
  z.object({ kind: z.literal('credential'), what: z.literal('removed'), ...Credential }),
  z.object({
    kind: z.literal('credential'),
    what: z.literal('rejected'),
    ...Credential,
    because: Trouble,
  }),
  /** The steps of a change from one to another: each names the one that it happened to. */
  z.object({
    kind: z.literal('credential'),
    what: z.enum(['pending', 'verified', 'switched', 'retired', 'rolledBack', 'discarded']),
    ...Credential,
  }),
]);
export type CredentialEvent = z.infer<typeof CredentialEvent>;

/** The person's name, or null for a custom connection. */
const Who = z.string().nullable();
const App = z.enum(['desktop', 'web', 'custom']);
const SignInEvent = z.discriminatedUnion('what', [
  z.object({ kind: z.literal('signIn'), what: z.literal('signedIn'), who: Who, app: App }),
  z.object({ kind: z.literal('signIn'), what: z.literal('failed'), because: Trouble }),
  /** Went through Xero's page once more, and connected nothing new. */
  z.object({ kind: z.literal('signIn'), what: z.literal('nothingNew'), who: Who }),
  /** Xero honours it no more: somebody has to sign in again. */
  z.object({ kind: z.literal('signIn'), what: z.literal('ended'), who: Who, because: Trouble }),
  z.object({ kind: z.literal('signIn'), what: z.literal('secretChanged'), who: Who, app: App }),
  /** Another app at Xero reaches all that this sign-in reached, which isn't kept any more. */
  z.object({ kind: z.literal('signIn'), what: z.literal('appChanged'), who: Who, app: App }),
  z.object({
    kind: z.literal('signIn'),
    what: z.literal('signedOut'),
    who: Who,
    /** What became of the consent at Xero. */
    consent: z.enum(['left', 'givenBack', 'mayRemain']),
  }),
]);

const OrganisationEvent = z.discriminatedUnion('what', [
  /** The admin's choice of what is governed; the names of all of it. */
  z.object({ kind: z.literal('organisation'), what: z.literal('chosen'), names: Names }),
  z.object({ kind: z.literal('organisation'), what: z.literal('connected'), names: Names }),
  z.object({ kind: z.literal('organisation'), what: z.literal('disconnected'), name: z.string() }),
  /** A look can't read it any more. */
  z.object({
    kind: z.literal('organisation'),
    what: z.literal('unreadable'),
    name: z.string(),
    because: Trouble,
  }),
  z.object({ kind: z.literal('organisation'), what: z.literal('readAgain'), name: z.string() }),
]);

const SettingEvent = z.discriminatedUnion('setting', [
  z.object({
    kind: z.literal('setting'),
    setting: z.literal('caFile'),
    to: z.enum(['file', 'none']),
  }),
  z.object({
    kind: z.literal('setting'),
    setting: z.enum([
      'lookEveryMinutes',
      'startAtLogin',
      'theme',
      'reminderDays',
      'accountId',
      'legacyOrganisationId',
      'requests',
      'requestMinutes',
      'requestHeartbeats',
    ]),
    /** As the settings hold it. */
    to: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  }),
]);

const ExportEvent = z.discriminatedUnion('what', [
  z.object({
    kind: z.literal('export'),
    what: z.literal('history'),
    format: z.enum(['csv', 'jsonLines']),
    entries: Count,
  }),
  z.object({ kind: z.literal('export'), what: z.literal('diagnostics') }),
  z.object({ kind: z.literal('export'), what: z.literal('access'), rows: Count }),
  z.object({
    kind: z.literal('export'),
    what: z.literal('report'),
    people: Count,
    /** Of its data, in hexadecimal. */
    sha256: z.string(),
  }),
]);

const LookEvent = z.discriminatedUnion('what', [
  /** A look found another access than the one before it. */
  z.object({
    kind: z.literal('look'),
    what: z.literal('changed'),
    joined: Count,
    left: Count,
    changedRole: Count,
  }),
  /** The first look that failed since one went well. */
  z.object({ kind: z.literal('look'), what: z.literal('failed'), because: Trouble }),
  z.object({ kind: z.literal('look'), what: z.literal('wellAgain') }),
]);

/** One of C1's requests, from its being asked to its answer. Roles are Xero's words, null for no access. */
const RequestEvent = z.object({
  kind: z.literal('request'),
  what: z.enum([
    'asked',
    'refused',
    /** Its steps were shown, and one of its pages in Xero opened from here. */
    'shown',
    'opened',
    'saidDone',
    'saidInvited',
    'confirmed',
    /** Xero shows it as asked. */
    'verified',
    'alreadySo',
    'declined',
    'invited',
    'outOfTime',
    'cancelled',
    'tooLate',
  ]),
  /** Names the request, whose events belong together. */
  request: z.string(),
  person: z.string(),
  /** The name of its organisation; null where it is about every governed one. */
  organisation: z.string().nullable(),
  task: z.enum(['invite', 'changeRole', 'remove', 'removeEverywhere']),
  /** What Xero showed when C1 asked, what was asked for, and what Xero shows now. */
  before: z.string().nullable(),
  asked: z.string().nullable(),
  after: z.string().nullable(),
  /** The reason given for declining, or what couldn't be done; null where nothing is to be said. */
  because: z.string().nullable(),
});
export type RequestEvent = z.infer<typeof RequestEvent>;

const PauseEvent = z.discriminatedUnion('what', [
  /** `until` is null where it lasts until somebody resumes. */
  z.object({ kind: z.literal('pause'), what: z.literal('paused'), until: z.number().nullable() }),
  z.object({ kind: z.literal('pause'), what: z.literal('resumed'), by: z.enum(['hand', 'time']) }),
]);

const AppEvent = z.discriminatedUnion('what', [
  z.object({ kind: z.literal('app'), what: z.literal('started'), version: z.string() }),
  z.object({ kind: z.literal('app'), what: z.literal('stopped') }),
  z.object({
    kind: z.literal('app'),
    what: z.literal('updated'),
    from: z.string(),
    to: z.string(),
  }),
]);

export const HistoryEvent = z.discriminatedUnion('kind', [
  SyncEvent,
  UploadEvent,
  TaskEvent,
  CredentialEvent,
  SignInEvent,
  OrganisationEvent,
  SettingEvent,
  ExportEvent,
  LookEvent,
  RequestEvent,
  PauseEvent,
  AppEvent,
]);
export type HistoryEvent = z.infer<typeof HistoryEvent>;
export type HistoryKind = HistoryEvent['kind'];
export type Trouble = z.infer<typeof Trouble>;

/** One line of the history. */
export const HistoryEntry = z.object({
  id: z.string(),
  /** When it was recorded, in milliseconds since 1970. */
  at: z.number(),
  event: HistoryEvent,
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** What the window asks for: the newest entries that fit, older than `before` where it is given. */
export const HistoryQuery = z.object({
  /** The kinds that are shown; all of them when there are none. */
  kinds: z.array(z.string().max(20)).max(20),
  /** Words that all stand in the sentence or in the details, in any case. */
  search: z.string().max(200),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/** The place of an entry. */
export const HistoryPlace = z.object({ id: z.string().max(100), at: z.number() });
export type HistoryPlace = z.infer<typeof HistoryPlace>;

/** Newest first. */
export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** Where the next page begins; null when there is nothing older. */
  readonly next: HistoryPlace | null;
}
