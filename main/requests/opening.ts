import type { Asked } from './asked.ts';
import { isSamePerson, learnt, rowsOf, type Person } from './person.ts';
import type { RequestRecord, TaskRecord, Wanted } from './records.ts';
import type { AskedPlace, Resolution } from './resolve.ts';
import { placeOf } from './seen.ts';
import type { Governed } from './targets.ts';

/** What a task wants in each of its organisations. */
export function wantedOf(places: readonly AskedPlace[]): Wanted[] {
  return places.map(({ access, condition, roleName }) => ({
    organisation: access.organisation.id,
    condition,
    roleName: condition.kind === 'holds' ? roleName : null,
  }));
}

/** For how long a task wants it, in milliseconds; null where it doesn't say. */
export function durationOf(asked: Asked): number | null {
  return 'duration' in asked ? asked.duration : null;
}

/** The request that a task begins. */
export function begun(
  id: string,
  task: TaskRecord,
  resolution: Extract<Resolution, { kind: 'open' | 'so' | 'refused' }>,
  governed: Governed,
): RequestRecord {
  const { person, places } = resolution;
  const everywhere = resolution.kind === 'refused' ? 'no' : resolution.everywhere;
  const known = knownIn(person, places, governed);
  return {
    id,
    person: known,
    everywhere,
    places: places.map(({ access }) => placeOf(known, access, governed.options, task.askedAt)),
    askedAt: task.askedAt,
    tasks: 1,
    wanted: wantedOf(places),
    duration: task.duration,
    until: task.until,
    shownAt: null,
    nudgedAt: null,
    invitedAt: null,
    confirmedAt: null,
    checkedAt: null,
    end: null,
  };
}

/** The open request that is about the same person in the same place (one person has one role there). */
export function sameMatter(
  requests: readonly RequestRecord[],
  { person, places, everywhere }: Extract<Resolution, { kind: 'open' }>,
): RequestRecord | undefined {
  const ids = places.map(({ access }) => access.organisation.id);
  return requests.find(
    (request) =>
      request.end === null &&
      request.everywhere === everywhere &&
      isSamePerson(request.person, person) &&
      (everywhere === 'yes' || request.places.some(({ id }) => ids.includes(id))),
  );
}

/** The request with one more task: what it wants is added, unless it is wanted already. */
export function joined(request: RequestRecord, task: TaskRecord): RequestRecord {
  const isNew = (wanted: Wanted) =>
    !request.wanted.some((each) => JSON.stringify(each) === JSON.stringify(wanted));
  return {
    ...request,
    tasks: request.tasks + 1,
    wanted: [...request.wanted, ...task.wanted.filter(isNew)],
    duration: request.duration ?? task.duration,
    until: Math.min(request.until, task.until),
  };
}

function knownIn(person: Person, places: readonly AskedPlace[], { options }: Governed): Person {
  return places.reduce((so, { access }) => {
    const found = rowsOf(so, access, options);
    return found === null ? so : learnt(so, found.users);
  }, person);
}
