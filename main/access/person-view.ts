import type {
  AccessPerson,
  AccessPlace,
  AccessRow,
  PersonPlace,
  PlaceStanding,
  RoleShown,
} from '../../shared/access-list.ts';
import { REMOVED, UNDISCLOSED, type Holding } from './kept-look.ts';
import type { ListedLook, ListedPerson } from './listed-people.ts';

/** A person as a row of the list: what they are in each organisation. */
export function rowOf({ account, warnings }: ListedPerson, { roles }: ListedLook): AccessRow {
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    places: placesOf(account.holds).map(([organisation, holdings]): AccessPlace => {
      const held = rolesOf(holdings, roles);
      return {
        organisation,
        standing: standingOf(holdings),
        roles: held.map(({ role }) => role),
        subscriber: holdings.some(([, , subscriber]) => subscriber),
      };
    }),
    warnings: warnings.length,
  };
}

/** All that is known of a person. */
export function personOf(
  { account, warnings }: ListedPerson,
  { look, roles }: ListedLook,
): AccessPerson {
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    changedAt: account.changedAt,
    places: placesOf(account.holds).flatMap(([place, holdings]): PersonPlace[] => {
      const organisation = look.organisations[place];
      const [first] = holdings;
      if (organisation === undefined || first === undefined) return [];
      return [
        {
          organisation: { id: organisation.id, name: organisation.name },
          standing: standingOf(holdings),
          roles: rolesOf(holdings, roles).map(({ role, holding }) => ({
            ...role,
            since: sinceOf(holding),
          })),
          subscriber: holdings.some(([, , subscriber]) => subscriber),
          since: sinceOf(first),
        },
      ];
    }),
    warnings,
  };
}

/** Holdings by organisation, which they are in the order of. */
export function placesOf(holds: readonly Holding[]): [number, Holding[]][] {
  const places = new Map<number, Holding[]>();
  for (const holding of holds) {
    const [place] = holding;
    const there = places.get(place);
    if (there === undefined) places.set(place, [holding]);
    else there.push(holding);
  }
  return [...places];
}

/** What one is with these holdings in one organisation. */
export function standingOf(holdings: readonly Holding[]): PlaceStanding {
  if (holdings.every(([, role]) => role === REMOVED)) return 'removed';
  return holdings.every(([, role]) => role === UNDISCLOSED || role === REMOVED)
    ? 'undisclosed'
    : 'holds';
}

function rolesOf(
  holdings: readonly Holding[],
  roles: readonly RoleShown[],
): { readonly role: RoleShown; readonly holding: Holding }[] {
  return holdings
    .flatMap((holding) => {
      const role = roles[holding[1]];
      return role === undefined ? [] : [{ role, holding }];
    })
    .sort((a, b) => b.role.order - a.role.order);
}

function sinceOf([, , , at, kind]: Holding): PersonPlace['since'] {
  return { kind, at };
}
