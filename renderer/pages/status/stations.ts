import type { Failure } from '../../../shared/errors.ts';
import { isOfKeychain, shutKeychain } from '../../../shared/keychain-shut.ts';
import { say } from '../../../shared/language/say.ts';
import type { C1State, Snapshot } from '../../../shared/snapshot.ts';
import { passes, waysOf } from '../../parts/mend.ts';
import type { MendButton } from '../../parts/mend.ts';
import { failureOf, waits } from '../../parts/organisation-facts.ts';
import {
  isSignedIn,
  organisationsOf,
  signInFailure,
  signInToMend,
  signInUnderWay,
} from '../../parts/sign-ins.ts';
import { signInWays } from '../../parts/sign-in-ways.ts';
import { pauseOf } from '../../parts/pause.ts';
import { progressOf } from '../../parts/sync-progress.ts';
import type { Tone } from '../../parts/tones.ts';

/** One station of the data's path, with what is broken there. */
export interface Station {
  readonly tone: Tone;
  readonly word: string;
  readonly failure: Failure | null;
  /** What mends it, or does what is missing; the likeliest first. */
  readonly ways: readonly MendButton[];
}

const whole = { failure: null, ways: [] } as const;

export function xeroStation({ xero }: Snapshot): Station {
  if (signInUnderWay(xero) !== null)
    return { ...whole, tone: 'working', word: say('stations.signingIn') };
  const failure = signInFailure(xero);
  if (failure !== null) return xeroTrouble(xero, failure);
  if (!xero.some(isSignedIn)) {
    const ways = [{ label: say('common.signInToXero'), mend: 'signIn' }] as const;
    return { tone: 'attention', word: say('stations.signedOut'), failure: null, ways };
  }
  const governed = organisationsOf(xero).filter((organisation) => organisation.governed);
  if (governed.length === 0) {
    const ways = [
      { label: say('common.chooseOrganisations'), mend: 'chooseOrganisations' },
    ] as const;
    return { tone: 'attention', word: say('stations.nothingChosen'), failure: null, ways };
  }
  const troubled = governed.filter((organisation) => failureOf(organisation) !== null);
  if (troubled.length === 0) return { ...whole, tone: 'good', word: say('stations.signedIn') };
  if (troubled.every(waits)) return { ...whole, tone: 'offline', word: say('common.waiting') };
  // Each troubled organisation carries its own button in the list below.
  return { ...whole, tone: 'bad', word: say('stations.incomplete') };
}

function xeroTrouble(xero: Snapshot['xero'], failure: Failure): Station {
  if (isOfKeychain(failure)) {
    // The sign-in is still there: looking again opens it, without a way through Xero.
    return {
      tone: 'bad',
      word: say('stations.keychainShut'),
      failure,
      ways: waysOf(failure, 'look'),
    };
  }
  const ways = signInWays(signInToMend(xero), failure);
  const refused = failure.code === 'xeroClientRejected';
  return {
    tone: 'bad',
    word: refused ? say('stations.refused') : say('stations.signedOut'),
    failure,
    ways,
  };
}

export function computerStation(snapshot: Snapshot): Station {
  const { sync } = snapshot;
  const progress = progressOf(sync);
  if (progress !== null) {
    return { ...whole, tone: 'working', word: say('stations.working') };
  }
  if (pauseOf(snapshot) !== null) return { ...whole, tone: 'paused', word: say('common.paused') };
  if (sync.kind !== 'failed') return { ...whole, tone: 'good', word: say('stations.ready') };
  const { because: failure } = sync;
  const ways = waysOf(failure, sync.for === 'look' ? 'look' : 'c1');
  if (passes(failure)) return { tone: 'offline', word: say('common.waiting'), failure, ways };
  const word = sync.for === 'look' ? say('stations.lookFailed') : say('stations.syncFailed');
  return { tone: 'bad', word, failure, ways };
}

export function c1Station({ c1, xero }: Snapshot): Station {
  // Xero's station says why, and opens both.
  if (c1.kind === 'none' && shutKeychain({ xero }) !== null)
    return { ...whole, tone: 'bad', word: say('stations.keychainShut') };
  switch (c1.kind) {
    case 'connected':
      return { ...whole, tone: 'good', word: say('stations.connected') };
    case 'verifying':
      return { ...whole, tone: 'working', word: say('stations.checking') };
    case 'offline':
      return broken('offline', say('stations.outOfReach'), c1.because);
    case 'rejected':
      return broken('bad', say('stations.rejected'), c1.because);
    case 'none':
      return noCredential(c1);
  }
}

function noCredential({ because }: Extract<C1State, { kind: 'none' }>): Station {
  const word = say('stations.notConnected');
  if (because !== null) return broken('bad', word, because);
  const ways = [{ label: say('common.pasteCredential'), mend: 'pasteCredential' }] as const;
  return { tone: 'attention', word, failure: null, ways };
}

function broken(tone: Tone, word: string, failure: Failure): Station {
  return { tone, word, failure, ways: waysOf(failure, 'c1') };
}
