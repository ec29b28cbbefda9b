import { learnt, rowsOf } from './person.ts';
import type { RequestRecord, Wanted } from './records.ts';
import { placeOf, seeIn } from './seen.ts';
import type { Looked } from './surroundings.ts';

/** The request as a new look shows it; null where none of its organisations was looked at. */
export function seenAgain(
  request: RequestRecord,
  looked: Looked,
  at: number,
): RequestRecord | null {
  const { organisations, options } = looked;
  const { askedAt } = request;
  const accessOf = (id: string) => organisations.find(({ organisation }) => organisation.id === id);
  const isSeen = request.places.map(({ id }) => accessOf(id) !== undefined);
  if (!isSeen.includes(true)) return null;
  const found = organisations.flatMap((access) => {
    const rows = rowsOf(request.person, access, options);
    return rows === null ? [] : rows.users;
  });
  const person = learnt(request.person, found);
  const places = request.places.map((place) => {
    const access = accessOf(place.id);
    if (access === undefined) return place;
    return { ...place, now: seeIn(person, access, options, { ...place, askedAt }) };
  });
  const more = request.everywhere === 'yes' ? furtherPlaces({ ...request, person }, looked) : [];
  return {
    ...request,
    person,
    places: [...places, ...more],
    wanted: [...request.wanted, ...more.map(({ id }): Wanted => absentFrom(id))],
    // What was seen of some of its organisations alone isn't the whole of it.
    checkedAt: isSeen.includes(false) ? request.checkedAt : at,
  };
}

/** Somebody who is to be removed everywhere may have come into another organisation meanwhile. */
function furtherPlaces(
  { places, person, askedAt }: RequestRecord,
  { organisations, options }: Looked,
) {
  return organisations
    .filter(({ organisation }) => !places.some(({ id }) => id === organisation.id))
    .map((access) => placeOf(person, access, options, askedAt))
    .filter(({ now }) => now.listed === 'yes');
}

function absentFrom(organisation: string): Wanted {
  return { organisation, condition: { kind: 'absent' }, roleName: null };
}
