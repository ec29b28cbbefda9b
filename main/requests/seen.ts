import { distance } from '../access/spelling.ts';
import { organisationName } from '../access/organisations.ts';
import { readRole } from '../access/roles.ts';
import type { ModelOptions, OrganisationAccess, XeroUser } from '../access/types.ts';
import { rowsOf, type Person } from './person.ts';
import type { Place, Seen } from './records.ts';
import { NOT_LISTED, standingOf, type Standing } from './standing.ts';

const ADVISER = 'financialadviser';
/** Typing errors that two addresses may differ by. */
const FARTHEST = 2;

/** What Xero shows of a person in one organisation. */
export function seeIn(
  person: Person,
  access: OrganisationAccess,
  options: ModelOptions,
  similarBefore: readonly string[],
): Seen {
  const found = rowsOf(person, access, options);
  const standing = found === null ? NOT_LISTED : standingOf(found.users);
  const ids = new Set(found?.users.map(({ userId }) => userId));
  const othersAreAdvisers = access.users.some(
    ({ userId, role }) => !ids.has(userId) && isAdviser(role),
  );
  const isAdviserNow = standing.roles.some(({ slug }) => slug === ADVISER);
  const similar = similarTo(person, access.users).filter((id) => !similarBefore.includes(id));
  return {
    listed: standing.listed,
    roles: standing.roles.map(({ slug, name, order }) => ({ slug, name, order })),
    by: found?.by ?? null,
    lastAdviser: isAdviserNow && !othersAreAdvisers ? 'yes' : 'no',
    similar: similar.length > 0 ? 'yes' : 'no',
  };
}

/** An organisation as a request keeps it, with what it shows of the person now. */
export function placeOf(person: Person, access: OrganisationAccess, options: ModelOptions): Place {
  const { organisation, tenantId } = access;
  const similarBefore = [...similarTo(person, access.users)];
  const now = seeIn(person, access, options, similarBefore);
  return {
    id: organisation.id,
    tenantId: tenantId ?? organisation.id,
    name: organisationName(organisation),
    shortCode: organisation.shortCode,
    before: now,
    now,
    similarBefore,
  };
}

/** What was seen, as the conditions of tasks take it. */
export function standingSeen({ listed, roles }: Seen): Pick<Standing, 'listed' | 'roles'> {
  return { listed, roles: roles.map((role) => ({ ...role, known: true })) };
}

/** Xero's word for the role that was seen; null for no access, and the first of two. */
export function roleSeen({ roles }: Seen): string | null {
  return roles[0]?.name ?? null;
}

/** UserIDs of people whose address differs from this person's by little: another domain, or a letter or two. */
function similarTo({ email }: Person, users: readonly XeroUser[]): readonly string[] {
  if (email === null) return [];
  const wanted = email.trim().toLowerCase();
  const [local = '', domain = ''] = wanted.split('@');
  return users.flatMap((user) => {
    const address = user.email?.trim().toLowerCase() ?? '';
    const [otherLocal = '', otherDomain = ''] = address.split('@');
    if (address === '' || address === wanted || user.role.trim().toUpperCase() === 'REMOVED') {
      return [];
    }
    const isNear =
      (otherLocal === local && otherDomain !== domain) ||
      (otherDomain === domain &&
        Math.abs(otherLocal.length - local.length) <= FARTHEST &&
        distance(local, otherLocal) <= FARTHEST);
    return isNear ? [user.userId] : [];
  });
}

function isAdviser(role: string): boolean {
  const standing = readRole(role, false);
  return standing.kind === 'holds' && standing.role.slug === ADVISER;
}
