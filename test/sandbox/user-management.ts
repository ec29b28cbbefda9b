import { randomUUID } from 'node:crypto';
import { XERO_ROLES } from '../../shared/words.ts';
import type { SandboxOrganisation, SandboxUser, World } from './world.ts';

/** Somebody who was invited and hasn't accepted yet: Xero's API doesn't list them (xero.md §4). */
export interface Invitation {
  readonly id: string;
  readonly organisationId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: string;
}

/** Which UserID somebody gets who is invited again after they were removed; Xero's way isn't known. */
export type Reinvited = 'oldUserId' | 'newUserId';

/** What Xero's pages refuse, in a sentence. */
export class RefusedByXero extends Error {}

/** The roles that an admin can choose; a practice alone gives the others (xero.md §4). */
export const CHOOSABLE_ROLES = XERO_ROLES.filter(({ xero }) =>
  ['READONLY', 'INVOICEONLY', 'STANDARD', 'FINANCIALADVISER'].includes(xero),
);

/** What an admin can do on Xero's own Users page, and no API can (xero.md §5). */
export class UserManagement {
  reinvited: Reinvited = 'oldUserId';
  readonly #world: World;
  #pending: readonly Invitation[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** The organisation that a link to Xero's Users page means. */
  organisationWith(shortCode: string): SandboxOrganisation | undefined {
    return this.#world.organisations.find((one) => one.shortCode === shortCode);
  }

  /** Those who haven't accepted, of an organisation by id or name. */
  pending(organisation: string): readonly Invitation[] {
    const { id } = this.#world.organisation(organisation);
    return this.#pending.filter(({ organisationId }) => organisationId === id);
  }

  /** The invitation with this id, while it is pending. */
  invitation(id: string): Invitation | undefined {
    return this.#pending.find((one) => one.id === id);
  }

  /** Throws `RefusedByXero` for a person who is there, or is invited already. */
  invite(
    organisation: string,
    invited: Omit<Invitation, 'id' | 'organisationId'>,
  ): { readonly id: string } {
    const { id: organisationId } = this.#world.organisation(organisation);
    const email = invited.email.trim();
    if (!email.includes('@')) throw new RefusedByXero('Enter a valid email address.');
    expectChoosable(invited.role);
    const listed = this.#row(organisation, email);
    if (listed !== undefined && listed.role !== 'REMOVED') {
      throw new RefusedByXero(`${email} is already a user of this organisation.`);
    }
    if (this.pending(organisation).some((one) => isSame(one.email, email))) {
      throw new RefusedByXero(`${email} has been invited already.`);
    }
    const id = randomUUID();
    this.#pending = [...this.#pending, { ...invited, email, id, organisationId }];
    return { id };
  }

  /** The invited person accepts: from now on Xero's API lists them. */
  accept(id: string): SandboxUser {
    const invitation = this.invitation(id);
    if (invitation === undefined) throw new RefusedByXero('This invitation is no longer open.');
    this.#pending = this.#pending.filter((one) => one !== invitation);
    return this.#settle(invitation);
  }

  /** "Update permissions". */
  changeRole(organisation: string, person: string, role: string): void {
    expectChoosable(role);
    this.#world.changeRole(organisation, this.#world.user(organisation, person).userId, role);
  }

  /** Throws `RefusedByXero` for the subscriber. */
  remove(organisation: string, person: string, afterwards?: 'gone' | 'listed'): void {
    const { userId, subscriber } = this.#world.user(organisation, person);
    if (subscriber) {
      throw new RefusedByXero('The subscriber can’t be removed: transfer the subscription first.');
    }
    this.#world.removePerson(organisation, userId, afterwards);
  }

  /** The same person keeps their GlobalUserID, in whatever organisation they were. */
  #settle({ organisationId, role, ...invited }: Invitation): SandboxUser {
    const world = this.#world;
    const listed = this.#row(organisationId, invited.email);
    const former = listed ?? world.former(organisationId, invited.email);
    if (former !== undefined && this.reinvited === 'oldUserId') {
      world.restorePerson(organisationId, former.userId, role);
      return world.user(organisationId, former.userId);
    }
    if (listed !== undefined) world.removePerson(organisationId, listed.userId);
    const personId = former?.personId ?? world.personWith(invited.email);
    const user = world.addPerson(organisationId, { ...invited, role, personId });
    user.showsGlobalId = former?.showsGlobalId ?? true;
    return user;
  }

  #row(organisation: string, email: string): SandboxUser | undefined {
    return this.#world.organisation(organisation).users.find((user) => isSame(user.email, email));
  }
}

function expectChoosable(role: string): void {
  if (CHOOSABLE_ROLES.some(({ xero }) => xero === role)) return;
  throw new RefusedByXero('Choose a role.');
}

function isSame(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
