import type { JsonObject } from '@bufbuild/protobuf';
import type {
  AccessEntitlement,
  AccessGrant,
  AccessResource,
  AccountResource,
} from '../access/types.ts';
import {
  ChildResourceTypeSchema,
  EntitlementExclusionGroupSchema,
  EntitlementImmutableSchema,
  ExternalLinkSchema,
  GrantImmutableSchema,
  RawIdSchema,
  RoleTraitSchema,
  SkipEntitlementsAndGrantsSchema,
  UserTrait_AccountType,
  UserTrait_Status_Status,
  UserTraitSchema,
} from '../proto/gen/c1/connector/v2/annotation_pb.ts';
import { packAny, type Packed } from './encode.ts';
import { isEmail, MAX_LINK_BYTES } from './limits.ts';

/** What travels as `google.protobuf.Any` beside the fields of a message (c1z-and-model.md §3.6). */

/** On the account type: nothing can be granted *on* an account. */
export function skipEntitlementsAndGrants(): Packed {
  return packAny(SkipEntitlementsAndGrantsSchema, {});
}

/** A resource's trait, kinship, native id and link. */
export function resourceAnnotations(
  resource: AccessResource,
  profile: JsonObject,
): readonly Packed[] {
  const annotations: Packed[] = [];
  if (resource.type === 'role') {
    annotations.push(packAny(RoleTraitSchema, { profile }));
  }
  if (resource.type === 'user') annotations.push(userTrait(resource, profile));
  if (resource.type === 'org') {
    for (const resourceTypeId of resource.childTypes) {
      annotations.push(packAny(ChildResourceTypeSchema, { resourceTypeId }));
    }
  }
  if (resource.rawId !== null) {
    annotations.push(packAny(RawIdSchema, { id: resource.rawId }));
  }
  if (resource.type === 'org' && resource.link !== null && isLink(resource.link)) {
    annotations.push(packAny(ExternalLinkSchema, { url: resource.link }));
  }
  return annotations;
}

/** That it can't be changed through C1, and the group of which a person holds one. */
export function entitlementAnnotations(
  { immutable, exclusionGroup }: AccessEntitlement,
  options: { readonly exclusionGroups: boolean },
): readonly Packed[] {
  const annotations: Packed[] = [];
  if (immutable) {
    annotations.push(packAny(EntitlementImmutableSchema, {}));
  }
  if (exclusionGroup !== null && options.exclusionGroups) {
    const { id: exclusionGroupId, order } = exclusionGroup;
    annotations.push(packAny(EntitlementExclusionGroupSchema, { exclusionGroupId, order }));
  }
  return annotations;
}

/** That the grant can't be revoked through C1. */
export function grantAnnotations({ immutable }: AccessGrant): readonly Packed[] {
  return immutable ? [packAny(GrantImmutableSchema, {})] : [];
}

/** The trait always has a profile, or the stand-alone CLI's export fails (c1z-and-model.md §0). */
function userTrait(account: AccountResource, profile: JsonObject): Packed {
  const { email, givenName, familyName } = account;
  const status = account.enabled
    ? UserTrait_Status_Status.ENABLED
    : UserTrait_Status_Status.DISABLED;
  return packAny(UserTraitSchema, {
    // The validators refuse what Xero lets pass; such an address stays in profile and login.
    emails: email !== null && isEmail(email) ? [{ address: email, isPrimary: true }] : [],
    status: { status },
    profile,
    accountType: UserTrait_AccountType.HUMAN,
    login: email ?? '',
    structuredName:
      givenName === null && familyName === null
        ? undefined
        : { givenName: givenName ?? '', familyName: familyName ?? '' },
  });
}

function isLink(url: string): boolean {
  return url.startsWith('https://') && Buffer.byteLength(url) <= MAX_LINK_BYTES;
}
