import type { OrganisationAccess } from '../access/types.ts';

/** Who is behind which row of Xero's lists, kept from one look to the next (product.md §2). */
export class People {
  /** UserID in lower case → Xero's id of the person. */
  readonly #known = new Map<string, string>();

  constructor(known: Iterable<readonly [string, string]> = []) {
    for (const [userId, globalUserId] of known) this.#known.set(userId.toLowerCase(), globalUserId);
  }

  get known(): ReadonlyMap<string, string> {
    return this.#known;
  }

  /**
   * The access with those recognised whom an earlier look, or another row, tells where Xero leaves
   * out who they are: the field is undocumented and may vanish (xero.md §4). What Xero says is learnt.
   */
  recognise(access: OrganisationAccess): OrganisationAccess {
    for (const { userId, globalUserId } of access.users) {
      if (globalUserId !== null) this.#known.set(userId.toLowerCase(), globalUserId);
    }
    const users = access.users.map((user) => {
      if (user.globalUserId !== null) return user;
      const known = this.#known.get(user.userId.toLowerCase());
      return known === undefined ? user : { ...user, globalUserId: known };
    });
    return { ...access, users };
  }
}
