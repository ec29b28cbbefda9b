import type { FailureCode } from '../../shared/errors.ts';
import type { AccessRead } from '../access/types.ts';
import type { Looked } from '../requests/surroundings.ts';
import { checkHeldBack } from './day-budget.ts';
import type { Look } from './look.ts';

/** What a look found, as requests are held against it. */
export function lookedFor(look: Look, read: AccessRead): Looked {
  const gone = look.failed.filter(({ failure }) => GONE.has(failure.code));
  return { ...read, whole: isWhole(look) ? 'yes' : 'no', trouble: troubleOf(look), gone };
}

/** What no waiting mends: a person has to reconnect the organisation. */
const GONE: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'organisationMissing',
  'organisationSuspended',
  'demoCompanyReset',
  'xeroForbidden',
]);

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
