import type { AppChange } from './app-change.ts';
import type { Failure } from './errors.ts';
import type { InboxView } from './requests.ts';
import type { C1Credential, RotationState } from './rotation.ts';
import type { ShownSettings } from './settings-schema.ts';
import type { HistoryEntry } from './history.ts';

export type { C1Credential } from './rotation.ts';

/**
 * The one picture of the app's state that the window renders. Plain data, made
 * by the main process, pushed whole on every change. Holds no secret. Times are
 * milliseconds since 1970.
 */
export interface Snapshot {
  readonly app: AppInfo;
  /** Where first run stands; `done` shows the status page. */
  readonly setup: SetupStep;
  readonly xero: readonly XeroSignIn[];
  /** Absent while no Xero app is being changed. */
  readonly appChange?: AppChange | undefined;
  readonly c1: C1State;
  /** How far a change of the C1 credential has come. */
  readonly rotation: RotationState;
  readonly sync: SyncState;
  /** When the app looks at Xero by itself next; absent before it has begun to. */
  readonly nextLook?: number;
  /** The newest look at Xero, or null before the first. */
  readonly access: AccessSummary | null;
  /** Where the kept looks stand, which the Access page shows. */
  readonly keptLooks: KeptLooksState;
  /** What C1 asks a person to do in Xero. */
  readonly inbox: InboxView;
  /** What C1 last received, or null before the first upload. */
  readonly uploaded: UploadSummary | null;
  /** The last few entries of the history, newest first. */
  readonly events: readonly HistoryEntry[];
  /** The certificate authorities that the admin added to the system's, or null where none. */
  readonly caFile: CaFileState | null;
  readonly settings: ShownSettings;
}

export interface AppInfo {
  readonly name: string;
  readonly version: string;
  /** For example "Electron 45.4.1". */
  readonly runtime: string;
  readonly platform: 'win32' | 'darwin' | 'linux';
  /** True when the app talks to the sandbox instead of the real Xero and C1. */
  readonly sandbox: boolean;
  /** Absent where there is none, as in an installed app. */
  readonly sample?: SampleData;
}

/** Made-up data to try the app with. */
export type SampleData =
  | { readonly kind: 'available' }
  /** Shown by this app: the Client ID that its Xero knows, and the address of its C1. */
  | { readonly kind: 'open'; readonly clientId: string; readonly c1Page: string };

export type SetupStep = 'xero' | 'organisations' | 'c1' | 'done';

/** The kinds of app that Xero registers: a desktop app has no secret, a custom connection no person (xero.md §2). */
export type XeroAppKind = 'desktop' | 'web' | 'custom';

/** One sign-in to Xero: a person's consent to one Xero app, or a custom connection. */
export interface XeroSignIn {
  readonly id: string;
  readonly app: XeroAppKind;
  readonly clientId: string;
  /** Null before Xero said so, and for a custom connection. */
  readonly who: { readonly name: string; readonly email: string } | null;
  readonly state: SignInState;
  readonly organisations: readonly Organisation[];
  /** How many of its connections aren't organisations, such as practices; absent before the first look. */
  readonly leftOut?: number;
}

export type SignInState =
  | { readonly kind: 'signedOut'; readonly because: Failure | null }
  | {
      readonly kind: 'waitingForBrowser';
      /** The address to open by hand when no browser came up. */
      readonly address: string;
      readonly redirectUri: string;
      readonly browser: 'opening' | 'opened' | 'failed';
      readonly since: number;
      /** Something that happened while waiting, such as an answer that belongs to another sign-in. */
      readonly note?: Failure;
    }
  | { readonly kind: 'finishing' }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'needsSignIn'; readonly because: Failure };

export interface Organisation {
  /** Xero's id of the organisation (its tenant id). */
  readonly id: string;
  readonly name: string;
  readonly shortCode: string | null;
  readonly demo: boolean;
  /** Whether the admin chose it to be governed. */
  readonly governed: boolean;
  readonly state: OrganisationState;
  /** Absent before Xero said so. */
  readonly today?: CallsToday;
}

/** What is left of the calls that Xero takes about an organisation in a day. */
export interface CallsToday {
  readonly left: number;
  /** True when that is so little that it is kept for C1's syncs. */
  readonly forC1Alone: boolean;
}

export type OrganisationState =
  | { readonly kind: 'unread' }
  | {
      readonly kind: 'read';
      readonly at: number;
      readonly people: number;
      /** People by role, in order of privilege, most privileged first. */
      readonly roles: readonly { readonly name: string; readonly people: number }[];
    }
  | { readonly kind: 'failed'; readonly because: Failure }
  /** Governed, but no longer in Xero's list of connections. */
  | { readonly kind: 'missing'; readonly because: Failure };

export type C1State =
  | { readonly kind: 'none'; readonly because: Failure | null }
  | {
      readonly kind: 'verifying';
      readonly credential: C1Credential;
      readonly step: 'credential' | 'connector';
    }
  | {
      readonly kind: 'connected';
      readonly credential: C1Credential;
      readonly since: number;
      /** When C1 last answered a poll. */
      readonly answeredAt: number;
      /** When C1 last handed out a sync task. */
      readonly askedAt: number | null;
      /** The time between the last two sync tasks, measured, never assumed. */
      readonly usualPace: number | null;
    }
  | { readonly kind: 'offline'; readonly credential: C1Credential; readonly because: Failure }
  | { readonly kind: 'rejected'; readonly credential: C1Credential; readonly because: Failure };

export type SyncState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'reading';
      readonly done: number;
      readonly of: number;
      readonly for: 'look' | 'c1';
    }
  | { readonly kind: 'writing' }
  | { readonly kind: 'uploading'; readonly sent: number; readonly of: number }
  | { readonly kind: 'done'; readonly at: number; readonly for: 'look' | 'c1' }
  | {
      readonly kind: 'failed';
      readonly at: number;
      readonly for: 'look' | 'c1';
      readonly because: Failure;
    };

/** A file of certificate authorities that the admin chose to trust. */
export interface CaFileState {
  readonly path: string;
  readonly state:
    | { readonly kind: 'trusted'; readonly names: readonly string[]; readonly validUntil: number }
    | { readonly kind: 'unusable'; readonly because: Failure };
}

export interface AccessCounts {
  readonly organisations: number;
  readonly accounts: number;
  readonly roles: number;
  readonly entitlements: number;
  readonly grants: number;
}

export interface AccessSummary {
  readonly at: number;
  readonly counts: AccessCounts;
  /** Sentences a reviewer cares about; counts and organisations, no people's names. */
  readonly warnings: readonly string[];
}

/** The newest kept look of all governed organisations; `access` may know of a later one of some. */
export interface KeptLooksState {
  /** When it was taken, which is its name; null before the first. */
  readonly newest: number | null;
  /** When a look last found just this. */
  readonly confirmedAt: number | null;
  /** Why the newest look couldn't be kept, or none be read. */
  readonly trouble: Failure | null;
}

export interface UploadSummary {
  readonly at: number;
  readonly counts: AccessCounts;
  readonly bytes: number;
}
