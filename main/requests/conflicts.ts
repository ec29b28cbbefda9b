import { goalOf } from './condition.ts';
import { isSamePerson } from './person.ts';
import type { RequestRecord } from './records.ts';

/** Whether nothing in Xero could meet both requests. */
export function contradicts(one: RequestRecord, other: RequestRecord): boolean {
  if (!isSamePerson(one.person, other.person)) return false;
  const all = [...one.wanted, ...other.wanted];
  const shared = one.places.filter(({ id }) => other.places.some((place) => place.id === id));
  return shared.some(({ id }) => {
    const there = all.filter(({ organisation }) => organisation === id);
    return goalOf(there.map(({ condition }) => condition)) === null;
  });
}
