import { fromBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import sqlite, { type Database } from 'node-sqlite3-wasm';
import { z } from 'zod';
import { byteOrder } from '../access/order.ts';
import {
  EntitlementSchema,
  type Entitlement,
} from '../proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema, type Grant } from '../proto/gen/c1/connector/v2/grant_pb.ts';
import {
  ResourceSchema,
  ResourceTypeSchema,
  type Resource,
  type ResourceId,
  type ResourceType,
} from '../proto/gen/c1/connector/v2/resource_pb.ts';

/** One sync of a file and what it found, in the order of the rows. */
export interface C1zContents {
  readonly sync: C1zSync;
  readonly resourceTypes: readonly ResourceType[];
  readonly resources: readonly Resource[];
  readonly entitlements: readonly Entitlement[];
  readonly grants: readonly Grant[];
}

export interface C1zSync {
  readonly id: string;
  /** As written: `YYYY-MM-DD HH:MM:SS[.fraction]`, by us in UTC, by the SDK in local time (§2.4). */
  readonly startedAt: string;
  /** Null while the sync isn't finished. */
  readonly endedAt: string | null;
  readonly type: string;
}

/** The file isn't what it should be; the message says how, without names. */
export class DamagedFile extends Error {}

/** Reads the newest sync of the database of a v1 file. Throws `DamagedFile`. */
export function readTables(path: string): C1zContents {
  const database = new sqlite.Database(path, { readOnly: true });
  try {
    const sync = newestSync(database);
    return {
      sync,
      resourceTypes: readTable(database, sync, 'v1_resource_types', ResourceTypeSchema, (type) => ({
        external_id: type.id,
      })),
      resources: readTable(database, sync, 'v1_resources', ResourceSchema, resourceColumns),
      entitlements: readTable(
        database,
        sync,
        'v1_entitlements',
        EntitlementSchema,
        entitlementColumns,
      ),
      grants: readTable(database, sync, 'v1_grants', GrantSchema, grantColumns),
    };
  } catch (error) {
    if (error instanceof sqlite.SQLite3Error) throw new DamagedFile('the database is damaged');
    throw error;
  } finally {
    database.close();
  }
}

const SyncRun = z
  .object({
    sync_id: z.string(),
    started_at: z.string(),
    ended_at: z.string().nullable(),
    // Files of the oldest SDKs hold full syncs only, and have no such column.
    sync_type: z.string().default('full'),
  })
  .transform((run): C1zSync => ({
    id: run.sync_id,
    startedAt: run.started_at,
    endedAt: run.ended_at,
    type: run.sync_type,
  }));

/** The finished full sync that ended last, as readers choose it (§2.7), else the one begun last. */
function newestSync(database: Database): C1zSync {
  const runs = SyncRun.array().safeParse(
    database.all('select * from v1_sync_runs order by sync_id'),
  );
  if (!runs.success) throw new DamagedFile('a sync run is damaged');
  const finished = runs.data.filter(({ type, endedAt }) => type === 'full' && endedAt !== null);
  const newest =
    latest(finished, ({ endedAt }) => endedAt ?? '') ?? latest(runs.data, (run) => run.startedAt);
  if (newest === undefined) throw new DamagedFile('the file holds no sync');
  return newest;
}

function latest(runs: readonly C1zSync[], time: (run: C1zSync) => string): C1zSync | undefined {
  return runs.toSorted((a, b) => byteOrder(time(a), time(b))).at(-1);
}

type Columns = Readonly<Record<string, string | null>>;

/** The messages of one table, each checked against the columns that repeat parts of it. */
function readTable<Desc extends DescMessage>(
  database: Database,
  sync: C1zSync,
  table: string,
  schema: Desc,
  columns: (message: MessageShape<Desc>) => Columns,
): readonly MessageShape<Desc>[] {
  const rows = database.all(`select * from ${table} where sync_id = ? order by id`, sync.id);
  return rows.map((row) => {
    const message = decode(schema, row['data']);
    for (const [column, value] of Object.entries(columns(message))) {
      if (row[column] !== value)
        throw new DamagedFile(`${table}.${column} contradicts its message`);
    }
    return message;
  });
}

function decode<Desc extends DescMessage>(schema: Desc, data: unknown): MessageShape<Desc> {
  if (!(data instanceof Uint8Array)) throw new DamagedFile(`a ${schema.name} has no message`);
  try {
    return fromBinary(schema, data);
  } catch {
    throw new DamagedFile(`a ${schema.name} is damaged`);
  }
}

function resourceColumns({ id, parentResourceId: parent }: Resource): Columns {
  return {
    resource_type_id: typeOf(id),
    external_id: `${typeOf(id)}:${idOf(id)}`,
    parent_resource_type_id: parent?.resourceType ?? null,
    parent_resource_id: parent?.resource ?? null,
  };
}

function entitlementColumns({ id, resource }: Entitlement): Columns {
  return {
    resource_type_id: typeOf(resource?.id),
    resource_id: idOf(resource?.id),
    external_id: id,
  };
}

function grantColumns({ id, entitlement, principal }: Grant): Columns {
  return {
    resource_type_id: typeOf(entitlement?.resource?.id),
    resource_id: idOf(entitlement?.resource?.id),
    entitlement_id: entitlement?.id ?? '',
    principal_resource_type_id: typeOf(principal?.id),
    principal_resource_id: idOf(principal?.id),
    external_id: id,
  };
}

function typeOf(id: ResourceId | undefined): string {
  return id?.resourceType ?? '';
}

function idOf(id: ResourceId | undefined): string {
  return id?.resource ?? '';
}
