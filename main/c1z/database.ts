import type { AccessLists } from '../access/types.ts';
import { EntitlementSchema } from '../proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema } from '../proto/gen/c1/connector/v2/grant_pb.ts';
import { ResourceSchema, ResourceTypeSchema } from '../proto/gen/c1/connector/v2/resource_pb.ts';
import { keyOf } from './checks.ts';
import { writeDatabaseFile, type Value } from './database-file.ts';
import { encode } from './encode.ts';
import {
  entitlementMessage,
  grantMessage,
  resourceMessage,
  resourceTypes,
  type MessageOptions,
} from './messages.ts';
import { TABLES, timestamp } from './schema.ts';
import type { FileScope } from './scope.ts';

/** A finished sync. Times are milliseconds since 1970. */
export interface Sync extends MessageOptions {
  /** What was found, free of contradictions (checks.ts). */
  readonly model: AccessLists;
  /** A KSUID. */
  readonly syncId: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Under what kind of sync the model's rows are written, and with which types of resources. */
export type SyncKind = Pick<FileScope, 'syncType' | 'types'>;

/**
 * Writes a sync into the empty file at `path` as the SQLite database of a v1 file, objects in the
 * model's order (c1z-and-model.md §9.1). Throws what SQLite throws.
 */
export function writeDatabase(path: string, sync: Sync, kind: SyncKind): void {
  const objects = (rows: Iterable<Values>): Iterable<Values> => stamped(rows, sync);
  writeDatabaseFile(path, [
    { ...TABLES.resourceTypes, rows: objects(resourceTypeRows(kind)) },
    { ...TABLES.resources, rows: objects(resourceRows(sync.model)) },
    { ...TABLES.entitlements, rows: objects(entitlementRows(sync.model, sync)) },
    { ...TABLES.grants, rows: objects(grantRows(sync.model)) },
    { ...TABLES.syncRuns, rows: [syncRun(sync, kind)] },
    { ...TABLES.assets, rows: [] },
    { ...TABLES.sessions, rows: [] },
  ]);
}

/** Of all columns in their order, but for what every object ends with. */
type Values = readonly Value[];

/** Stands for the number of the row. */
const ROW = null;

function* stamped(rows: Iterable<Values>, { syncId, startedAt }: Sync): Iterable<Values> {
  const discoveredAt = timestamp(startedAt);
  for (const row of rows) yield [...row, syncId, discoveredAt];
}

/** `supports_diff` spares readers a pass over the grants, which hold nothing to expand (§2.3). */
function syncRun({ syncId, startedAt, endedAt }: Sync, { syncType }: SyncKind): Values {
  return [ROW, syncId, timestamp(startedAt), timestamp(endedAt), '', syncType, '', '', 1];
}

function* resourceTypeRows({ types }: SyncKind): Iterable<Values> {
  const wanted: readonly string[] = types;
  for (const type of resourceTypes()) {
    if (wanted.includes(type.id)) yield [ROW, type.id, encode(ResourceTypeSchema, type)];
  }
}

function* resourceRows({ resources }: AccessLists): Iterable<Values> {
  for (const resource of resources) {
    const { type, parent } = resource;
    const data = encode(ResourceSchema, resourceMessage(resource));
    yield [ROW, type, keyOf(resource), parent?.type ?? null, parent?.id ?? null, data];
  }
}

function* entitlementRows(
  { resources, entitlements }: AccessLists,
  options: MessageOptions,
): Iterable<Values> {
  const byKey = new Map(resources.map((resource) => [keyOf(resource), resource]));
  for (const entitlement of entitlements) {
    const { id, resource } = entitlement;
    const embedded = resourceMessage(existing(byKey.get(keyOf(resource))));
    const data = encode(EntitlementSchema, entitlementMessage(entitlement, embedded, options));
    yield [ROW, resource.type, resource.id, id, data];
  }
}

function* grantRows({ entitlements, grants }: AccessLists): Iterable<Values> {
  const resourceOf = new Map(entitlements.map(({ id, resource }) => [id, resource]));
  for (const grant of grants) {
    const { id, entitlementId, principal } = grant;
    const resource = existing(resourceOf.get(entitlementId));
    const data = encode(GrantSchema, grantMessage(grant, resource));
    const held = [resource.type, resource.id, entitlementId, principal.type, principal.id];
    // Nothing to expand, and nothing that needs it.
    yield [ROW, ...held, id, null, 0, data];
  }
}

function existing<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The access was not checked before writing.');
  return value;
}
