import type { Failure } from '../../../shared/errors.ts';
import { shutKeychain } from '../../../shared/keychain-shut.ts';
import { say } from '../../../shared/language/say.ts';
import type { Word } from '../../../shared/language/say.ts';
import { openOf } from '../../../shared/requests.ts';
import type { Snapshot, SyncState } from '../../../shared/snapshot.ts';
import { pauseOf } from '../../parts/pause.ts';
import { passes } from '../../parts/mend.ts';
import { failureOf, waits } from '../../parts/organisation-facts.ts';
import {
  isSignedIn,
  organisationsOf,
  signInFailure,
  signInUnderWay,
} from '../../parts/sign-ins.ts';
import { progressOf } from '../../parts/sync-progress.ts';
import type { Tone } from '../../parts/tones.ts';

/** A sentence in words, or a text of the catalog with a `moment` in it, which ticks. */
type Sentence = string | { readonly word: Word; readonly at: number };

/** The first thing read on the status page: how all of it stands, in one sentence. */
export interface Hero {
  readonly tone: Tone;
  readonly headline: string;
  readonly sentence: Sentence;
  /** The failure that the sentence tells of; its button stands where the path is broken. */
  readonly failure: Failure | null;
  /** The page on which it is seen to; absent where this page has it. */
  readonly leadsTo?: 'requests';
}

/** Picks the one thing that matters most: what needs the user, then what is under way, then that all is well. */
export function heroOf(snapshot: Snapshot): Hero {
  return (
    keychainTrouble(snapshot) ??
    xeroTrouble(snapshot) ??
    c1Trouble(snapshot) ??
    organisationTrouble(snapshot) ??
    requestsWaiting(snapshot) ??
    underWay(snapshot) ??
    paused(snapshot) ??
    syncTrouble(snapshot.sync) ??
    atRest(snapshot)
  );
}

function telling(headline: string, failure: Failure): Hero {
  const tone = passes(failure) ? 'offline' : 'bad';
  return { tone, headline, sentence: failure.message, failure };
}

function asking(tone: Tone, headline: string, sentence: Sentence): Hero {
  return { tone, headline, sentence, failure: null };
}

function keychainTrouble(snapshot: Snapshot): Hero | null {
  if (signInUnderWay(snapshot.xero) !== null) return null;
  const shut = shutKeychain(snapshot);
  return shut === null ? null : telling(say('hero.theKeychainIsShut'), shut);
}

function xeroTrouble({ xero }: Snapshot): Hero | null {
  const underWay = signInUnderWay(xero);
  if (underWay !== null) {
    const rest =
      underWay.waiting === null
        ? say('common.thisTakesAFewSeconds')
        : say('hero.finishInYourBrowserThe');
    return asking('working', say('hero.signingInToXero'), rest);
  }
  const failure = signInFailure(xero);
  if (failure !== null) return telling(say('hero.xeroNeedsYou'), failure);
  if (xero.some(isSignedIn)) return null;
  return asking('attention', say('hero.xeroIsntConnected'), say('hero.signInToXeroAnd'));
}

function c1Trouble({ c1 }: Snapshot): Hero | null {
  switch (c1.kind) {
    case 'rejected':
      return telling(say('hero.c1NeedsYou'), c1.because);
    case 'offline':
      return telling(say('hero.c1IsOutOfReach'), c1.because);
    case 'verifying':
      return asking(
        'working',
        say('hero.checkingTheC1Credential'),
        say('common.thisTakesAFewSeconds'),
      );
    case 'none':
      if (c1.because !== null) return telling(say('hero.c1NeedsYou'), c1.because);
      return asking('attention', say('hero.c1IsntConnected'), say('hero.pasteTheCredentialFromC1'));
    case 'connected':
      return null;
  }
}

function organisationTrouble({ xero }: Snapshot): Hero | null {
  const governed = organisationsOf(xero).filter((organisation) => organisation.governed);
  if (governed.length === 0) {
    return asking('attention', say('hero.noOrganisationIsChosen'), say('hero.chooseAtLeastOneFor'));
  }
  const troubled = governed.filter((organisation) => failureOf(organisation) !== null);
  if (troubled.length === 0) return null;
  const sentence = say('hero.c1GetsNothingNewUntil');
  const needy = troubled.filter((organisation) => !waits(organisation));
  const [first] = needy;
  if (first === undefined) return asking('offline', say('hero.waitingForXero'), sentence);
  const headline =
    needy.length === 1
      ? say('hero.needsYou', { first: first.name })
      : say('hero.needYou', { organisations: say('count.organisation', { count: needy.length }) });
  return asking('bad', headline, sentence);
}

function requestsWaiting({ inbox }: Snapshot): Hero | null {
  const open = openOf(inbox);
  if (open.length === 0) return null;
  const at = Math.min(...open.map(({ until }) => until));
  const sentence =
    open.length === 1
      ? ({ word: 'hero.itRunsOut', at } as const)
      : ({ word: 'hero.theFirstRunsOut', at } as const);
  const headline = say('hero.requestsWait', { count: open.length });
  return { ...asking('attention', headline, sentence), leadsTo: 'requests' };
}

function underWay({ sync }: Snapshot): Hero | null {
  const progress = progressOf(sync);
  if (progress === null || (sync.kind === 'reading' && sync.for === 'look')) return null;
  return asking('working', say('hero.c1AskedForData'), `${progress.phase}.`);
}

function paused(snapshot: Snapshot): Hero | null {
  const until = pauseOf(snapshot);
  if (until === null) return null;
  return asking(
    'paused',
    say('pause.paused'),
    until === 'byHand'
      ? say('pause.staysUntilResumed')
      : { word: 'pause.goesOnByItself', at: until },
  );
}

function syncTrouble(sync: SyncState): Hero | null {
  if (sync.kind !== 'failed') return null;
  if (passes(sync.because)) {
    return telling(
      sync.for === 'look' ? say('hero.waitingForXero') : say('hero.theSyncIsWaiting'),
      sync.because,
    );
  }
  return telling(
    sync.for === 'look' ? say('hero.theLastLookAtXero') : say('hero.theLastSyncFailed'),
    sync.because,
  );
}

function atRest({ uploaded }: Snapshot): Hero {
  if (uploaded === null) {
    return asking('waiting', say('hero.readyForC1'), say('hero.c1HasntAskedForData'));
  }
  return asking('good', say('hero.allIsWell'), {
    word: 'hero.c1HasEveryonesAccessAs',
    at: uploaded.at,
  });
}
