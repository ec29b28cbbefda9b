import { say } from '../../shared/language/say.ts';
import type { SyncState } from '../../shared/snapshot.ts';
import { size } from './numbers.ts';

/** A sync under way: what it does now in words, and how far all of it has come, from 0 to 100. */
export interface Progress {
  readonly phase: string;
  readonly detail: string | null;
  readonly percent: number;
}

/** Reading takes the longest by far: Xero is asked organisation by organisation, within its limits. */
const READ_SHARE = 60;
const WRITE_SHARE = 10;

/** The progress of a sync, or null when none is under way. */
export function progressOf(sync: SyncState): Progress | null {
  switch (sync.kind) {
    case 'reading':
      return {
        phase: say('syncProgress.readingXero'),
        detail: say('syncProgress.doneOf', {
          done: sync.done.toLocaleString(),
          of: sync.of.toLocaleString(),
        }),
        percent: sync.for === 'look' ? share(sync, 100) : share(sync, READ_SHARE),
      };
    case 'writing':
      return { phase: say('syncProgress.writingTheFile'), detail: null, percent: READ_SHARE };
    case 'uploading':
      return {
        phase: say('syncProgress.uploadingToC1'),
        detail: say('syncProgress.doneOf', { done: size(sync.sent), of: size(sync.of) }),
        percent:
          READ_SHARE +
          WRITE_SHARE +
          share({ done: sync.sent, of: sync.of }, 100 - READ_SHARE - WRITE_SHARE),
      };
    case 'idle':
    case 'done':
    case 'failed':
      return null;
  }
}

function share(part: { readonly done: number; readonly of: number }, whole: number): number {
  return part.of === 0 ? 0 : Math.round((part.done / part.of) * whole);
}
