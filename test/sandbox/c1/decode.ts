import { readFile, rm, writeFile } from 'node:fs/promises';
import { fromBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import sqlite, { type Database } from 'node-sqlite3-wasm';
import { z } from 'zod';
import {
  EntitlementSchema,
  type Entitlement,
} from '../../../main/proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema, type Grant } from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import {
  ResourceSchema,
  ResourceTypeSchema,
  type Resource,
  type ResourceType,
} from '../../../main/proto/gen/c1/connector/v2/resource_pb.ts';
import { unpack, Unreadable } from './container.ts';
import { accessProblems } from './inspect.ts';
import { schemaProblems } from './schema.ts';

/** One sync as a reader of the file finds it. Times are the file's own texts, in UTC. */
export interface DecodedSync {
  readonly syncId: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly type: SyncType;
  readonly resourceTypes: readonly ResourceType[];
  readonly resources: readonly Resource[];
  readonly entitlements: readonly Entitlement[];
  readonly grants: readonly Grant[];
}

/** What an uploaded asset turned out to be. A good file is `access` without problems. */
export type DecodedAsset =
  | { readonly kind: 'access'; readonly sync: DecodedSync; readonly problems: readonly string[] }
  | { readonly kind: 'log'; readonly lines: readonly string[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly string[] };

const Text = z.string();
const Bytes = z.instanceof(Uint8Array);
/** c1z-and-model.md §2.4. */
const Time = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,9})?$/);
const SyncType = z.enum([
  'full',
  'partial',
  'resources_only',
  'partial_upserts',
  'partial_deletions',
]);
export type SyncType = z.infer<typeof SyncType>;
const Run = z.object({
  sync_id: z.string().regex(/^[0-9A-Za-z]{27}$/),
  started_at: Time,
  ended_at: Time.nullable(),
  sync_type: SyncType,
  parent_sync_id: Text,
});
type Run = z.infer<typeof Run>;
const Row = z.looseObject({ data: Bytes, external_id: Text, discovered_at: Time });

/**
 * Reads an uploaded asset; nothing in the upload itself says which kind it is (c1-protocol.md §3.5).
 * @param wanted the type of sync that was asked for
 */
export async function decodeAsset(file: string, wanted: SyncType): Promise<DecodedAsset> {
  const bytes = await readFile(file);
  if (bytes.at(0) === '{'.charCodeAt(0)) {
    return { kind: 'log', lines: bytes.toString('utf8').trimEnd().split('\n') };
  }
  const path = `${file}.db`;
  try {
    await writeFile(path, unpack(bytes), { mode: 0o600 });
    const database = new sqlite.Database(path, { readOnly: true });
    try {
      return decodeDatabase(database, wanted);
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof Unreadable || error instanceof sqlite.SQLite3Error) {
      return { kind: 'unreadable', problems: [error.message] };
    }
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}

function decodeDatabase(database: Database, wanted: SyncType): DecodedAsset {
  const problems = [...integrityProblems(database), ...schemaProblems(database)];
  const run = chooseRun(database);
  if (run === undefined) throw new Unreadable('no sync in the file');
  if (run.ended_at === null) problems.push('the sync is not finished');
  if (run.sync_type !== wanted) problems.push(`the sync is ${run.sync_type}, not ${wanted}`);
  if (run.parent_sync_id !== '') problems.push('the only sync of a file has no parent');
  const table = new TableReader(database, run.sync_id, problems);
  const sync: DecodedSync = {
    syncId: run.sync_id,
    startedAt: run.started_at,
    endedAt: run.ended_at,
    type: run.sync_type,
    resourceTypes: table.read('v1_resource_types', ResourceTypeSchema, (type) => ({
      external_id: type.id,
    })),
    resources: table.read('v1_resources', ResourceSchema, ({ id, parentResourceId }) => ({
      resource_type_id: id?.resourceType,
      external_id: `${id?.resourceType ?? ''}:${id?.resource ?? ''}`,
      parent_resource_type_id: parentResourceId?.resourceType ?? null,
      parent_resource_id: parentResourceId?.resource ?? null,
    })),
    entitlements: table.read('v1_entitlements', EntitlementSchema, ({ id, resource }) => ({
      resource_type_id: resource?.id?.resourceType,
      resource_id: resource?.id?.resource,
      external_id: id,
    })),
    grants: table.read('v1_grants', GrantSchema, ({ id, entitlement, principal }) => ({
      resource_type_id: entitlement?.resource?.id?.resourceType,
      resource_id: entitlement?.resource?.id?.resource,
      entitlement_id: entitlement?.id,
      principal_resource_type_id: principal?.id?.resourceType,
      principal_resource_id: principal?.id?.resource,
      external_id: id,
    })),
  };
  return { kind: 'access', sync, problems: [...problems, ...accessProblems(sync)] };
}

/** Reads the rows of one sync, and holds every column against the message in the same row. */
class TableReader {
  readonly #database: Database;
  readonly #syncId: string;
  readonly #problems: string[];

  constructor(database: Database, syncId: string, problems: string[]) {
    this.#database = database;
    this.#syncId = syncId;
    this.#problems = problems;
  }

  read<S extends DescMessage>(
    table: string,
    schema: S,
    columnsOf: (message: MessageShape<S>) => Readonly<Record<string, string | null | undefined>>,
  ): MessageShape<S>[] {
    const rows = this.#database.all(`SELECT * FROM ${table} WHERE sync_id = ? ORDER BY id`, [
      this.#syncId,
    ]);
    return rows.flatMap((raw, index) => {
      const where = `${table} row ${index + 1}`;
      try {
        const row = Row.parse(raw);
        const message = fromBinary(schema, row.data);
        for (const [column, expected] of Object.entries(columnsOf(message))) {
          if (row[column] !== expected)
            this.#problems.push(`${where}: ${column} differs from its data`);
        }
        return [message];
      } catch (error) {
        const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
        this.#problems.push(`${where}: ${why}`);
        return [];
      }
    });
  }
}

/** The latest finished full sync, else the latest that began (c1z-and-model.md §2.7). */
function chooseRun(database: Database): Run | undefined {
  const parsed = z.array(Run).safeParse(database.all('SELECT * FROM v1_sync_runs'));
  if (!parsed.success) throw new Unreadable(`v1_sync_runs: ${z.prettifyError(parsed.error)}`);
  const finished = parsed.data.filter((run) => run.sync_type === 'full' && run.ended_at !== null);
  const key = (run: Run) => `${run.ended_at ?? run.started_at} ${run.sync_id}`;
  const candidates = finished.length > 0 ? finished : parsed.data;
  return candidates.toSorted((one, other) => (key(one) < key(other) ? 1 : -1))[0];
}

function integrityProblems(database: Database): string[] {
  const rows = z
    .array(z.object({ integrity_check: Text }))
    .parse(database.all('PRAGMA integrity_check'));
  return rows.map((row) => row.integrity_check).filter((verdict) => verdict !== 'ok');
}
