import { madeAnew, makeOrganisations, type OrganisationFacts } from './organisations.ts';
import { ADMIN_EMAIL, CAST, inventPerson, type PersonTemplate } from './people.ts';
import { SeededRandom } from './random.ts';

/** One row of an organisation's users. */
export interface SandboxUser {
  readonly userId: string;
  /** The person behind the row, the same in every organisation: Xero's GlobalUserID. */
  readonly personId: string;
  /** Whether Xero's answers show the GlobalUserID in this row. */
  showsGlobalId: boolean;
  email?: string;
  firstName?: string;
  lastName?: string;
  role: string;
  subscriber: boolean;
  /** Milliseconds since 1970. */
  updatedAt: number;
}

export interface SandboxOrganisation extends OrganisationFacts {
  /** Whether Xero's list of connections gives its name; else it says null (xero.md §2). */
  showsTenantName: boolean;
  /** Xero's word for its state. Its description names `ACTIVE` alone (xero.md §4). */
  status: string;
  /** What Xero answers with 403 whoever asks. */
  refuses: 'nothing' | 'users' | 'everything';
  readonly users: SandboxUser[];
}

/** Somebody who can log in to the sandbox's Xero. */
export interface SandboxLogin {
  readonly personId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface WorldOptions {
  /** The same seed gives the same world; 1 when not given. */
  readonly seed?: number;
  /** How many organisations; 3 when not given. */
  readonly orgs?: number;
  /** How many people in all; 25 when not given. */
  readonly users?: number;
  readonly now?: () => number;
}

export interface NewPerson {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly email?: string | undefined;
  readonly role: string;
  readonly subscriber?: boolean | undefined;
  /** An existing person, who then gets a place in one more organisation. */
  readonly personId?: string | undefined;
}

const DAY = 24 * 60 * 60 * 1000;
const LAST_EDIT = Date.UTC(2026, 10, 1, 9, 30);
/** Roles that may connect an app to an organisation (xero.md §2). */
const CONNECTING_ROLES: readonly string[] = ['STANDARD', 'FINANCIALADVISER'];

/**
 * The companies and people of the sandbox's Xero. Everything can be changed
 * while it runs; organisations are named by id or name, people by UserID,
 * e-mail address or full name. A name that nobody bears is a bug of the test.
 */
export class World {
  readonly #organisations: SandboxOrganisation[];
  readonly #random: SeededRandom;
  readonly #now: () => number;
  readonly #gone: { readonly organisation: string; readonly user: SandboxUser }[] = [];

  constructor({ seed = 1, orgs = 3, users = 25, now = Date.now }: WorldOptions = {}) {
    if (orgs < 1 || users < 1) throw new Error('a world has an organisation and a person');
    this.#random = new SeededRandom(seed);
    this.#now = now;
    this.#organisations = makeOrganisations(orgs, this.#random).map((facts) => ({
      ...facts,
      showsTenantName: true,
      status: 'ACTIVE',
      refuses: 'nothing',
      users: [],
    }));
    for (let index = 0; index < users; index += 1) {
      this.#settle(CAST[index] ?? inventPerson(index, orgs, this.#random));
    }
    this.#completeOrganisations();
  }

  get organisations(): readonly SandboxOrganisation[] {
    return this.#organisations;
  }

  /** Throws when there's no such organisation. */
  organisation(nameOrId: string): SandboxOrganisation {
    const found = this.organisations.find(({ id, name }) => [id, name].includes(nameOrId));
    if (found === undefined) throw new Error(`no organisation "${nameOrId}" in the sandbox`);
    return found;
  }

  /** Throws when the organisation has no such person. */
  user(organisation: string, person: string): SandboxUser {
    const found = this.organisation(organisation).users.find((user) => isCalled(user, person));
    if (found === undefined) throw new Error(`no person "${person}" in "${organisation}"`);
    return found;
  }

  addPerson(organisation: string, { personId, subscriber, ...details }: NewPerson): SandboxUser {
    const user: SandboxUser = {
      userId: this.#random.uuid(),
      personId: personId ?? this.#random.uuid(),
      showsGlobalId: true,
      role: details.role,
      subscriber: subscriber ?? false,
      updatedAt: this.#now(),
      ...named(details),
    };
    this.organisation(organisation).users.push(user);
    return user;
  }

  changeRole(organisation: string, person: string, role: string): void {
    this.#edit(organisation, person, { role });
  }

  changeDetails(
    organisation: string,
    person: string,
    details: Partial<Pick<SandboxUser, 'firstName' | 'lastName' | 'email' | 'subscriber'>>,
  ): void {
    this.#edit(organisation, person, details);
  }

  /** Xero may list a removed person with the role REMOVED, or not at all (xero.md §4). */
  removePerson(organisation: string, person: string, afterwards: 'gone' | 'listed' = 'gone'): void {
    if (afterwards === 'listed') {
      this.changeRole(organisation, person, 'REMOVED');
      return;
    }
    const { id, users } = this.organisation(organisation);
    const [user] = users.splice(users.indexOf(this.user(organisation, person)), 1);
    if (user !== undefined) this.#gone.push({ organisation: id, user });
  }

  /** Brings a removed person back, under the old UserID, with the role they had or another. */
  restorePerson(organisation: string, person: string, role?: string): void {
    const { id, users } = this.organisation(organisation);
    const gone = this.#gone.find(
      (entry) => entry.organisation === id && isCalled(entry.user, person),
    );
    if (gone !== undefined) {
      this.#gone.splice(this.#gone.indexOf(gone), 1);
      users.push(gone.user);
    }
    this.changeRole(organisation, person, role ?? gone?.user.role ?? 'STANDARD');
  }

  /** Who was removed from the organisation and is listed no more. */
  former(organisation: string, email: string): SandboxUser | undefined {
    const { id } = this.organisation(organisation);
    return this.#gone.findLast((entry) => entry.organisation === id && hasEmail(entry.user, email))
      ?.user;
  }

  /** The person with this e-mail address, wherever they are or were. */
  personWith(email: string): string | undefined {
    const everybody = this.organisations.flatMap(({ users }) => users);
    const gone = this.#gone.map(({ user }) => user);
    return [...everybody, ...gone].find((user) => hasEmail(user, email))?.personId;
  }

  /** Hides the undocumented GlobalUserID in the rows named; in all rows when none is. */
  hideGlobalIds(organisation?: string, person?: string): void {
    for (const { id, name, users } of this.organisations) {
      if (organisation !== undefined && ![id, name].includes(organisation)) continue;
      for (const user of users) {
        if (person === undefined || isCalled(user, person)) user.showsGlobalId = false;
      }
    }
  }

  hideTenantName(organisation: string): void {
    this.organisation(organisation).showsTenantName = false;
  }

  /** Suspended, deleted, its trial ended, or well again: what Xero calls it, and what it still tells. */
  setState(
    organisation: string,
    state: Partial<Pick<SandboxOrganisation, 'status' | 'refuses'>>,
  ): void {
    Object.assign(this.organisation(organisation), state);
  }

  /** Xero makes a demo company anew: the same people in a company under new ids. */
  resetDemo(organisation: string): SandboxOrganisation {
    const old = this.organisation(organisation);
    if (!old.demo) throw new Error(`"${organisation}" is no demo company`);
    const facts = madeAnew(old, this.#random, this.#now());
    const users = old.users.map((user) => ({ ...user, userId: this.#random.uuid() }));
    const anew = { ...old, ...facts, users };
    this.#organisations[this.#organisations.indexOf(old)] = anew;
    return anew;
  }

  /** Xero answers in another order from now on. */
  reverseOrder(): void {
    for (const { users } of this.organisations) users.reverse();
  }

  /** What people and organisations are called, but for words so short that an id may hold them. */
  names(): readonly string[] {
    const people = this.organisations.flatMap(({ users }) => users);
    return [
      ...this.organisations.map(({ name }) => name),
      ...people.flatMap(({ firstName, lastName, email }) => [firstName, lastName, email]),
    ]
      .map((name) => name?.trim() ?? '')
      .filter((name) => Buffer.byteLength(name) > 4);
  }

  /** Who logs in with this address, or undefined. */
  login(email: string): SandboxLogin | undefined {
    return this.#findLogin((user) => hasEmail(user, email));
  }

  /** How a person logs in, or undefined when they have no place or no address left. */
  loginOf(personId: string): SandboxLogin | undefined {
    return this.#findLogin((user) => user.personId === personId);
  }

  /** The organisations that a person may connect to an app. */
  connectable(personId: string): SandboxOrganisation[] {
    return this.organisations.filter((organisation) => this.mayConnect(personId, organisation));
  }

  mayConnect(personId: string, { users }: SandboxOrganisation): boolean {
    return users.some((user) => user.personId === personId && CONNECTING_ROLES.includes(user.role));
  }

  #findLogin(isWanted: (user: SandboxUser) => boolean): SandboxLogin | undefined {
    for (const { users } of this.organisations) {
      for (const user of users) {
        const { personId, email, firstName = '', lastName = '', role } = user;
        if (email === undefined || role === 'REMOVED' || !isWanted(user)) continue;
        return { personId, email, firstName, lastName };
      }
    }
    return undefined;
  }

  #edit(organisation: string, person: string, change: Partial<SandboxUser>): void {
    Object.assign(this.user(organisation, person), change, { updatedAt: this.#now() });
  }

  #settle({ memberships, ...person }: PersonTemplate): void {
    const personId = this.#random.uuid();
    const taken = new Set<number>();
    for (const membership of memberships) {
      const index = membership.organisation % this.organisations.length;
      if (taken.has(index)) continue;
      taken.add(index);
      this.organisations[index]?.users.push({
        userId: this.#random.uuid(),
        personId,
        showsGlobalId: membership.withoutGlobalId !== true,
        ...named({ ...person, ...membership }),
        role: membership.role,
        subscriber: membership.subscriber ?? false,
        updatedAt: LAST_EDIT - this.#random.integer(900 * DAY),
      });
    }
  }

  /** Every organisation has the admin as an adviser, and one subscriber. */
  #completeOrganisations(): void {
    const admin = this.login(ADMIN_EMAIL);
    for (const { id, users } of this.organisations) {
      if (admin !== undefined && !users.some(({ personId }) => personId === admin.personId)) {
        const adviser = this.addPerson(id, { ...admin, role: 'FINANCIALADVISER' });
        adviser.updatedAt = LAST_EDIT;
      }
      const subscriber =
        users.find((user) => user.subscriber) ??
        users.find(({ role }) => role === 'STANDARD') ??
        users.find(({ role }) => CONNECTING_ROLES.includes(role));
      if (subscriber !== undefined) subscriber.subscriber = true;
    }
  }
}

function hasEmail(user: SandboxUser, email: string): boolean {
  return user.email?.toLowerCase() === email.trim().toLowerCase();
}

function isCalled(user: SandboxUser, person: string): boolean {
  const fullName = `${user.firstName?.trim() ?? ''} ${user.lastName?.trim() ?? ''}`;
  return [user.userId, user.email, fullName].includes(person);
}

function named({
  firstName,
  lastName,
  email,
}: {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly email?: string | undefined;
}): Pick<SandboxUser, 'firstName' | 'lastName' | 'email'> {
  return {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(email !== undefined && { email }),
  };
}
