import type { AccessRead } from '../access/types.ts';
import type { Looked } from '../requests/surroundings.ts';
import { checkHeldBack } from './day-budget.ts';
import type { Look } from './look.ts';

/** What a look found, as requests are held against it. */
export function lookedFor(look: Look, read: AccessRead): Looked {
  return { ...read, whole: isWhole(look) ? 'yes' : 'no', trouble: troubleOf(look) };
}

/** Whether all that was to be read was. */
export function isWhole({ held, failed }: Look): boolean {
  return held.length === 0 && failed.length === 0;
}

/** Why something wasn't read, in a sentence; null where all was. */
function troubleOf({ failed, held }: Look): string | null {
  const [first] = failed;
  if (first !== undefined) return first.failure.message;
  const [kept, ...others] = held;
  return kept === undefined
    ? null
    : checkHeldBack(kept.name, kept.left, kept.until, others.length).message;
}
