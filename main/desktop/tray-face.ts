import type { Snapshot } from '../../shared/snapshot.ts';

export type TrayIcon = 'ok' | 'busy' | 'attention' | 'offline';

/** What the tray shows for a state: a picture by shape, a sentence, and whether a check can be asked for. */
export interface TrayFace {
  readonly icon: TrayIcon;
  readonly sentence: string;
  readonly canCheck: boolean;
}

export function trayFace(snapshot: Snapshot): TrayFace {
  const canCheck = snapshot.xero.some(({ state }) => state.kind === 'signedIn');
  const face = (icon: TrayIcon, sentence: string): TrayFace => ({ icon, sentence, canCheck });

  if (snapshot.setup !== 'done') return face('attention', 'Set-up isn’t finished');
  if (
    snapshot.xero.some(({ state }) => state.kind === 'needsSignIn' || state.kind === 'signedOut')
  ) {
    return face('attention', 'Sign in to Xero again');
  }
  switch (snapshot.c1.kind) {
    case 'none':
      return face('attention', 'C1 isn’t connected');
    case 'rejected':
      return face('attention', 'C1 rejected the credential');
    case 'offline':
      return face('offline', 'C1 can’t be reached; we go on when it’s back');
    case 'verifying':
      return face('busy', 'Connecting to C1');
    case 'connected':
      return faceOfSync(snapshot, face);
  }
}

/** Whether nothing of what the tray shows differs. */
export function sameFace(one: TrayFace, other: TrayFace): boolean {
  return (
    one.icon === other.icon && one.sentence === other.sentence && one.canCheck === other.canCheck
  );
}

function faceOfSync(
  { sync, uploaded }: Snapshot,
  face: (icon: TrayIcon, sentence: string) => TrayFace,
): TrayFace {
  switch (sync.kind) {
    case 'reading':
      return face('busy', `Reading Xero: ${sync.done} of ${sync.of} organisations`);
    case 'writing':
    case 'uploading':
      return face('busy', 'Sending access to C1');
    case 'failed':
      return face('attention', sync.because.message);
    case 'idle':
    case 'done':
      return uploaded === null
        ? face('ok', 'Connected. C1 hasn’t asked for data yet')
        : face('ok', 'All is well');
  }
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
