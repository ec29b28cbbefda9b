import type { Random } from '../ports.ts';

/** How often things happen, in milliseconds. */

const SECOND = 1000;
const LONGEST_POLL = 5 * 60 * SECOND;
const JITTER = 0.1;

/**
 * When to poll again: C1's wish within 0…5 minutes, at least a second when it had nothing new,
 * give or take a tenth (c1-protocol.md §4.4, §8.2).
 */
export function pollPause(wish: number | undefined, hadTask: boolean, random: Random): number {
  const least = hadTask ? 0 : SECOND;
  return clamp(jittered(clamp(wish ?? 0, least, LONGEST_POLL), random), least, LONGEST_POLL);
}

/** How long to wait after the n-th failure in a row: n² seconds, at most a minute (§4.4). */
export function backOff(failures: number, random: Random): number {
  return jittered(Math.min(failures ** 2 * SECOND, 60 * SECOND), random);
}

/** When the next heartbeat is due: C1's wish within 1 s…5 minutes, or 30 s (§4.6). */
export function heartbeatPause(wish: number | undefined): number {
  return wish === undefined || wish === 0 ? 30 * SECOND : clamp(wish, SECOND, 5 * 60 * SECOND);
}

function jittered(ms: number, random: Random): number {
  return Math.round(ms * (1 - JITTER + 2 * JITTER * random.fraction()));
}

function clamp(ms: number, least: number, most: number): number {
  return Math.min(Math.max(ms, least), most);
}
