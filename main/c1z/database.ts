import { setImmediate as nextTurn } from 'node:timers/promises';
import sqlite, { type Database, type JSValue } from 'node-sqlite3-wasm';
import type { AccessLists } from '../access/types.ts';
import { EntitlementSchema } from '../proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema } from '../proto/gen/c1/connector/v2/grant_pb.ts';
import { ResourceSchema, ResourceTypeSchema } from '../proto/gen/c1/connector/v2/resource_pb.ts';
import { keyOf } from './checks.ts';
import { encode } from './encode.ts';
import {
  entitlementMessage,
  grantMessage,
  resourceMessage,
  resourceTypes,
  type MessageOptions,
} from './messages.ts';
import { INDEXES, TABLES, timestamp } from './schema.ts';
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

/** It is read once and thrown away: no journal, no fsync, one lock (c1z-and-model.md §2.5). */
export const SETTINGS = `
pragma journal_mode = off;
pragma synchronous = off;
pragma locking_mode = exclusive;
pragma temp_store = memory;
`;

/**
 * Writes a sync into the empty file at `path` as the SQLite database of a v1 file, objects in the
 * model's order (c1z-and-model.md §9.1), and gives others their turn in between. Throws what SQLite
 * throws, and why the signal aborted.
 */
export async function writeDatabase(
  path: string,
  sync: Sync,
  kind: SyncKind,
  signal?: AbortSignal,
): Promise<void> {
  const database = new sqlite.Database(path);
  try {
    database.exec(SETTINGS);
    database.exec('begin');
    database.exec(TABLES);
    insert(database, 'v1_sync_runs', SYNC_RUN_COLUMNS, [syncRun(sync, kind)]);
    const insertObjects = async (
      table: string,
      columns: readonly string[],
      rows: Iterable<Values>,
    ) => {
      for (const some of inBatches(stamped(rows, sync))) {
        insert(database, table, [...columns, 'sync_id', 'discovered_at'], some);
        await nextTurn();
        signal?.throwIfAborted();
      }
    };
    await insertObjects('v1_resource_types', ['external_id', 'data'], resourceTypeRows(kind));
    await insertObjects('v1_resources', RESOURCE_COLUMNS, resourceRows(sync.model));
    await insertObjects('v1_entitlements', ENTITLEMENT_COLUMNS, entitlementRows(sync.model, sync));
    await insertObjects('v1_grants', GRANT_COLUMNS, grantRows(sync.model));
    database.exec(INDEXES);
    database.exec('commit');
  } finally {
    database.close();
  }
}

type Values = JSValue[];

function insert(
  database: Database,
  table: string,
  columns: readonly string[],
  rows: Iterable<Values>,
): void {
  const places = columns.map(() => '?').join(', ');
  const statement = database.prepare(
    `insert into ${table} (${columns.join(', ')}) values (${places})`,
  );
  try {
    for (const row of rows) statement.run(row);
  } finally {
    statement.finalize();
  }
}

/** As many rows as are inserted in some milliseconds. */
const BATCH = 1000;

function* inBatches<T>(items: Iterable<T>): Iterable<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function* stamped(rows: Iterable<Values>, { syncId, startedAt }: Sync): Iterable<Values> {
  const discoveredAt = timestamp(startedAt);
  for (const row of rows) yield [...row, syncId, discoveredAt];
}

const SYNC_RUN_COLUMNS = [
  'sync_id',
  'started_at',
  'ended_at',
  'sync_token',
  'sync_type',
  'supports_diff',
];

/** `supports_diff` spares readers a pass over the grants, which hold nothing to expand (§2.3). */
function syncRun({ syncId, startedAt, endedAt }: Sync, { syncType }: SyncKind): Values {
  return [syncId, timestamp(startedAt), timestamp(endedAt), '', syncType, 1];
}

function* resourceTypeRows({ types }: SyncKind): Iterable<Values> {
  const wanted: readonly string[] = types;
  for (const type of resourceTypes()) {
    if (wanted.includes(type.id)) yield [type.id, encode(ResourceTypeSchema, type)];
  }
}

const RESOURCE_COLUMNS = [
  'resource_type_id',
  'external_id',
  'parent_resource_type_id',
  'parent_resource_id',
  'data',
];

function* resourceRows({ resources }: AccessLists): Iterable<Values> {
  for (const resource of resources) {
    const { type, parent } = resource;
    const data = encode(ResourceSchema, resourceMessage(resource));
    yield [type, keyOf(resource), parent?.type ?? null, parent?.id ?? null, data];
  }
}

const ENTITLEMENT_COLUMNS = ['resource_type_id', 'resource_id', 'external_id', 'data'];

function* entitlementRows(
  { resources, entitlements }: AccessLists,
  options: MessageOptions,
): Iterable<Values> {
  const byKey = new Map(resources.map((resource) => [keyOf(resource), resource]));
  for (const entitlement of entitlements) {
    const { id, resource } = entitlement;
    const embedded = resourceMessage(existing(byKey.get(keyOf(resource))));
    const data = encode(EntitlementSchema, entitlementMessage(entitlement, embedded, options));
    yield [resource.type, resource.id, id, data];
  }
}

const GRANT_COLUMNS = [
  'resource_type_id',
  'resource_id',
  'entitlement_id',
  'principal_resource_type_id',
  'principal_resource_id',
  'external_id',
  'data',
];

function* grantRows({ entitlements, grants }: AccessLists): Iterable<Values> {
  const resourceOf = new Map(entitlements.map(({ id, resource }) => [id, resource]));
  for (const grant of grants) {
    const { id, entitlementId, principal } = grant;
    const resource = existing(resourceOf.get(entitlementId));
    const data = encode(GrantSchema, grantMessage(grant, resource));
    yield [resource.type, resource.id, entitlementId, principal.type, principal.id, id, data];
  }
}

function existing<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The access was not checked before writing.');
  return value;
}
