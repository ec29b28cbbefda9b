import { dateFormat } from '../../shared/language/formats.ts';
import { shutKeychain } from '../../shared/keychain-shut.ts';
import { say } from '../../shared/language/say.ts';
import { openOf } from '../../shared/requests.ts';
import type { Snapshot } from '../../shared/snapshot.ts';

export type TrayIcon = 'ok' | 'busy' | 'attention' | 'offline' | 'paused';

/** What the tray shows for a state: a picture by shape, a sentence, and what can be asked for. */
export interface TrayFace {
  readonly icon: TrayIcon;
  readonly sentence: string;
  readonly canCheck: boolean;
  /** Whether the keychain kept shut what C1 last received, too. */
  readonly shut: boolean;
  readonly paused: boolean;
  /** When C1 last received everyone's access, in milliseconds since 1970. */
  readonly uploadedAt: number | null;
  /** How many wait for a person; null where none are taken. */
  readonly requests: number | null;
}

export function trayFace(snapshot: Snapshot): TrayFace {
  const { uploaded, settings, inbox, setup } = snapshot;
  const open = openOf(inbox).length;
  const shut = shutKeychain(snapshot) !== null;
  const taken = setup === 'done' && (settings.requests || open > 0);
  return {
    ...stateOf(snapshot),
    // Checking opens what was shut.
    canCheck: shut || snapshot.xero.some(({ state }) => state.kind === 'signedIn'),
    shut,
    paused: settings.pausedUntil !== null,
    uploadedAt: uploaded?.at ?? null,
    requests: taken ? open : null,
  };
}

/** Whether nothing of what the tray shows differs. */
export function sameFace(one: TrayFace, other: TrayFace): boolean {
  return (
    one.icon === other.icon &&
    one.sentence === other.sentence &&
    one.canCheck === other.canCheck &&
    one.shut === other.shut &&
    one.paused === other.paused &&
    one.uploadedAt === other.uploadedAt &&
    one.requests === other.requests
  );
}

type State = Pick<TrayFace, 'icon' | 'sentence'>;

/** What needs the admin comes first, then what C1 asks of them, then the pause, then the rest. */
function stateOf(snapshot: Snapshot): State {
  const { setup, xero, c1, inbox, sync } = snapshot;
  if (setup !== 'done') return { icon: 'attention', sentence: say('trayFace.setUpIsntFinished') };
  if (shutKeychain(snapshot) !== null)
    return { icon: 'attention', sentence: say('trayFace.theKeychainIsShutUnlockIt') };
  if (xero.some(({ state }) => state.kind === 'needsSignIn' || state.kind === 'signedOut')) {
    return { icon: 'attention', sentence: say('trayFace.signInToXeroAgain') };
  }
  if (c1.kind === 'none') return { icon: 'attention', sentence: say('trayFace.c1IsntConnected') };
  if (c1.kind === 'rejected')
    return { icon: 'attention', sentence: say('trayFace.c1RejectedTheCredential') };
  const open = openOf(inbox).length;
  if (open > 0)
    return { icon: 'attention', sentence: say('trayFace.requestsWaitForYou', { count: open }) };
  if (sync.kind === 'writing' || sync.kind === 'uploading') return stateOfSync(snapshot);
  const pause = pauseOf(snapshot);
  if (pause !== null) return { icon: 'paused', sentence: pause };
  switch (c1.kind) {
    case 'offline':
      return { icon: 'offline', sentence: say('trayFace.c1CantBeReachedWe') };
    case 'verifying':
      return { icon: 'busy', sentence: say('trayFace.connectingToC1') };
    case 'connected':
      return stateOfSync(snapshot);
  }
}

function pauseOf({ settings: { pausedUntil } }: Snapshot): string | null {
  if (pausedUntil === null) return null;
  if (pausedUntil.kind === 'byHand') return say('trayFace.pausedUntilYouResumeIt');
  return say('trayFace.pausedUntil', { until: timeWords(pausedUntil.until) });
}

function stateOfSync({ sync, uploaded }: Snapshot): State {
  switch (sync.kind) {
    case 'reading':
      return {
        icon: 'busy',
        sentence: say('trayFace.readingXeroOfOrganisations', { done: sync.done, of: sync.of }),
      };
    case 'writing':
    case 'uploading':
      return { icon: 'busy', sentence: say('trayFace.sendingAccessToC1') };
    case 'failed':
      return { icon: 'attention', sentence: sync.because.message };
    case 'idle':
    case 'done':
      return uploaded === null
        ? { icon: 'ok', sentence: say('trayFace.connectedC1HasntAskedFor') }
        : { icon: 'ok', sentence: say('trayFace.allIsWell') };
  }
}

/** A menu doesn't tick, so it names the day and the time, as the system writes them. */
export function timeWords(at: number): string {
  return dateFormat({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);
}

/** The picture's file: an icon with several sizes on Windows, a template that follows the menu bar on macOS. */
export function trayFile(icon: TrayIcon, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      return `tray-${icon}.ico`;
    case 'darwin':
      return `tray-${icon}Template.png`;
    default:
      return `tray-${icon}.png`;
  }
}
