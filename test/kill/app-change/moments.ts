import type { SeededRandom } from '../../sandbox/random.ts';

/** Where the app is killed, in the order in which they come. */
export const KINDS = [
  'in the browser',
  'noting the sign-in',
  'storing its token',
  'its token is stored',
  'keeping the sign-in',
  'connecting the second',
  'letting the old one go',
  'the old one is let go',
  'forgetting the old one',
  'ending the change',
] as const;
export type Kind = (typeof KINDS)[number];

/** When the app is killed, in milliseconds after it has begun what the kind names. */
export interface Moment {
  readonly kind: Kind;
  readonly ms: number;
}

const WITHIN_MS = 12;

export function nextMoment(random: SeededRandom): Moment {
  return {
    kind: KINDS[Math.floor(random.fraction() * KINDS.length)] ?? 'ending the change',
    ms: Math.floor(random.fraction() * WITHIN_MS),
  };
}
