import type { RequestEvent } from '../../shared/history.ts';
import { readRequest } from './reading.ts';
import type { RequestRecord, Rise } from './records.ts';
import { roleSeen } from './seen.ts';
import { taskOf } from './view.ts';

/** What the history keeps of a request at this moment. */
export function eventOf(
  what: RequestEvent['what'],
  request: RequestRecord,
  rises: readonly Rise[],
  because: string | null = null,
): RequestEvent {
  const readings = readRequest(request, rises);
  const [first] = readings;
  const everywhere = request.everywhere === 'yes';
  return {
    kind: 'request',
    what,
    request: request.id,
    person: request.person.name,
    organisation: everywhere ? null : (first?.place.name ?? null),
    task: taskOf(request, readings),
    before: everywhere ? null : first === undefined ? null : roleSeen(first.place.before),
    asked: first?.roleName ?? null,
    after: first === undefined ? null : roleSeen(first.place.now),
    because,
  };
}
