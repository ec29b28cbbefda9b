import type { Snapshot } from '../../shared/snapshot.ts';

/** How a pause stands: until when, or until somebody resumes; null while nothing is paused. */
export function pauseOf({ settings: { pausedUntil } }: Snapshot): number | 'byHand' | null {
  if (pausedUntil === null) return null;
  return pausedUntil.kind === 'time' ? pausedUntil.until : 'byHand';
}
