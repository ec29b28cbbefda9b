import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { ResourceRef, ResourceTypeId } from '../access/types.ts';
import { WHOLE, type FileScope, type SyncType } from '../c1z/scope.ts';
import type { Resource } from '../proto/gen/c1/connector/v2/resource_pb.ts';
import type { Task_SyncFullTask } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';

/** How a `sync_full` task wants it. */
export interface SyncPlan {
  readonly scope: FileScope;
  /** Whether C1 then holds all access, so that it may be said what C1 received. */
  readonly whole: boolean;
  /** Targets of a type that we don't have; the official runner passes over them too. */
  readonly strangers: number;
  /** Wishes that change nothing, for the log. */
  readonly notes: readonly SyncNote[];
}

export type SyncNote =
  /** Xero has no groups within groups, so `skip_expand_grants` changes nothing (§5.6). */
  | 'nothingToExpand'
  /** The file is of format v1 whatever engine was asked for (product.md §8). */
  | 'engineIsSqlite';

/** What of the task's message is used; its annotations aren't, as the official runner's (§4.9). */
export type SyncRequest = Pick<
  Task_SyncFullTask,
  | 'syncResourceTypeIds'
  | 'targetedSyncResources'
  | 'skipGrants'
  | 'skipEntitlementsAndGrants'
  | 'skipExpandGrants'
  | 'storageEngine'
>;

/**
 * Reads the options of a `sync_full` task as the official runner does (c1-protocol.md §4.9,
 * c1z-and-model.md §5.1). Fails with `syncRequestInvalid` for a type of resource that doesn't
 * exist, and for a target without an id.
 */
export function syncPlanOf(request: SyncRequest): Result<SyncPlan> {
  const wanted = new Set(request.syncResourceTypeIds);
  const unknown = [...wanted].find((id) => !isOurs(id));
  if (unknown !== undefined) return fail(unknownType(unknown));
  const types = wanted.size === 0 ? WHOLE.types : WHOLE.types.filter((id) => wanted.has(id));
  const targets = request.targetedSyncResources
    .map(refOf)
    .filter(({ type }) => wanted.size === 0 || wanted.has(type));
  if (targets.some(({ type, id }) => type === '' || id === '')) return fail(targetWithoutId);
  const ours = targets.filter(isOurRef);
  const scope: FileScope = {
    syncType: syncTypeOf(request),
    types,
    rows: rowsOf(request),
    // Where the filter leaves no target, the official runner syncs what the filter names.
    targets: targets.length === 0 ? 'all' : ours,
  };
  return succeed({
    scope,
    whole: scope.syncType === 'full' && wanted.size === 0 && scope.rows === 'all',
    strangers: targets.length - ours.length,
    notes: notesOf(request),
  });
}

function syncTypeOf(request: SyncRequest): SyncType {
  if (request.targetedSyncResources.length > 0) return 'partial';
  return request.skipEntitlementsAndGrants ? 'resources_only' : 'full';
}

function rowsOf({ skipEntitlementsAndGrants, skipGrants }: SyncRequest): FileScope['rows'] {
  if (skipEntitlementsAndGrants) return 'resourcesOnly';
  return skipGrants ? 'withoutGrants' : 'all';
}

function notesOf({ skipExpandGrants, storageEngine }: SyncRequest): readonly SyncNote[] {
  const notes: SyncNote[] = [];
  if (skipExpandGrants) notes.push('nothingToExpand');
  if (storageEngine !== '' && storageEngine !== 'sqlite') notes.push('engineIsSqlite');
  return notes;
}

interface NamedRef {
  readonly type: string;
  readonly id: string;
}

function refOf({ id }: Resource): NamedRef {
  return { type: id?.resourceType ?? '', id: id?.resource ?? '' };
}

function isOurs(type: string): type is ResourceTypeId {
  return WHOLE.types.some((ours) => ours === type);
}

function isOurRef(ref: NamedRef): ref is ResourceRef {
  return isOurs(ref.type);
}

const LONGEST_SHOWN = 40;

/** The id is C1's to choose: shown short, and without what could move a terminal's cursor. */
function unknownType(id: string): Failure {
  const shown = id.slice(0, LONGEST_SHOWN).replaceAll(/[^\w .:/-]/g, '?');
  return {
    code: 'syncRequestInvalid',
    message: say('syncRequest.c1AskedToSyncA', { shown, types: WHOLE.types.join(', ') }),
    next: 'syncInC1',
  };
}

const targetWithoutId: Failure = {
  code: 'syncRequestInvalid',
  message: say('syncRequest.c1AskedToSyncASingle'),
  next: 'syncInC1',
};
