import { organisationName } from '../access/organisations.ts';
import type { OrganisationAccess } from '../access/types.ts';
import type { Asked } from './asked.ts';
import { isMet, type Condition } from './condition.ts';
import type { NewAccount } from './new-account.ts';
import { learnt, rowsOf, type Person } from './person.ts';
import { standingOf, NOT_LISTED, type Standing } from './standing.ts';
import {
  goneMeant,
  goneWith,
  organisationMeant,
  PRACTICE_ROLES,
  roleTyped,
  targetOf,
  type Gone,
  type Governed,
  type RoleTarget,
} from './targets.ts';
import type { Verdict } from './verdict.ts';

/** Somewhere that a task asks for something. */
export interface AskedPlace {
  readonly access: OrganisationAccess;
  readonly condition: Condition;
  /** Xero's word for the role; null where the access is to end. */
  readonly roleName: string | null;
}

/** What a task comes to, seen against what Xero shows. */
export type Resolution =
  | {
      readonly kind: 'open';
      readonly person: Person;
      readonly places: readonly AskedPlace[];
      readonly everywhere: 'yes' | 'no';
    }
  /** It is so already. */
  | {
      readonly kind: 'so';
      readonly person: Person;
      readonly places: readonly AskedPlace[];
      readonly everywhere: 'yes' | 'no';
    }
  | {
      readonly kind: 'refused';
      readonly person: Person;
      readonly places: readonly AskedPlace[];
      readonly verdict: Extract<Verdict, { kind: 'refused' }>;
    }
  /** Nothing that was read is what it names; unless it is known to be gone, it may be in what couldn't be read. */
  | {
      readonly kind: 'notFound';
      readonly is: 'gone' | 'unknown';
      readonly person: Person;
      readonly message: string;
    };

/** Holds what a task asks for against what Xero shows of all governed organisations. */
export function resolve(asked: Asked, governed: Governed): Resolution {
  switch (asked.kind) {
    case 'grant':
    case 'revoke':
      return resolveGrant(asked, governed);
    case 'createAccount':
      return resolveNewAccount(asked.account, governed);
    case 'deleteAccount':
      return resolveRemoval(asked.accountId, governed);
  }
}

function resolveGrant(
  asked: Extract<Asked, { kind: 'grant' | 'revoke' }>,
  governed: Governed,
): Resolution {
  const { principal } = asked;
  const person = known(
    {
      accountId: principal.accountId,
      personId: null,
      email: principal.email,
      name: principal.name ?? principal.email ?? principal.accountId,
      givenName: principal.givenName,
      familyName: principal.familyName,
    },
    governed,
  );
  const target = targetOf(asked.resource, asked.entitlementId, governed);
  if (target === null) return notFound(person, goneWith(asked.resource, governed), NOT_GOVERNED);
  const { access } = target;
  if (target.kind === 'subscriber') return refused(person, access, SUBSCRIBER);
  if (target.kind === 'member') {
    return asked.kind === 'grant'
      ? refused(person, access, MEMBER_ALONE)
      : ending(person, { access, condition: { kind: 'absent' }, roleName: null }, governed);
  }
  const { slug, name } = target.role;
  if (asked.kind === 'grant') return giving(person, target, governed);
  const condition: Condition = { kind: 'lacks', role: slug };
  return ending(person, { access, condition, roleName: name }, governed);
}

function giving(person: Person, target: RoleTarget, governed: Governed): Resolution {
  const { access, role } = target;
  if (PRACTICE_ROLES.has(role.slug)) return refused(person, access, PRACTICE_ROLE);
  const place: AskedPlace = {
    access,
    condition: { kind: 'holds', role: role.slug },
    roleName: role.name,
  };
  const standing = standingIn(person, access, governed);
  if (standing.listed === 'no' && person.email === null) return refused(person, access, NO_EMAIL);
  const kind = isMet(place.condition, standing) ? 'so' : 'open';
  return { kind, person, places: [place], everywhere: 'no' };
}

function ending(person: Person, place: AskedPlace, governed: Governed): Resolution {
  const standing = standingIn(person, place.access, governed);
  if (isMet(place.condition, standing))
    return { kind: 'so', person, places: [place], everywhere: 'no' };
  if (place.condition.kind === 'absent' && standing.subscriber === 'yes') {
    return refused(person, place.access, SUBSCRIBER_STAYS);
  }
  return { kind: 'open', person, places: [place], everywhere: 'no' };
}

function resolveNewAccount(account: NewAccount, governed: Governed): Resolution {
  const { email, givenName, familyName } = account;
  const name = `${givenName} ${familyName}`;
  const given = { accountId: null, personId: null, email, name, givenName, familyName };
  const access = organisationMeant(account.organisation, governed);
  if (access === null) {
    return notFound(given, goneMeant(account.organisation, governed), NO_SUCH_ORGANISATION);
  }
  const role = roleTyped(account.role, access, governed.options);
  if (role === null) return refused(given, access, NO_SUCH_ROLE);
  if (PRACTICE_ROLES.has(role.role.slug)) return refused(given, access, PRACTICE_ROLE);
  const { slug, name: roleName } = role.role;
  const place: AskedPlace = { access, condition: { kind: 'holds', role: slug }, roleName };
  const isThere = standingIn(given, access, governed).listed === 'yes';
  return { kind: isThere ? 'so' : 'open', person: given, places: [place], everywhere: 'no' };
}

function resolveRemoval(accountId: string, governed: Governed): Resolution {
  const bare = { accountId, personId: null, email: null, name: accountId };
  const person = known({ ...bare, givenName: null, familyName: null }, governed);
  const there = governed.organisations.filter(
    (access) => standingIn(person, access, governed).listed === 'yes',
  );
  const paid = there.find((access) => standingIn(person, access, governed).subscriber === 'yes');
  if (paid !== undefined) return refused(person, paid, SUBSCRIBER_STAYS);
  const places = there.map((access) => ({
    access,
    condition: { kind: 'absent' } as const,
    roleName: null,
  }));
  return { kind: places.length === 0 ? 'so' : 'open', person, places, everywhere: 'yes' };
}

/** The person with what any governed organisation tells of them. */
function known(person: Person, { organisations, options }: Governed): Person {
  return organisations.reduce((so, access) => {
    const found = rowsOf(so, access, options);
    return found === null || found.by === 'email' ? so : learnt(so, found.users);
  }, person);
}

function standingIn(
  person: Person,
  access: OrganisationAccess,
  { options }: Pick<Governed, 'options'>,
): Standing {
  const found = rowsOf(person, access, options);
  return found === null ? NOT_LISTED : standingOf(found.users);
}

function notFound(person: Person, gone: Gone | undefined, otherwise: string): Resolution {
  return gone === undefined
    ? { kind: 'notFound', is: 'unknown', person, message: otherwise }
    : { kind: 'notFound', is: 'gone', person, message: GONE.replace('{organisation}', gone.name) };
}

function refused(person: Person, access: OrganisationAccess, message: string): Resolution {
  const name = organisationName(access.organisation);
  const said = message.replace('{organisation}', name);
  const verdict = { kind: 'refused', why: 'impossible', message: said } as const;
  const places = [{ access, condition: { kind: 'absent' } as const, roleName: null }];
  return { kind: 'refused', person, places, verdict };
}

// In C1's task, for its admins: organisations and roles, no people.
const NOT_GOVERNED =
  'None of the Xero organisations that this connector governs has what the task is about. The organisation may have been disconnected, or isn’t governed any more.';
const GONE =
  '{organisation} can’t be read any more: it was disconnected in Xero, or refuses this connector. Reconnect it there, then request this again.';
const NO_SUCH_ORGANISATION =
  'The organisation of the new account is none that this connector governs. Give its id, or a name that only one of them has.';
const NO_SUCH_ROLE =
  'The role of the new account is none of {organisation}. Give Read only, Invoice only, Standard or Adviser.';
const SUBSCRIBER =
  'Who pays for {organisation} can’t be granted or revoked: in Xero the subscription is transferred by its subscriber.';
const SUBSCRIBER_STAYS =
  'Whoever pays for {organisation} can’t be removed from it. Transfer the subscription in Xero first.';
const MEMBER_ALONE =
  'Membership of {organisation} can’t be granted by itself: in Xero everybody has a role. Request one of its roles.';
const PRACTICE_ROLE =
  'In Xero only an accounting practice gives its clients this role. Nobody can choose it in {organisation}.';
const NO_EMAIL =
  'The account has no e-mail address, so it can’t be invited to {organisation} in Xero.';
