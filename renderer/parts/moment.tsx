import { say } from '../../shared/language/say.ts';
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

/** Nearer than this, what is to come is due. */
const MOMENT_MS = 60_000;

/** The same of what is to come: once it is due it is "in a moment", and never past. */
export function Upcoming({ at }: { at: number }) {
  const now = useNow();
  return at - now < MOMENT_MS ? say('time.inAMoment') : <Moment at={at} />;
}
