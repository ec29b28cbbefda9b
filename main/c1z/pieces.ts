import type { OrganisationAccess, XeroUser } from '../access/types.ts';

/** Some of the people of an organisation; all pieces of one organisation have the same place. */
export interface Piece {
  readonly place: number;
  readonly access: OrganisationAccess;
  readonly last: boolean;
}

/** As many people as are copied to a worker in a few milliseconds. */
const PIECE = 500;

/** What was read, in pieces that can be posted one at a time without blocking who posts them. */
export function* piecesOf(organisations: readonly OrganisationAccess[]): Generator<Piece, void> {
  for (const [place, access] of organisations.entries()) {
    const { length } = access.users;
    for (let from = 0; from === 0 || from < length; from += PIECE) {
      const to = from + PIECE;
      const last = place === organisations.length - 1 && to >= length;
      yield { place, access: { ...access, users: access.users.slice(from, to) }, last };
    }
  }
}

/** Puts pieces together again. */
export class Pieces {
  readonly #organisations: (OrganisationAccess & { readonly users: XeroUser[] })[] = [];

  get organisations(): readonly OrganisationAccess[] {
    return this.#organisations;
  }

  add({ place, access }: Piece): void {
    const begun = this.#organisations[place];
    if (begun === undefined) this.#organisations[place] = { ...access, users: [...access.users] };
    else begun.users.push(...access.users);
  }
}
