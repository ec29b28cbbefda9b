import type { SeededRandom } from '../../sandbox/random.ts';

/** When the app is killed, in milliseconds after what the kind names. */
export interface Moment {
  readonly kind: Kind;
  readonly ms: number;
  /** Whether C1 ends the old pair as soon as the new one is kept: nobody knows if Rotate does (c1-protocol.md §7.3). */
  readonly oldEnds: boolean;
}

/** In the order in which they come. */
export const KINDS = [
  'pasted',
  'keeping it as pending',
  'asking',
  'switching',
  'keeping the switch',
  'trial',
  'letting the old one go',
] as const;
export type Kind = (typeof KINDS)[number];

/** Which write of the keychain's entry each kind is about. */
export const WRITES: Partial<Record<Kind, number>> = {
  'keeping it as pending': 1,
  'keeping the switch': 2,
  'letting the old one go': 3,
};
const WITHIN_MS = 12;

export function nextMoment(random: SeededRandom): Moment {
  const kind = KINDS[Math.floor(random.fraction() * KINDS.length)] ?? 'trial';
  return {
    kind,
    ms: Math.floor(random.fraction() * WITHIN_MS),
    oldEnds: random.fraction() < 0.3,
  };
}
