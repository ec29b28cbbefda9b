/** What was read from Xero, and what is made of it. Times are milliseconds since 1970. */

/** One organisation as Xero describes it, without the fields that we never keep (`APIKey`). */
export interface XeroOrganisation {
  readonly id: string;
  readonly name: string;
  readonly legalName: string | null;
  readonly countryCode: string | null;
  readonly baseCurrency: string | null;
  readonly organisationType: string | null;
  readonly version: string | null;
  readonly class: string | null;
  readonly edition: string | null;
  readonly shortCode: string | null;
  readonly demo: boolean;
  readonly status: string | null;
  readonly createdAt: number | null;
}

/** One row of Xero's Users list. */
export interface XeroUser {
  readonly userId: string;
  /**
   * The same person in every organisation; undocumented, so it may be absent (xero.md §4). Null
   * where no earlier read told it either.
   */
  readonly globalUserId: string | null;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly updatedAt: number | null;
  readonly subscriber: boolean;
  /** As Xero sends it, for example `FINANCIALADVISER`; may be one we don't know. */
  readonly role: string;
  /** Xero's names of fields that came in a form we don't know and count as left out; absent for none. */
  readonly unread?: readonly string[];
}

export interface OrganisationAccess {
  /** The id it is connected under; absent where it is the organisation’s own in any case. */
  readonly tenantId?: string;
  readonly organisation: XeroOrganisation;
  readonly users: readonly XeroUser[];
}

/** What a model is made of: what Xero said, and how it is to be understood. */
export interface AccessRead {
  readonly organisations: readonly OrganisationAccess[];
  readonly options: ModelOptions;
}

export interface ModelOptions {
  readonly accountId: AccountIdChoice;
  /** The one organisation that keeps the ids of baton-xero, or null. */
  readonly legacyOrganisationId: string | null;
}

/** How accounts are told apart: by person, or by Xero's row for a person in one organisation. */
export type AccountIdChoice = 'global' | 'user';

export type ResourceTypeId = 'org' | 'role' | 'user';

export interface ResourceRef {
  readonly type: ResourceTypeId;
  readonly id: string;
}

/** A profile value as C1 shows it. Lists are sorted. */
export type ProfileValue = string | boolean | readonly string[];
export type Profile = Readonly<Record<string, ProfileValue>>;

interface ResourceCommon {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly parent: ResourceRef | null;
  readonly profile: Profile;
  readonly rawId: string | null;
}

export interface OrganisationResource extends ResourceCommon {
  readonly type: 'org';
  /** The organisation's user-management page in Xero. */
  readonly link: string | null;
  readonly createdAt: number | null;
  /** The types whose resources have this organisation as their parent. */
  readonly childTypes: readonly ResourceTypeId[];
}

export interface RoleResource extends ResourceCommon {
  readonly type: 'role';
}

export interface AccountResource extends ResourceCommon {
  readonly type: 'user';
  readonly email: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly enabled: boolean;
}

export type AccessResource = OrganisationResource | RoleResource | AccountResource;

export interface AccessEntitlement {
  readonly id: string;
  /** `member`, `subscriber` or `assigned`; under the ids of baton-xero the role itself. */
  readonly slug: string;
  readonly resource: ResourceRef;
  readonly displayName: string;
  readonly description: string;
  readonly purpose: 'assignment' | 'ownership';
  /** C1 can't change it (who pays is decided in Xero's billing). */
  readonly immutable: boolean;
  /** Of the roles of one organisation a person holds one. */
  readonly exclusionGroup: { readonly id: string; readonly order: number } | null;
}

export interface AccessGrant {
  readonly id: string;
  readonly entitlementId: string;
  readonly principal: ResourceRef;
  readonly immutable: boolean;
}

/** The access of all governed organisations: sorted, unique, complete, the same for the same access. */
export interface AccessModel {
  readonly resources: readonly AccessResource[];
  readonly entitlements: readonly AccessEntitlement[];
  readonly grants: readonly AccessGrant[];
  readonly warnings: readonly AccessWarning[];
}

/** The part of a model that a file holds. */
export type AccessLists = Pick<AccessModel, 'resources' | 'entitlements' | 'grants'>;

/** A matter for a reviewer or for support; says counts and organisations, never people. */
export interface AccessWarning {
  readonly code:
    | 'unknownRole'
    | 'undisclosedRole'
    | 'twoRoles'
    | 'noGlobalUserId'
    | 'organisationIdDiffers'
    | 'organisationInactive'
    | 'noEmail'
    | 'unreadField'
    | 'sameEmail'
    | 'removedElsewhere';
  readonly message: string;
  /** How many people it concerns; organisations where it is about those. */
  readonly count: number;
}
