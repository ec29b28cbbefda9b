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
/** Xero’s clock and this computer’s, in milliseconds. */
const CLOCKS_MAY_DIFFER = 24 * 3_600_000;

/** What Xero shows of a person in one organisation. */
export function seeIn(
  person: Person,
  access: OrganisationAccess,
  options: ModelOptions,
  {
    askedAt,
    similarBefore,
  }: { readonly askedAt: number; readonly similarBefore: readonly string[] },
): Seen {
  const found = rowsOf(person, access, options);
  const standing = found === null ? NOT_LISTED : standingOf(found.users);
  const ids = new Set(found?.users.map(({ userId }) => userId));
  const othersAreAdvisers = access.users.some(
    ({ userId, role }) => !ids.has(userId) && isAdviser(role),
  );
  const isAdviserNow = standing.roles.some(({ slug }) => slug === ADVISER);
  const similar = similarTo(person, access.users, askedAt).filter(
    (id) => !similarBefore.includes(id),
  );
  return {
    listed: standing.listed,
    roles: standing.roles.map(({ slug, name, order }) => ({ slug, name, order })),
    by: found?.by ?? null,
    lastAdviser: isAdviserNow && !othersAreAdvisers ? 'yes' : 'no',
    similar: similar.length > 0 ? 'yes' : 'no',
  };
}

/** An organisation as a request keeps it, with what it shows of the person now. */
export function placeOf(
  person: Person,
  access: OrganisationAccess,
  options: ModelOptions,
  askedAt: number,
): Place {
  const { organisation, tenantId } = access;
  const similarBefore = [...similarTo(person, access.users, askedAt)];
  const now = seeIn(person, access, options, { askedAt, similarBefore });
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

/**
 * UserIDs of people who came, or were changed, since C1 asked, and whose address differs from this
 * person's by little: another domain, or a letter or two.
 */
function similarTo(
  { email }: Person,
  users: readonly XeroUser[],
  askedAt: number,
): readonly string[] {
  if (email === null) return [];
  const wanted = email.trim().toLowerCase();
  const [local = '', domain = ''] = wanted.split('@');
  const [before, behind] = [`${local}@`, `@${domain}`];
  const isNear = (address: string) => {
    if (address === wanted) return false;
    if (address.startsWith(before)) return true;
    if (!address.endsWith(behind)) return false;
    const other = address.slice(0, -behind.length);
    return Math.abs(other.length - local.length) <= FARTHEST && distance(local, other) <= FARTHEST;
  };
  const since = askedAt - CLOCKS_MAY_DIFFER;
  return users
    .filter(({ updatedAt }) => updatedAt === null || updatedAt >= since)
    .filter(({ email: other }) => other !== null && isNear(other.trim().toLowerCase()))
    .filter(({ role }) => role.trim().toUpperCase() !== 'REMOVED')
    .map(({ userId }) => userId);
}

function isAdviser(role: string): boolean {
  const standing = readRole(role, false);
  return standing.kind === 'holds' && standing.role.slug === ADVISER;
}
