import type { DescMessage, Message } from '@bufbuild/protobuf';
import { anyUnpack, type Any } from '@bufbuild/protobuf/wkt';
import {
  EntitlementExclusionGroupSchema,
  UserTraitSchema,
} from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import { EntitlementSchema } from '../../../main/proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema } from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import {
  ResourceSchema,
  ResourceType_Trait as Trait,
  ResourceTypeSchema,
  type Resource,
  type ResourceId,
} from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { problemsOf } from './check.ts';
import type { DecodedSync } from './decode.ts';

/** The traits that the syncer insists on, with their annotations (c1z-and-model.md §5.3). */
const ENFORCED: ReadonlyMap<Trait, string> = new Map([
  [Trait.USER, 'UserTrait'],
  [Trait.GROUP, 'GroupTrait'],
  [Trait.ROLE, 'RoleTrait'],
  [Trait.APP, 'AppTrait'],
  [Trait.SECRET, 'SecretTrait'],
]);
const MOST_IN_GROUP = 50;

/** What C1 would drop, misread or refuse in a decoded sync (c1z-and-model.md §5.3); empty when all is well. */
export function accessProblems(sync: DecodedSync): string[] {
  return [
    ...ruleProblems(sync),
    ...resourceProblems(sync),
    // A sync of single resources names others that aren't in its file.
    ...(sync.type === 'partial' ? [] : referenceProblems(sync)),
    ...exclusionProblems(sync),
  ];
}

function ruleProblems(sync: DecodedSync): string[] {
  const judge = (name: string, schema: DescMessage, messages: readonly Message[]) =>
    messages.flatMap((message, index) =>
      problemsOf(schema, message).map((problem) => `${name} ${index + 1}: ${problem}`),
    );
  return [
    ...judge('resource type', ResourceTypeSchema, sync.resourceTypes),
    ...judge('resource', ResourceSchema, sync.resources),
    ...judge('entitlement', EntitlementSchema, sync.entitlements),
    ...judge('grant', GrantSchema, sync.grants),
  ];
}

function resourceProblems({ resourceTypes, resources }: DecodedSync): string[] {
  const types = new Map(resourceTypes.map((type) => [type.id, type]));
  return resources.flatMap((resource) => {
    const name = keyOf(resource.id);
    const type = types.get(resource.id?.resourceType ?? '');
    if (type === undefined) return [`${name}: its resource type isn't in the file`];
    const problems = type.traits.flatMap((trait) => {
      const annotation = ENFORCED.get(trait);
      return annotation === undefined || has(resource, annotation)
        ? []
        : [`${name}: has no ${annotation}`];
    });
    if (has(resource, 'BatonID')) problems.push(`${name}: BatonID is reserved`);
    const user = find(resource.annotations, UserTraitSchema.typeName);
    if (user !== undefined && anyUnpack(user, UserTraitSchema)?.profile === undefined) {
      problems.push(`${name}: its UserTrait has no profile`);
    }
    return problems;
  });
}

function referenceProblems({ resources, entitlements, grants }: DecodedSync): string[] {
  const known = new Set(resources.map((resource) => keyOf(resource.id)));
  const offered = new Map(entitlements.map((one) => [one.id, keyOf(one.resource?.id)]));
  const problems: string[] = [];
  const expectResource = (where: string, id: ResourceId | undefined) => {
    if (!known.has(keyOf(id))) problems.push(`${where}: ${keyOf(id)} isn't in the file`);
  };
  for (const { id, parentResourceId } of resources) {
    if (parentResourceId !== undefined) expectResource(keyOf(id), parentResourceId);
  }
  for (const { id, resource } of entitlements) expectResource(`entitlement ${id}`, resource?.id);
  const given = new Set<string>();
  for (const { id, entitlement, principal } of grants) {
    const resource = offered.get(entitlement?.id ?? '');
    if (resource === undefined) problems.push(`grant ${id}: its entitlement isn't in the file`);
    else if (resource !== keyOf(entitlement?.resource?.id)) {
      problems.push(`grant ${id}: its entitlement is of another resource`);
    }
    expectResource(`grant ${id}`, principal?.id);
    const identity = `${entitlement?.id ?? ''} ${keyOf(principal?.id)}`;
    if (given.has(identity)) problems.push(`grant ${id}: is given twice`);
    given.add(identity);
  }
  return problems;
}

/** A group has at most one default, one resource type and 50 members, or the sync fails (rule I5). */
function exclusionProblems({ entitlements }: DecodedSync): string[] {
  const groups = new Map<string, { types: Set<string>; members: number; defaults: number }>();
  for (const { annotations, resource } of entitlements) {
    const any = find(annotations, EntitlementExclusionGroupSchema.typeName);
    const group = any && anyUnpack(any, EntitlementExclusionGroupSchema);
    if (group === undefined) continue;
    const id = group.scopeToResource
      ? `${group.exclusionGroupId}-${resource?.id?.resource ?? ''}`
      : group.exclusionGroupId;
    const counted = groups.get(id) ?? { types: new Set(), members: 0, defaults: 0 };
    counted.types.add(resource?.id?.resourceType ?? '');
    counted.members += 1;
    counted.defaults += group.isDefault ? 1 : 0;
    groups.set(id, counted);
  }
  return [...groups].flatMap(([id, { types, members, defaults }]) => [
    ...(defaults > 1 ? [`exclusion group ${id}: has ${defaults} defaults`] : []),
    ...(types.size > 1 ? [`exclusion group ${id}: spans ${types.size} resource types`] : []),
    ...(members > MOST_IN_GROUP ? [`exclusion group ${id}: has ${members} members`] : []),
  ]);
}

/** `<type>:<id>`, as rows are keyed. */
export function keyOf(id: ResourceId | undefined): string {
  return `${id?.resourceType ?? ''}:${id?.resource ?? ''}`;
}

/** The annotation with this message name, if it is there. */
export function find(annotations: readonly Any[], typeName: string): Any | undefined {
  return annotations.find(
    (any) => any.typeUrl.slice(any.typeUrl.lastIndexOf('/') + 1) === typeName,
  );
}

function has(resource: Resource, annotation: string): boolean {
  return find(resource.annotations, `c1.connector.v2.${annotation}`) !== undefined;
}
