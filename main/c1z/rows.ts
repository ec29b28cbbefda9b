import { fromBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  ChildResourceTypeSchema,
  EntitlementExclusionGroupSchema,
  EntitlementImmutableSchema,
  ExternalLinkSchema,
  GrantExpandableSchema,
  GrantImmutableSchema,
  RawIdSchema,
  RoleTraitSchema,
  UserTraitSchema,
  type UserTrait,
} from '../proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  Entitlement_PurposeValue,
  Entitlement_PurposeValueSchema,
  EntitlementSchema,
} from '../proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema } from '../proto/gen/c1/connector/v2/grant_pb.ts';
import {
  ResourceSchema,
  ResourceType_TraitSchema,
  ResourceTypeSchema,
  Status_ResourceStatusSchema,
  type ResourceId,
} from '../proto/gen/c1/connector/v2/resource_pb.ts';
import type {
  FileAccount,
  FileEntitlement,
  FileGrant,
  FileRef,
  FileResource,
  FileResourceType,
} from './contents.ts';
import { enumName } from './enum-name.ts';
import { bytesOf, textOf, type Row } from './guarded-database.ts';
import { damaged } from './read-failures.ts';

/**
 * The rows of a v1 file as plain data (c1z-and-model.md §2.2, §3). A row's message must agree with
 * the columns that repeat its ids, else `UnreadableFile` is thrown; a parent may differ, since the
 * SDK replaces the message alone when a resource is listed twice (§2.6).
 */

export function resourceTypeRow(row: Row): FileResourceType {
  const message = decode(ResourceTypeSchema, bytesOf(row, 'data'));
  const { id, displayName, description, traits } = message;
  agree(row, { external_id: id });
  return {
    id,
    displayName,
    description,
    traits: traits.map((trait) => enumName(ResourceType_TraitSchema, trait)),
  };
}

export function resourceRow(row: Row): FileResource {
  const message = decode(ResourceSchema, bytesOf(row, 'data'));
  const { id, parentResourceId: parent, annotations } = message;
  const ref = refOf(id);
  agree(row, { resource_type_id: ref.type, external_id: `${ref.type}:${ref.id}` });
  const user = one(annotations, UserTraitSchema);
  const role = one(annotations, RoleTraitSchema);
  const status = message.status?.status ?? user?.status?.status ?? 0;
  return {
    ...ref,
    parent: parent === undefined ? null : refOf(parent),
    displayName: message.displayName,
    description: message.description,
    // Old files have it in the trait alone (§3.3).
    profile: message.profile ?? user?.profile ?? role?.profile ?? {},
    status: status === 0 ? null : enumName(Status_ResourceStatusSchema, status),
    account: user === null ? null : accountOf(user),
    rawId: one(annotations, RawIdSchema)?.id ?? null,
    link: one(annotations, ExternalLinkSchema)?.url ?? null,
    createdAt: message.createdAt === undefined ? null : timestampMs(message.createdAt),
    childTypes: every(annotations, ChildResourceTypeSchema).map((child) => child.resourceTypeId),
  };
}

export function entitlementRow(row: Row): FileEntitlement {
  const message = decode(EntitlementSchema, bytesOf(row, 'data'));
  const { id, annotations, purpose } = message;
  const resource = refOf(message.resource?.id);
  agree(row, { resource_type_id: resource.type, resource_id: resource.id, external_id: id });
  const group = one(annotations, EntitlementExclusionGroupSchema);
  return {
    id,
    resource,
    displayName: message.displayName,
    description: message.description,
    slug: message.slug,
    purpose:
      purpose === Entitlement_PurposeValue.UNSPECIFIED
        ? null
        : enumName(Entitlement_PurposeValueSchema, purpose),
    grantableTo: message.grantableTo.map((type) => type.id),
    immutable: one(annotations, EntitlementImmutableSchema) !== null,
    exclusionGroup: group === null ? null : { id: group.exclusionGroupId, order: group.order },
  };
}

export function grantRow(row: Row): FileGrant {
  const message = decode(GrantSchema, bytesOf(row, 'data'));
  const { id, entitlement, principal, annotations, sources } = message;
  const columns = {
    entitlementId: textOf(row, 'entitlement_id'),
    resource: { type: textOf(row, 'resource_type_id'), id: textOf(row, 'resource_id') },
    principal: {
      type: textOf(row, 'principal_resource_type_id'),
      id: textOf(row, 'principal_resource_id'),
    },
  };
  agree(row, { external_id: id });
  // A slim grant's message leaves to the columns what they say (§2.6).
  if (entitlement !== undefined) {
    const { type, id: resourceId } = refOf(entitlement.resource?.id);
    agree(row, {
      entitlement_id: entitlement.id,
      resource_type_id: type,
      resource_id: resourceId,
    });
  }
  if (principal !== undefined) {
    const { type, id: principalId } = refOf(principal.id);
    agree(row, { principal_resource_type_id: type, principal_resource_id: principalId });
  }
  const expandable =
    row['expansion'] === null || row['expansion'] === undefined
      ? one(annotations, GrantExpandableSchema)
      : decode(GrantExpandableSchema, bytesOf(row, 'expansion'));
  return {
    id,
    ...columns,
    immutable: one(annotations, GrantImmutableSchema) !== null,
    sources: Object.keys(sources?.sources ?? {}),
    expandsTo: expandable?.entitlementIds ?? [],
  };
}

function accountOf({ emails, login, structuredName }: UserTrait): FileAccount {
  const primary = emails.find(({ isPrimary }) => isPrimary) ?? emails[0];
  return {
    email: primary?.address ?? null,
    login,
    givenName: structuredName?.givenName ?? '',
    familyName: structuredName?.familyName ?? '',
  };
}

function refOf(id: ResourceId | undefined): FileRef {
  return { type: id?.resourceType ?? '', id: id?.resource ?? '' };
}

function agree(row: Row, columns: Readonly<Record<string, string>>): void {
  for (const [column, value] of Object.entries(columns)) {
    if (textOf(row, column) !== value) throw damaged(`a row’s ${column} contradicts its message`);
  }
}

function decode<Desc extends DescMessage>(schema: Desc, bytes: Uint8Array): MessageShape<Desc> {
  try {
    return fromBinary(schema, bytes, { readUnknownFields: false });
  } catch {
    throw damaged(`a ${schema.name} is damaged`);
  }
}

type Annotations = readonly { readonly typeUrl: string; readonly value: Uint8Array }[];

/** The annotation of a kind, or null; of several the last, as the SDK reads them. */
function one<Desc extends DescMessage>(
  annotations: Annotations,
  schema: Desc,
): MessageShape<Desc> | null {
  return every(annotations, schema).at(-1) ?? null;
}

function every<Desc extends DescMessage>(
  annotations: Annotations,
  schema: Desc,
): readonly MessageShape<Desc>[] {
  return annotations
    .filter(({ typeUrl }) => typeUrl === `type.googleapis.com/${schema.typeName}`)
    .map(({ value }) => decode(schema, value));
}
