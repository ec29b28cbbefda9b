import { say } from '../../shared/language/say.ts';
import type { RequestRecord } from './records.ts';
import type { Reading } from './reading.ts';
import { roleSeen } from './seen.ts';

/** What Xero still shows otherwise than asked, in a sentence; null where it shows it as asked. */
export function missing(
  request: Pick<RequestRecord, 'everywhere' | 'invitedAt'>,
  readings: readonly Reading[],
): string | null {
  const left = readings.filter(({ done }) => !done);
  const [first] = left;
  if (first === undefined) return null;
  if (request.everywhere === 'yes') return stillIn(readings, left);
  return first.goal.kind === 'absent' ? stillThere(first) : notYet(first, request.invitedAt);
}

/** "Removed from Demo Ltd, not from Acme Ltd." */
function stillIn(readings: readonly Reading[], left: readonly Reading[]): string {
  const names = (of: readonly Reading[]) => of.map(({ place }) => place.name).join(', ');
  const done = readings.filter((each) => each.done);
  return done.length === 0
    ? say('requestFindings.stillListedIn', { organisations: names(left) })
    : say('requestFindings.removedFromNotFrom', { done: names(done), left: names(left) });
}

function stillThere({ place }: Reading): string {
  const role = roleSeen(place.now);
  return role === null
    ? say('requestFindings.stillListedIn', { organisations: place.name })
    : say('requestFindings.stillShows', { role, organisation: place.name });
}

function notYet({ place, roleName }: Reading, invitedAt: number | null): string {
  const { now, before, name: organisation } = place;
  const role = roleSeen(now);
  if (now.listed === 'yes') {
    const wanted = roleName ?? '';
    if (role === null) return say('requestFindings.showsNoRole', { organisation });
    return role === roleSeen(before)
      ? say('requestFindings.stillShows', { role, organisation })
      : say('requestFindings.showsAnother', { role, organisation, wanted });
  }
  if (now.similar === 'yes') return say('requestFindings.similarAddress', { organisation });
  return invitedAt === null
    ? say('requestFindings.notListedYet', { organisation })
    : say('requestFindings.notAcceptedYet', { organisation });
}
