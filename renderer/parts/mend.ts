import type { Failure, FailureCode } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';

/** Where a failure shows, which decides what "try again" tries. */
export type Place = 'xero' | 'look' | 'c1';

/** What the window itself can do about a failure; each page says how. */
export type Mend =
  | 'signIn'
  /** For a web app or a custom connection, whose secret Xero takes no more. */
  | 'newSecret'
  | 'openXeroApps'
  | 'chooseOrganisations'
  | 'pasteCredential'
  | 'confirmHost'
  | 'checkXero'
  | 'retryC1'
  | 'openC1'
  | 'chooseCaFile'
  | 'copyAddress'
  | 'copyDetails';

export interface MendButton {
  readonly label: string;
  readonly mend: Mend;
}

const TRY_AGAIN: Readonly<Record<Place, Mend>> = {
  xero: 'signIn',
  look: 'checkXero',
  c1: 'retryC1',
};

/** The one button that mends a failure, or null when there's nothing to press but to wait. */
export function mendOf(failure: Failure, place: Place): MendButton | null {
  // What makes room for another connection is done on Xero's page, whatever was tried.
  if (failure.code === 'connectionLimit') {
    return { label: say('common.openXerosAppPage'), mend: 'openXeroApps' };
  }
  switch (failure.next) {
    case 'signInToXero':
      return { label: say('common.signInToXero'), mend: 'signIn' };
    case 'chooseOrganisations':
      return { label: say('common.chooseOrganisations'), mend: 'chooseOrganisations' };
    case 'pasteCredential':
      return { label: say('common.pasteCredential'), mend: 'pasteCredential' };
    case 'confirmHost':
      return { label: say('mend.confirmTheHost'), mend: 'confirmHost' };
    case 'checkXeroNow':
      return { label: say('common.checkXeroNow'), mend: 'checkXero' };
    case 'syncInC1':
      return { label: say('common.openC1'), mend: 'openC1' };
    case 'chooseCaFile':
      return { label: say('mend.chooseTheFile'), mend: 'chooseCaFile' };
    case 'copyAddress':
      return { label: say('common.copyTheAddress'), mend: 'copyAddress' };
    case 'reportProblem':
      return { label: say('common.copyDetails'), mend: 'copyDetails' };
    case 'tryAgain':
    case 'installKeychain':
    case 'unlockKeychain':
    case 'freePorts':
    case 'freeDisk':
      return { label: say('common.tryAgain'), mend: TRY_AGAIN[place] };
    case 'wait':
      return null;
  }
}

/** The same as a list, for where there may be several ways. */
export function waysOf(failure: Failure, place: Place): readonly MendButton[] {
  const way = mendOf(failure, place);
  return way === null ? [] : [way];
}

/** Failures of the network or of the other side: nothing is wrong here, and time mends them. */
const PASSING: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'xeroRateLimited',
  'xeroUnavailable',
  'xeroUnreachable',
  'c1Unreachable',
  'c1Unavailable',
  'c1HeartbeatLost',
  'proxyFailed',
  'c1TaskCancelled',
  'signInCancelled',
  'cancelled',
]);

/** True when a failure is no alarm: it passes by itself, or the user wished it. */
export function passes(failure: Failure): boolean {
  return PASSING.has(failure.code) || failure.next === 'wait';
}
