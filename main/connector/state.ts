import type { AppChange } from '../../shared/app-change.ts';
import type { Failure } from '../../shared/errors.ts';
import type { HistoryEntry } from '../../shared/history.ts';
import type {
  AccessSummary,
  AppInfo,
  C1State,
  CaFileState,
  KeptLooksState,
  Organisation,
  SetupStep,
  SignInState,
  Snapshot,
  SyncState,
  UploadSummary,
  XeroSignIn,
} from '../../shared/snapshot.ts';
import type { InboxView } from '../../shared/requests.ts';
import type { ShownSettings } from '../../shared/settings-schema.ts';
import type { RotationState } from '../../shared/rotation.ts';
import { sameId } from './governed.ts';
import { usualSettings } from './settings.ts';

/** What happened; the reducer turns it into the next snapshot. */
export type StateEvent =
  | {
      readonly type: 'restored';
      readonly setup: SetupStep;
      readonly xero: readonly XeroSignIn[];
      readonly uploaded: UploadSummary | null;
    }
  | { readonly type: 'setupMoved'; readonly to: SetupStep }
  | { readonly type: 'signInAdded'; readonly signIn: XeroSignIn }
  | { readonly type: 'signInRemoved'; readonly id: string }
  | { readonly type: 'signInMoved'; readonly id: string; readonly to: SignInState }
  | { readonly type: 'signInNoted'; readonly id: string; readonly note: Failure }
  | { readonly type: 'browserTold'; readonly id: string; readonly browser: 'opened' | 'failed' }
  | { readonly type: 'signedIn'; readonly id: string; readonly who: XeroSignIn['who'] }
  | {
      readonly type: 'organisationsListed';
      readonly id: string;
      readonly organisations: readonly Organisation[];
      /** Connections that aren't organisations; absent where Xero's list couldn't be had. */
      readonly leftOut?: number;
    }
  /** Its connections at Xero were ended from here. */
  | { readonly type: 'organisationDisconnected'; readonly id: string }
  | { readonly type: 'appChangeMoved'; readonly to: AppChange | undefined }
  | { readonly type: 'governedChosen'; readonly ids: readonly string[] }
  | { readonly type: 'c1Moved'; readonly to: C1State }
  | { readonly type: 'rotationMoved'; readonly to: RotationState }
  | { readonly type: 'c1Answered'; readonly at: number }
  | { readonly type: 'c1Asked'; readonly at: number }
  | { readonly type: 'caFileMoved'; readonly to: CaFileState | null }
  | { readonly type: 'settingsMoved'; readonly to: ShownSettings }
  | { readonly type: 'syncMoved'; readonly to: SyncState }
  | { readonly type: 'nextLookSet'; readonly at: number }
  | { readonly type: 'accessRead'; readonly access: AccessSummary }
  | { readonly type: 'lookKept'; readonly to: KeptLooksState }
  | { readonly type: 'inboxMoved'; readonly to: InboxView }
  | { readonly type: 'uploaded'; readonly upload: UploadSummary }
  | { readonly type: 'recorded'; readonly entry: HistoryEntry }
  /** The newest entries of earlier runs, newest first. */
  | { readonly type: 'historyRead'; readonly entries: readonly HistoryEntry[] };

/** How many of the newest entries of the history are at hand at once. */
const EVENTS_KEPT = 30;

/** @param settings those of an earlier run; without them, what a new installation begins with */
export function initialSnapshot(app: AppInfo, settings: ShownSettings = usualSettings): Snapshot {
  return {
    app,
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
    settings,
  };
}

/** The next snapshot. Pure; parts that didn't change stay the same object. */
export function reduce(snapshot: Snapshot, event: StateEvent): Snapshot {
  switch (event.type) {
    case 'restored': {
      const { setup, xero, uploaded } = event;
      return { ...snapshot, setup, xero, uploaded };
    }
    case 'setupMoved':
      return { ...snapshot, setup: event.to };
    case 'signInAdded':
      return {
        ...snapshot,
        xero: [...snapshot.xero.filter(({ id }) => id !== event.signIn.id), event.signIn],
      };
    case 'signInRemoved':
      return { ...snapshot, xero: snapshot.xero.filter(({ id }) => id !== event.id) };
    case 'signInMoved':
      return withSignIn(snapshot, event.id, (signIn) => ({ ...signIn, state: event.to }));
    case 'signInNoted':
      return withWaiting(snapshot, event.id, (state) => ({ ...state, note: event.note }));
    case 'browserTold':
      return withWaiting(snapshot, event.id, (state) => ({ ...state, browser: event.browser }));
    case 'signedIn':
      return withSignIn(snapshot, event.id, (signIn) => ({
        ...signIn,
        who: event.who,
        state: { kind: 'signedIn' },
      }));
    case 'organisationsListed':
      return withSignIn(snapshot, event.id, (signIn) => ({
        ...signIn,
        organisations: event.organisations,
        ...(event.leftOut === undefined ? {} : { leftOut: event.leftOut }),
      }));
    case 'organisationDisconnected':
      return withoutOrganisation(snapshot, event.id);
    case 'appChangeMoved':
      return { ...snapshot, appChange: event.to };
    case 'governedChosen':
      return withOrganisations(snapshot, (organisation) => ({
        ...organisation,
        governed: event.ids.some((id) => sameId(id, organisation.id)),
      }));
    case 'c1Moved':
      return { ...snapshot, c1: event.to };
    case 'rotationMoved':
      return { ...snapshot, rotation: event.to };
    case 'c1Answered':
      return withConnected(snapshot, (c1) => ({ ...c1, answeredAt: event.at }));
    case 'c1Asked':
      return withConnected(snapshot, (c1) => ({
        ...c1,
        askedAt: event.at,
        usualPace: c1.askedAt === null ? c1.usualPace : event.at - c1.askedAt,
      }));
    case 'caFileMoved':
      return { ...snapshot, caFile: event.to };
    case 'settingsMoved':
      return { ...snapshot, settings: event.to };
    case 'syncMoved':
      return { ...snapshot, sync: event.to };
    case 'nextLookSet':
      return { ...snapshot, nextLook: event.at };
    case 'accessRead':
      return { ...snapshot, access: event.access };
    case 'lookKept':
      return { ...snapshot, keptLooks: event.to };
    case 'inboxMoved':
      return { ...snapshot, inbox: event.to };
    case 'uploaded':
      return { ...snapshot, uploaded: event.upload };
    case 'recorded':
      return withEvents(snapshot, [event.entry, ...snapshot.events]);
    case 'historyRead': {
      const known = new Set(event.entries.map(({ id }) => id));
      const since = snapshot.events.filter(({ id }) => !known.has(id));
      return withEvents(snapshot, [...since, ...event.entries]);
    }
  }
}

/** Ids of the organisations that no other sign-in reaches. */
export function organisationsOnlyOf({ xero }: Snapshot, signInId: string): readonly string[] {
  const idsOf = (mine: boolean): readonly string[] =>
    xero
      .filter(({ id }) => (id === signInId) === mine)
      .flatMap(({ organisations }) => organisations.map(({ id }) => id));
  const others = idsOf(false);
  return idsOf(true).filter((id) => !others.some((other) => sameId(id, other)));
}

type Waiting = Extract<SignInState, { kind: 'waitingForBrowser' }>;
type Connected = Extract<C1State, { kind: 'connected' }>;

function withSignIn(
  snapshot: Snapshot,
  id: string,
  change: (signIn: XeroSignIn) => XeroSignIn,
): Snapshot {
  return {
    ...snapshot,
    xero: snapshot.xero.map((signIn) => (signIn.id === id ? change(signIn) : signIn)),
  };
}

function withWaiting(
  snapshot: Snapshot,
  id: string,
  change: (state: Waiting) => Waiting,
): Snapshot {
  return withSignIn(snapshot, id, (signIn) =>
    signIn.state.kind === 'waitingForBrowser' ? { ...signIn, state: change(signIn.state) } : signIn,
  );
}

function withOrganisations(
  snapshot: Snapshot,
  change: (organisation: Organisation) => Organisation,
): Snapshot {
  return {
    ...snapshot,
    xero: snapshot.xero.map((signIn) => ({
      ...signIn,
      organisations: signIn.organisations.map(change),
    })),
  };
}

function withoutOrganisation(snapshot: Snapshot, id: string): Snapshot {
  return {
    ...snapshot,
    xero: snapshot.xero.map((signIn) => ({
      ...signIn,
      organisations: signIn.organisations.filter((organisation) => !sameId(organisation.id, id)),
    })),
  };
}

function withEvents(snapshot: Snapshot, events: readonly HistoryEntry[]): Snapshot {
  return { ...snapshot, events: events.slice(0, EVENTS_KEPT) };
}

function withConnected(snapshot: Snapshot, change: (c1: Connected) => Connected): Snapshot {
  return snapshot.c1.kind === 'connected' ? { ...snapshot, c1: change(snapshot.c1) } : snapshot;
}
