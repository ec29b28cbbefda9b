import { useNow } from '../state.ts';
import { absoluteTime, relativeTime } from './time.ts';
import type { Width } from './time.ts';

/** A relative time that ticks, with the exact one on hover. */
export function Moment({ at, width = 'short' }: { at: number; width?: Width }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={absoluteTime(at)}>
      {relativeTime(at, now, width)}
    </time>
  );
}
