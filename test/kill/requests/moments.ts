import type { SeededRandom } from '../../sandbox/random.ts';

/** Where the server is killed, in the order in which they come. */
export const KINDS = [
  /** C1 has handed the task out. */
  'handed out',
  /** Xero is looked at for it the first time. */
  'first look',
  /** It is open, and somebody could be at it. */
  'open',
  /** After a start, Xero is looked at, and shows it as asked. */
  'last look',
  /** C1 has the answer, and the server may not know it. */
  'answered',
] as const;
export type Kind = (typeof KINDS)[number];

/** When it is killed, in milliseconds after what the kind names. */
export interface Moment {
  readonly kind: Kind;
  readonly ms: number;
}

const WITHIN_MS = 40;

export function nextMoment(random: SeededRandom): Moment {
  return {
    kind: KINDS[Math.floor(random.fraction() * KINDS.length)] ?? 'answered',
    ms: Math.floor(random.fraction() * WITHIN_MS),
  };
}
