import { goalOf, isMet, type Goal } from './condition.ts';
import { isSamePerson } from './person.ts';
import type { MetRole, Place, RequestRecord, Rise, Wanted } from './records.ts';
import { standingSeen } from './seen.ts';

/** What a request comes to in one of its organisations, as things stand. */
export interface Reading {
  readonly place: Place;
  readonly wanted: readonly Wanted[];
  readonly goal: Goal;
  /** Whether its own tasks contradict each other; the newest one is followed then. */
  readonly clash: 'yes' | 'no';
  /** Xero's word for the role that is the goal; null where the access is to end. */
  readonly roleName: string | null;
  /** What they were before the role that is revoked now. */
  readonly backTo: MetRole | null;
  readonly done: boolean;
}

/** Reads what is to be done where, of all that the request's tasks ask for. */
export function readRequest(request: RequestRecord, rises: readonly Rise[]): readonly Reading[] {
  return request.places.map((place) => {
    const wanted = request.wanted.filter(({ organisation }) => organisation === place.id);
    const conditions = wanted.map(({ condition }) => condition);
    const together = goalOf(conditions);
    const goal = together ?? goalOf(conditions.slice(-1)) ?? { kind: 'absent' };
    const standing = { ...standingSeen(place.now), subscriber: 'no' } as const;
    const named = wanted.findLast(
      ({ condition }) =>
        goal.kind === 'role' && condition.kind === 'holds' && condition.role === goal.role,
    );
    return {
      place,
      wanted,
      goal,
      clash: together === null ? 'yes' : 'no',
      roleName: named?.roleName ?? null,
      backTo: backTo(request, place, wanted, rises),
      done: conditions.every((condition) => isMet(condition, standing)),
    };
  });
}

/** A temporary rise must not end in lost access: it is known what the revoked role took the place of. */
function backTo(
  { person }: RequestRecord,
  place: Place,
  wanted: readonly Wanted[],
  rises: readonly Rise[],
): MetRole | null {
  const revoked = wanted.flatMap(({ condition }) =>
    condition.kind === 'lacks' ? [condition.role] : [],
  );
  if (revoked.length === 0 || revoked.length < wanted.length) return null;
  const rise = rises.findLast(
    (each) =>
      each.organisation === place.id &&
      revoked.includes(each.role) &&
      isSamePerson(each.person, person),
  );
  return rise === undefined || revoked.includes(rise.replaced.slug) ? null : rise.replaced;
}
