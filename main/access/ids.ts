import type {
  AccountIdChoice,
  ModelOptions,
  ResourceRef,
  XeroOrganisation,
  XeroUser,
} from './types.ts';

/**
 * Every id that C1 keeps. They are a contract: policies and history in C1 hang on them, so a rule
 * here never changes (c1z-and-model.md §4). Nothing reads an id back.
 */

/** Whether this is the one organisation that keeps the ids of baton-xero (product.md §2, Migration). */
export function keepsLegacyIds(
  { id }: Pick<XeroOrganisation, 'id'>,
  { legacyOrganisationId }: ModelOptions,
): boolean {
  return id.toLowerCase() === legacyOrganisationId?.toLowerCase();
}

/** The role's id in C1: `<OrganisationID>/<role>`, or baton-xero's bare `<role>`. */
export function roleId(organisationId: string, roleSlug: string, legacy: boolean): string {
  return legacy ? roleSlug : `${organisationId}/${roleSlug}`;
}

/** The slug of a role's entitlement: `assigned`, or baton-xero's own, which repeats the role. */
export function roleEntitlementSlug(roleSlug: string, legacy: boolean): string {
  return legacy ? roleSlug : 'assigned';
}

/** `<resource type>:<resource id>:<slug>`, joined raw as the official SDK does. */
export function entitlementId(resource: ResourceRef, slug: string): string {
  return `${resource.type}:${resource.id}:${slug}`;
}

/** `<entitlement id>:<principal type>:<principal id>`, joined raw as the official SDK does. */
export function grantId(entitlement: string, principal: ResourceRef): string {
  return `${entitlement}:${principal.type}:${principal.id}`;
}

/** The group of roles of one organisation, of which a person holds one. */
export function exclusionGroupId(organisationId: string): string {
  return `xero-role:${organisationId}`;
}

/** The account's id: the person's where it is known and wanted, else the row's `UserID`. */
export function accountId(user: XeroUser, choice: AccountIdChoice, legacy: boolean): string {
  return legacy || choice === 'user' ? user.userId : (personId(user) ?? user.userId);
}

/** Xero's id of the person in lower case, so that another spelling is no other account; null where unknown. */
export function personId({ globalUserId }: XeroUser): string | null {
  return globalUserId?.toLowerCase() ?? null;
}
