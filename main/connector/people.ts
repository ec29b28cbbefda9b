import type { OrganisationAccess } from '../access/types.ts';

/** Who is behind which row of Xero's lists, kept from one look to the next (product.md §2). */
export class People {
  /** UserID → Xero's id of the person. */
  readonly #known: Map<string, string>;

  constructor(known: Iterable<readonly [string, string]> = []) {
    this.#known = new Map(known);
  }

  get known(): ReadonlyMap<string, string> {
    return this.#known;
  }

  /**
   * The access with those recognised whom an earlier look knew, where Xero now leaves out who they
   * are: the field is undocumented and may vanish (xero.md §4). What Xero says is learnt.
   */
  recognise(access: OrganisationAccess): OrganisationAccess {
    const users = access.users.map((user) => {
      const known = user.globalUserId === null ? this.#known.get(user.userId) : undefined;
      return known === undefined ? user : { ...user, globalUserId: known };
    });
    for (const { userId, globalUserId } of users) {
      if (globalUserId !== null) this.#known.set(userId, globalUserId);
    }
    return { ...access, users };
  }
}
