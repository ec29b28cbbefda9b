import { create, type JsonObject, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type {
  AccessEntitlement,
  AccessGrant,
  AccessResource,
  Profile,
  ResourceRef,
} from '../access/types.ts';
import {
  Entitlement_PurposeValue,
  type EntitlementSchema,
} from '../proto/gen/c1/connector/v2/entitlement_pb.ts';
import type { GrantSchema } from '../proto/gen/c1/connector/v2/grant_pb.ts';
import {
  type ResourceSchema,
  ResourceType_Trait,
  ResourceTypeSchema,
  Status_ResourceStatus,
  type ResourceType,
} from '../proto/gen/c1/connector/v2/resource_pb.ts';
import {
  entitlementAnnotations,
  grantAnnotations,
  resourceAnnotations,
  skipEntitlementsAndGrants,
} from './annotations.ts';
import { fitting, MAX_DESCRIPTION_BYTES, MAX_NAME_BYTES } from './limits.ts';

/**
 * The model in the messages of `c1.connector.v2` (c1z-and-model.md §3). The same access gives the
 * same bytes: fields in order of their numbers, keys sorted. Texts that are too long are cut. What
 * there are many of is made as `create` takes it, and written without it.
 */

export interface MessageOptions {
  /** False for readers that don't know the annotation, such as the stand-alone CLI's `-o json`. */
  readonly exclusionGroups: boolean;
}

const ACCOUNT = create(ResourceTypeSchema, {
  id: 'user',
  displayName: 'Account',
  traits: [ResourceType_Trait.USER],
  annotations: [skipEntitlementsAndGrants()],
});

/** The resource types in byte order of their ids, for the file and for Hello (product.md §2). */
export function resourceTypes(): readonly ResourceType[] {
  return [
    create(ResourceTypeSchema, { id: 'org', displayName: 'Organisation' }),
    create(ResourceTypeSchema, {
      id: 'role',
      displayName: 'Role',
      traits: [ResourceType_Trait.ROLE],
    }),
    ACCOUNT,
  ];
}

/** A resource with its trait; profile, status and time stand on both, for old and new readers (§3.3). */
export function resourceMessage(resource: AccessResource): MessageInitShape<typeof ResourceSchema> {
  const { parent } = resource;
  const profile = struct(resource.profile);
  return {
    id: resourceId(resource),
    parentResourceId: parent === null ? undefined : resourceId(parent),
    displayName: fitting(resource.displayName, MAX_NAME_BYTES),
    annotations: [...resourceAnnotations(resource, profile)],
    description: fitting(resource.description ?? '', MAX_DESCRIPTION_BYTES),
    profile,
    status: resource.type === 'user' ? { status: status(resource.enabled) } : undefined,
    createdAt:
      resource.type === 'org' && resource.createdAt !== null
        ? timestampFromMs(resource.createdAt)
        : undefined,
  };
}

/** An entitlement with the whole resource that it is of, as the SDK embeds it (§4). */
export function entitlementMessage(
  entitlement: AccessEntitlement,
  resource: MessageInitShape<typeof ResourceSchema>,
  options: MessageOptions,
): MessageInitShape<typeof EntitlementSchema> {
  return {
    resource,
    id: entitlement.id,
    displayName: fitting(entitlement.displayName, MAX_NAME_BYTES),
    description: fitting(entitlement.description, MAX_DESCRIPTION_BYTES),
    grantableTo: [ACCOUNT],
    annotations: [...entitlementAnnotations(entitlement, options)],
    purpose:
      entitlement.purpose === 'ownership'
        ? Entitlement_PurposeValue.OWNERSHIP
        : Entitlement_PurposeValue.ASSIGNMENT,
    slug: entitlement.slug,
  };
}

/** A full grant: it names its entitlement with that one's resource, and its principal (§2.6). */
export function grantMessage(
  grant: AccessGrant,
  resource: ResourceRef,
): MessageInitShape<typeof GrantSchema> {
  return {
    entitlement: { id: grant.entitlementId, resource: { id: resourceId(resource) } },
    principal: { id: resourceId(grant.principal) },
    id: grant.id,
    annotations: [...grantAnnotations(grant)],
  };
}

function resourceId({ type, id }: ResourceRef) {
  return { resourceType: type, resource: id };
}

function status(enabled: boolean): Status_ResourceStatus {
  return enabled ? Status_ResourceStatus.ENABLED : Status_ResourceStatus.DISABLED;
}

/** A profile as a `google.protobuf.Struct`, whose map is written in the order of these keys. */
function struct(profile: Profile): JsonObject {
  const fields: JsonObject = {};
  // Our own keys, which are ASCII: JavaScript's order is that of their bytes.
  for (const key of Object.keys(profile).sort()) {
    const value = profile[key];
    if (value !== undefined) fields[key] = typeof value === 'object' ? [...value] : value;
  }
  return fields;
}
