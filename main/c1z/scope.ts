import type { AccessLists, AccessResource, ResourceRef, ResourceTypeId } from '../access/types.ts';
import { keyOf } from './checks.ts';

/** What `sync_type` says of a file's sync; the others of c1z-and-model.md §2.7 aren't ours to write. */
export type SyncType = 'full' | 'partial' | 'resources_only';

/** Which part of the access a file is to hold. */
export interface FileScope {
  readonly syncType: SyncType;
  /** The types of resources that are synced. */
  readonly types: readonly ResourceTypeId[];
  readonly rows: 'all' | 'withoutGrants' | 'resourcesOnly';
  /** These resources alone, each with its children, its entitlements and their grants; or `all`. */
  readonly targets: 'all' | readonly ResourceRef[];
}

export const WHOLE: FileScope = {
  syncType: 'full',
  types: ['org', 'role', 'user'],
  rows: 'all',
  targets: 'all',
};

export interface Scoped {
  readonly lists: AccessLists;
  readonly outside: Outside;
}

/** What a scope asked for or pointed to, and didn't get. */
export interface Outside {
  /** Grants dropped because their account's type isn't synced. */
  readonly grants: number;
  /** Resources that were asked for and don't exist. */
  readonly targets: number;
}

/**
 * The part of consistent access that the official runner would write (c1z-and-model.md §5.1 steps 3
 * and 6, §5.3). In order, as before. A resource keeps naming a parent whose type isn't synced; a
 * full sync drops grants to accounts of such a type, a partial one doesn't.
 */
export function applyScope(lists: AccessLists, scope: FileScope): Scoped {
  const inTypes = ({ type }: ResourceRef) => scope.types.includes(type);
  const chosen = chooseResources(lists.resources.filter(inTypes), scope);
  const entitlements =
    scope.rows === 'resourcesOnly'
      ? []
      : lists.entitlements.filter(({ resource }) => chosen.opened(resource));
  const entitlementIds = new Set(entitlements.map(({ id }) => id));
  const listed =
    scope.rows === 'all'
      ? lists.grants.filter(({ entitlementId }) => entitlementIds.has(entitlementId))
      : [];
  const grants =
    scope.syncType === 'full' ? listed.filter(({ principal }) => inTypes(principal)) : listed;
  return {
    lists: { resources: chosen.resources, entitlements, grants },
    outside: { grants: listed.length - grants.length, targets: chosen.missing },
  };
}

interface Chosen {
  readonly resources: readonly AccessResource[];
  readonly missing: number;
  /** Whether entitlements and grants of the resource are synced. */
  opened(resource: ResourceRef): boolean;
}

/** A target brings its children's rows, but not what can be granted on them. */
function chooseResources(
  resources: readonly AccessResource[],
  { targets, types }: FileScope,
): Chosen {
  if (targets === 'all') {
    return { resources, missing: 0, opened: ({ type }) => types.includes(type) };
  }
  const wanted = new Set(targets.map(keyOf));
  const found = new Map(
    resources.filter((each) => wanted.has(keyOf(each))).map((each) => [keyOf(each), each]),
  );
  const isChild = ({ type, parent }: AccessResource) => {
    const mother = parent === null ? undefined : found.get(keyOf(parent));
    return mother?.type === 'org' && mother.childTypes.includes(type);
  };
  return {
    resources: resources.filter((each) => found.has(keyOf(each)) || isChild(each)),
    missing: wanted.size - found.size,
    opened: (resource) => found.has(keyOf(resource)),
  };
}
