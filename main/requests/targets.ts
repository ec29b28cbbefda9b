import { entitlementId, keepsLegacyIds, roleEntitlementSlug, roleId } from '../access/ids.ts';
import { organisationName } from '../access/organisations.ts';
import { knownRoles, readRole, roleMeant, type Role } from '../access/roles.ts';
import type { ModelOptions, OrganisationAccess } from '../access/types.ts';

/** The roles that Xero gives to a practice's clients alone: no admin can choose them (xero.md §4). */
export const PRACTICE_ROLES: ReadonlySet<string> = new Set(['cashbookclient', 'managedclient']);

/** A role in one organisation. */
export interface RoleTarget {
  readonly access: OrganisationAccess;
  /** Its slug is spelt as ours. */
  readonly role: Role;
  /** What C1 knows the role and its entitlement by, which may be the ids of baton-xero. */
  readonly resourceId: string;
  readonly entitlementId: string;
}

/** What the resource of an entitlement in a task means. */
export type Target =
  | ({ readonly kind: 'role' } & RoleTarget)
  | { readonly kind: 'member'; readonly access: OrganisationAccess }
  | { readonly kind: 'subscriber'; readonly access: OrganisationAccess };

/** What C1 shows of the governed organisations, by which the ids in a task are known. */
export interface Governed {
  readonly organisations: readonly OrganisationAccess[];
  readonly options: ModelOptions;
  /** Governed ones that only a person can bring back: gone from Xero's list, or refusing. None where it is absent. */
  readonly gone?: readonly Gone[];
}

export interface Gone {
  /** The id it was connected under, which is its own (xero.md §4). */
  readonly id: string;
  readonly name: string;
}

/** Finds what an entitlement means by making the ids of all there are: nothing takes one apart (product.md §2). */
export function targetOf(
  resource: { readonly type: string; readonly id: string },
  entitlement: string,
  { organisations, options }: Governed,
): Target | null {
  if (resource.type === 'org') {
    const access = organisations.find(({ organisation }) => organisation.id === resource.id);
    if (access === undefined) return null;
    const subscriber = entitlementId({ type: 'org', id: resource.id }, 'subscriber');
    return entitlement === subscriber ? { kind: 'subscriber', access } : { kind: 'member', access };
  }
  if (resource.type !== 'role') return null;
  const role = organisations
    .flatMap((access) => rolesIn(access, options))
    .find(({ resourceId }) => resourceId === resource.id);
  return role === undefined ? null : { kind: 'role', ...role };
}

/** The organisation that a person typed, by its id or by its name where that is the only one of its name. */
export function organisationMeant(
  typed: string,
  { organisations }: Governed,
): OrganisationAccess | null {
  const wanted = typed.trim().toLowerCase();
  const byId = organisations.find(
    ({ organisation, tenantId }) =>
      organisation.id.toLowerCase() === wanted || tenantId?.toLowerCase() === wanted,
  );
  if (byId !== undefined) return byId;
  const named = organisations.filter(
    ({ organisation }) => organisationName(organisation).toLowerCase() === wanted,
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** The role that a person typed, however it is spelt. */
export function roleTyped(
  typed: string,
  access: OrganisationAccess,
  options: ModelOptions,
): RoleTarget | null {
  const meant = roleMeant(typed);
  return rolesIn(access, options).find(({ role }) => roleMeant(role.slug) === meant) ?? null;
}

/** All roles of an organisation: Xero's own, and those met among its people. */
function rolesIn(access: OrganisationAccess, options: ModelOptions): readonly RoleTarget[] {
  const { organisation, users } = access;
  const legacy = keepsLegacyIds(organisation, options);
  const spelt = knownRoles(legacy);
  const known = knownRoles(false).map((role, place) => [role, spelt[place]?.slug] as const);
  const met = new Map(
    users.flatMap((user) => {
      const standing = readRole(user.role, false);
      return standing.kind === 'holds' && !standing.role.known
        ? [[standing.role.slug, standing.role] as const]
        : [];
    }),
  );
  const unknown = [...met.values()].map((role) => [role, role.slug] as const);
  return [...known, ...unknown].map(([role, spelling = role.slug]) => {
    const resourceId = roleId(organisation.id, spelling, legacy);
    const slug = roleEntitlementSlug(spelling, legacy);
    const id = entitlementId({ type: 'role', id: resourceId }, slug);
    return { access, role, resourceId, entitlementId: id };
  });
}

/** The entitlement of a role by its slug as ours; null where the organisation has no such role. */
export function roleBySlug(
  slug: string,
  access: OrganisationAccess,
  options: ModelOptions,
): RoleTarget | null {
  return rolesIn(access, options).find(({ role }) => role.slug === slug) ?? null;
}

/** The organisation, among those that are gone, which the resource of an entitlement is or belongs to. */
export function goneWith(
  resource: { readonly type: string; readonly id: string },
  { gone = [], options }: Pick<Governed, 'gone' | 'options'>,
): Gone | undefined {
  const wanted = resource.id.toLowerCase();
  return gone.find(({ id }) => {
    const legacy = keepsLegacyIds({ id }, options);
    const ids =
      resource.type === 'org'
        ? [id]
        : knownRoles(legacy).map(({ slug }) => roleId(id, slug, legacy));
    return ids.some((each) => each.toLowerCase() === wanted);
  });
}

/** The one that was typed, by its id or its name. */
export function goneMeant(typed: string, { gone = [] }: Pick<Governed, 'gone'>): Gone | undefined {
  const wanted = typed.trim().toLowerCase();
  return gone.find(({ id, name }) => [id, name].some((each) => each.toLowerCase() === wanted));
}
