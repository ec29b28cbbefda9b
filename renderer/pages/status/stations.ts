import type { Failure } from '../../../shared/errors.ts';
import type { C1State, Snapshot } from '../../../shared/snapshot.ts';
import type { MendButton, Place } from '../../parts/mend.ts';
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

/** One station of the data's path, with what is broken there. */
export interface Station {
  readonly tone: Tone;
  readonly word: string;
  readonly failure: Failure | null;
  readonly place: Place;
  /** A next step where nothing failed, but something is missing. */
  readonly missing: MendButton | null;
}

const whole = { failure: null, missing: null } as const;

export function xeroStation({ xero }: Snapshot): Station {
  const place = 'xero';
  if (signInUnderWay(xero) !== null)
    return { ...whole, place, tone: 'working', word: 'Signing in' };
  const failure = signInFailure(xero);
  if (failure !== null && keychainIsShut(failure)) {
    // The sign-in is still there: looking again opens it, without a way through Xero.
    return { place: 'look', tone: 'bad', word: 'Keychain shut', failure, missing: null };
  }
  if (failure !== null) return { place, tone: 'bad', word: 'Signed out', failure, missing: null };
  if (!xero.some(isSignedIn)) {
    const missing = { label: 'Sign in to Xero', mend: 'signIn' } as const;
    return { place, tone: 'attention', word: 'Signed out', failure: null, missing };
  }
  const governed = organisationsOf(xero).filter((organisation) => organisation.governed);
  if (governed.length === 0) {
    const missing = { label: 'Choose organisations', mend: 'chooseOrganisations' } as const;
    return { place, tone: 'attention', word: 'Nothing chosen', failure: null, missing };
  }
  const troubled = governed.filter((organisation) => failureOf(organisation) !== null);
  if (troubled.length === 0) return { ...whole, place, tone: 'good', word: 'Signed in' };
  if (troubled.every(waits)) return { ...whole, place, tone: 'offline', word: 'Waiting' };
  // Each troubled organisation carries its own button in the list below.
  return { ...whole, place, tone: 'bad', word: 'Incomplete' };
}

function keychainIsShut({ code }: Failure): boolean {
  return code === 'keychainLocked' || code === 'keychainUnavailable';
}

export function computerStation({ sync }: Snapshot): Station {
  const progress = progressOf(sync);
  if (progress !== null) {
    return { ...whole, place: 'look', tone: 'working', word: 'Working' };
  }
  if (sync.kind !== 'failed') return { ...whole, place: 'look', tone: 'good', word: 'Ready' };
  const place = sync.for === 'look' ? 'look' : 'c1';
  if (passes(sync.because)) {
    return { place, tone: 'offline', word: 'Waiting', failure: sync.because, missing: null };
  }
  const word = sync.for === 'look' ? 'Look failed' : 'Sync failed';
  return { place, tone: 'bad', word, failure: sync.because, missing: null };
}

export function c1Station({ c1 }: Snapshot): Station {
  const place = 'c1';
  switch (c1.kind) {
    case 'connected':
      return { ...whole, place, tone: 'good', word: 'Connected' };
    case 'verifying':
      return { ...whole, place, tone: 'working', word: 'Checking' };
    case 'offline':
      return { place, tone: 'offline', word: 'Out of reach', failure: c1.because, missing: null };
    case 'rejected':
      return { place, tone: 'bad', word: 'Rejected', failure: c1.because, missing: null };
    case 'none':
      return noCredential(c1);
  }
}

function noCredential({ because }: Extract<C1State, { kind: 'none' }>): Station {
  const word = 'Not connected';
  if (because !== null) return { place: 'c1', tone: 'bad', word, failure: because, missing: null };
  const missing = { label: 'Paste credential', mend: 'pasteCredential' } as const;
  return { place: 'c1', tone: 'attention', word, failure: null, missing };
}
