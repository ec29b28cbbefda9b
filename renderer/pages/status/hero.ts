import type { Failure } from '../../../shared/errors.ts';
import type { Snapshot, SyncState } from '../../../shared/snapshot.ts';
import { pauseOf } from '../../parts/pause.ts';
import { passes } from '../../parts/mend.ts';
import { count } from '../../parts/numbers.ts';
import { failureOf, waits } from '../../parts/organisation-facts.ts';
import {
  isSignedIn,
  organisationsOf,
  signInFailure,
  signInUnderWay,
} from '../../parts/sign-ins.ts';
import { progressOf } from '../../parts/sync-progress.ts';
import type { Tone } from '../../parts/tones.ts';
import { PAUSE } from './words.ts';

/** A piece of a sentence: words, or a moment that ticks. */
type Piece = string | { readonly at: number };

/** The first thing read on the status page: how all of it stands, in one sentence. */
export interface Hero {
  readonly tone: Tone;
  readonly headline: string;
  readonly sentence: readonly Piece[];
  /** The failure that the sentence tells of; its button stands where the path is broken. */
  readonly failure: Failure | null;
}

/** Picks the one thing that matters most: what needs the user, then what is under way, then that all is well. */
export function heroOf(snapshot: Snapshot): Hero {
  return (
    xeroTrouble(snapshot) ??
    c1Trouble(snapshot) ??
    organisationTrouble(snapshot) ??
    underWay(snapshot) ??
    paused(snapshot) ??
    syncTrouble(snapshot.sync) ??
    atRest(snapshot)
  );
}

function telling(headline: string, failure: Failure): Hero {
  const tone = passes(failure) ? 'offline' : 'bad';
  return { tone, headline, sentence: [failure.message], failure };
}

function asking(tone: Tone, headline: string, ...sentence: readonly Piece[]): Hero {
  return { tone, headline, sentence, failure: null };
}

function xeroTrouble({ xero }: Snapshot): Hero | null {
  const underWay = signInUnderWay(xero);
  if (underWay !== null) {
    const rest =
      underWay.waiting === null
        ? 'This takes a few seconds.'
        : 'Finish in your browser; the rest follows.';
    return asking('working', 'Signing in to Xero.', rest);
  }
  const failure = signInFailure(xero);
  if (failure !== null) return telling('Xero needs you.', failure);
  if (xero.some(isSignedIn)) return null;
  return asking('attention', 'Xero isn’t connected.', 'Sign in to Xero, and C1 gets data again.');
}

function c1Trouble({ c1 }: Snapshot): Hero | null {
  switch (c1.kind) {
    case 'rejected':
      return telling('C1 needs you.', c1.because);
    case 'offline':
      return telling('C1 is out of reach.', c1.because);
    case 'verifying':
      return asking('working', 'Checking the C1 credential.', 'This takes a few seconds.');
    case 'none':
      if (c1.because !== null) return telling('C1 needs you.', c1.because);
      return asking('attention', 'C1 isn’t connected.', 'Paste the credential from C1 to go on.');
    case 'connected':
      return null;
  }
}

function organisationTrouble({ xero }: Snapshot): Hero | null {
  const governed = organisationsOf(xero).filter((organisation) => organisation.governed);
  if (governed.length === 0) {
    return asking(
      'attention',
      'No organisation is chosen.',
      'Choose at least one for C1 to govern.',
    );
  }
  const troubled = governed.filter((organisation) => failureOf(organisation) !== null);
  if (troubled.length === 0) return null;
  const sentence = 'C1 gets nothing new until all governed organisations can be read.';
  const needy = troubled.filter((organisation) => !waits(organisation));
  const [first] = needy;
  if (first === undefined) return asking('offline', 'Waiting for Xero.', sentence);
  const headline =
    needy.length === 1
      ? `${first.name} needs you.`
      : `${count(needy.length, 'organisation')} need you.`;
  return asking('bad', headline, sentence);
}

function underWay({ sync }: Snapshot): Hero | null {
  const progress = progressOf(sync);
  if (progress === null || (sync.kind === 'reading' && sync.for === 'look')) return null;
  return asking('working', 'C1 asked for data.', `${progress.phase}.`);
}

function paused(snapshot: Snapshot): Hero | null {
  const until = pauseOf(snapshot);
  if (until === null) return null;
  if (until === 'byHand') {
    return asking('paused', PAUSE.headline, `${PAUSE.byHand}${PAUSE.meanwhile}`);
  }
  return asking('paused', PAUSE.headline, PAUSE.forTime, { at: until }, `.${PAUSE.meanwhile}`);
}

function syncTrouble(sync: SyncState): Hero | null {
  if (sync.kind !== 'failed') return null;
  if (passes(sync.because)) {
    return telling(
      sync.for === 'look' ? 'Waiting for Xero.' : 'The sync is waiting.',
      sync.because,
    );
  }
  return telling(
    sync.for === 'look' ? 'The last look at Xero failed.' : 'The last sync failed.',
    sync.because,
  );
}

function atRest({ uploaded }: Snapshot): Hero {
  if (uploaded === null) {
    return asking(
      'waiting',
      'Ready for C1.',
      'C1 hasn’t asked for data yet. In C1, press Sync now on the connector.',
    );
  }
  return asking(
    'good',
    'All is well.',
    'C1 has everyone’s access as of ',
    { at: uploaded.at },
    '.',
  );
}
