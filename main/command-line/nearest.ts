import { distance } from '../access/spelling.ts';

/** Typing errors that a suggestion looks past. */
const FARTHEST = 2;

/** The known word that was probably meant, or null when none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  const ranked = known
    .map((each) => ({ each, distance: each.startsWith(wanted) ? 1 : distance(wanted, each) }))
    .sort((one, other) => one.distance - other.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= Math.min(FARTHEST, wanted.length - 1)
    ? best.each
    : null;
}
