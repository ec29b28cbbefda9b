import type { Random } from '../ports.ts';

/** How often things happen, in milliseconds. */

const SECOND = 1000;
const LONGEST_POLL = 5 * 60 * SECOND;
const JITTER = 0.1;

/**
 * When to poll again: C1's wish within 0…5 minutes, at least a second when it had nothing new, give
 * or take a tenth within these bounds, so that no two of us keep step at a bound either
 * (c1-protocol.md §4.4, §8.2).
 */
export function pollPause(wish: number | undefined, hadTask: boolean, random: Random): number {
  const least = hadTask ? 0 : SECOND;
  const wanted = clamp(wish ?? 0, least, LONGEST_POLL);
  const earliest = Math.max(wanted * (1 - JITTER), least);
  const latest = Math.min(wanted * (1 + JITTER), LONGEST_POLL);
  return between(earliest, latest, random);
}

/** How long to wait after the n-th failure in a row: n² seconds, at most a minute (§4.4). */
export function backOff(failures: number, random: Random): number {
  const wanted = Math.min(failures ** 2 * SECOND, 60 * SECOND);
  return between(wanted * (1 - JITTER), wanted * (1 + JITTER), random);
}

/** When the next heartbeat is due: C1's wish within 1 s…5 minutes, or 30 s (§4.6). */
export function heartbeatPause(wish: number | undefined): number {
  return wish === undefined || wish === 0 ? 30 * SECOND : clamp(wish, SECOND, 5 * 60 * SECOND);
}

function between(earliest: number, latest: number, random: Random): number {
  return Math.round(earliest + (latest - earliest) * random.fraction());
}

/** What isn't a number is the least. */
function clamp(ms: number, least: number, most: number): number {
  return ms > least ? Math.min(ms, most) : least;
}
