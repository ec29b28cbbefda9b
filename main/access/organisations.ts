import { entitlementId, exclusionGroupId, roleEntitlementSlug, roleId } from './ids.ts';
import { userManagementPage } from './links.ts';
import { byteOrder } from './order.ts';
import { knownValues, timeText } from './profile.ts';
import { knownRoles, type Role } from './roles.ts';
import type {
  AccessEntitlement,
  OrganisationResource,
  RoleResource,
  XeroOrganisation,
} from './types.ts';

/** What one organisation contributes besides its people (product.md §2). */
export interface OrganisationParts {
  readonly organisation: OrganisationResource;
  readonly roles: readonly RoleResource[];
  readonly member: AccessEntitlement;
  readonly subscriber: AccessEntitlement;
  /** The entitlement of each role, by the role's slug. */
  readonly assigned: ReadonlyMap<string, AccessEntitlement>;
}

/**
 * The organisation, its roles (Xero's six, and those met among its people that we don't know) and
 * all their entitlements. `legacy` gives roles the ids of baton-xero.
 */
export function describeOrganisation(
  organisation: XeroOrganisation,
  unknownRoles: readonly Role[],
  legacy: boolean,
): OrganisationParts {
  const resource = organisationResource(organisation, legacy);
  const described = distinctRoles(unknownRoles, legacy).map((role) =>
    describeRole(resource, role, legacy),
  );
  return {
    organisation: resource,
    roles: described.map((each) => each.resource),
    member: member(resource),
    subscriber: subscriber(resource),
    assigned: new Map(described.map((each) => [each.slug, each.assigned])),
  };
}

/** What we call an organisation: its name, or its id when it has none. */
export function organisationName(organisation: XeroOrganisation): string {
  return organisation.name.trim() || organisation.id;
}

/**
 * Xero's own word for the state of an organisation that it doesn't call `ACTIVE`, or null. Which
 * words there are and what they mean, its description doesn't say.
 */
export function unusualStatus({ status }: XeroOrganisation): string | null {
  const word = status?.trim() ?? '';
  return word === '' || word.toUpperCase() === 'ACTIVE' ? null : word;
}

function organisationResource(
  organisation: XeroOrganisation,
  legacy: boolean,
): OrganisationResource {
  const { id, createdAt } = organisation;
  return {
    type: 'org',
    id,
    displayName: organisationName(organisation),
    description: null,
    parent: null,
    profile: knownValues({
      organisation_id: id,
      name: organisation.name,
      legal_name: organisation.legalName,
      country_code: organisation.countryCode,
      base_currency: organisation.baseCurrency,
      organisation_type: organisation.organisationType,
      version: organisation.version,
      class: organisation.class,
      edition: organisation.edition,
      short_code: organisation.shortCode,
      is_demo_company: organisation.demo,
      status: organisation.status,
      created: timeText(createdAt),
    }),
    rawId: id,
    link: userManagementPage(organisation.shortCode),
    createdAt,
    childTypes: legacy ? [] : ['role'],
  };
}

/** Known and unknown roles, one for each slug: of two names with one slug the first by bytes stays. */
function distinctRoles(unknownRoles: readonly Role[], legacy: boolean): readonly Role[] {
  const bySlug = new Map(knownRoles(legacy).map((role) => [role.slug, role]));
  for (const role of [...unknownRoles].sort((a, b) => byteOrder(a.name, b.name))) {
    if (!bySlug.has(role.slug)) bySlug.set(role.slug, role);
  }
  return [...bySlug.values()];
}

function describeRole(organisation: OrganisationResource, role: Role, legacy: boolean) {
  const id = roleId(organisation.id, role.slug, legacy);
  const resource: RoleResource = {
    type: 'role',
    id,
    displayName: role.name,
    description: `${role.name} in ${organisation.displayName}`,
    parent: legacy ? null : { type: 'org', id: organisation.id },
    profile: legacy
      ? { role_name: role.slug }
      : {
          role_name: role.name,
          organisation_id: organisation.id,
          organisation: organisation.displayName,
        },
    rawId: null,
  };
  const slug = roleEntitlementSlug(role.slug, legacy);
  const assigned: AccessEntitlement = {
    id: entitlementId(resource, slug),
    slug,
    resource: { type: 'role', id },
    displayName: `${role.name} in ${organisation.displayName}`,
    description: `Holds the role ${role.name} in ${organisation.displayName}.`,
    purpose: 'assignment',
    immutable: false,
    exclusionGroup: { id: exclusionGroupId(organisation.id), order: role.order },
  };
  return { slug: role.slug, resource, assigned };
}

function member(organisation: OrganisationResource): AccessEntitlement {
  return {
    id: entitlementId(organisation, 'member'),
    slug: 'member',
    resource: { type: 'org', id: organisation.id },
    displayName: `Member of ${organisation.displayName}`,
    description: `Is a user of ${organisation.displayName} in Xero, with any role.`,
    purpose: 'assignment',
    immutable: false,
    exclusionGroup: null,
  };
}

function subscriber(organisation: OrganisationResource): AccessEntitlement {
  return {
    id: entitlementId(organisation, 'subscriber'),
    slug: 'subscriber',
    resource: { type: 'org', id: organisation.id },
    displayName: `Subscriber of ${organisation.displayName}`,
    description: `Pays for ${organisation.displayName}. Changed by transferring the subscription in Xero.`,
    purpose: 'ownership',
    immutable: true,
    exclusionGroup: null,
  };
}
