import { byteOrder } from '../access/order.ts';
import type { FileRows, FileSummary, FileSync } from './contents.ts';
import { Counter } from './counter.ts';
import { textOf, withDatabase, type GuardedDatabase, type Row } from './guarded-database.ts';
import { damaged } from './read-failures.ts';
import { entitlementRow, grantRow, resourceRow, resourceTypeRow } from './rows.ts';

/** As many rows as are handed on at once. */
const PIECE = 1000;

/**
 * Reads one sync of the database of a v1 file, and hands its rows on in pieces, in their order. It
 * is the sync that readers choose (c1z-and-model.md §2.7): the finished full one that ended last,
 * else the finished one that ended last, else the one begun last. Throws `UnreadableFile`.
 * @param bytes the size of the database
 */
export function readTables(
  path: string,
  bytes: number,
  take: (rows: FileRows) => void,
): FileSummary {
  return withDatabase(path, bytes, (database) => {
    const { sync, syncs } = chooseSync(database);
    const counter = new Counter();
    const pieces = new Pieces(take);
    for (const row of rowsOf(database, sync, 'v1_resource_types', [])) {
      const type = resourceTypeRow(row);
      counter.resourceType(type);
      pieces.add('resourceTypes', type);
    }
    for (const row of rowsOf(database, sync, 'v1_resources', ['resource_type_id'])) {
      const resource = resourceRow(row);
      counter.resource(resource);
      pieces.add('resources', resource);
    }
    for (const row of rowsOf(database, sync, 'v1_entitlements', OF_RESOURCE)) {
      const entitlement = entitlementRow(row);
      counter.entitlement(entitlement);
      pieces.add('entitlements', entitlement);
    }
    for (const row of rowsOf(database, sync, 'v1_grants', OF_GRANT, ['expansion'])) {
      const grant = grantRow(row);
      counter.grant(grant);
      pieces.add('grants', grant);
    }
    const assets = { table: 'v1_assets', columns: ['external_id'], syncId: sync.id };
    counter.assets(database.rows(assets) ?? []);
    pieces.flush();
    return { version: 1, sync, syncs, counts: counter.counts() };
  });
}

const OF_RESOURCE = ['resource_type_id', 'resource_id'];
const OF_GRANT = [
  ...OF_RESOURCE,
  'entitlement_id',
  'principal_resource_type_id',
  'principal_resource_id',
];

function rowsOf(
  database: GuardedDatabase,
  sync: FileSync,
  table: string,
  columns: readonly string[],
  optional: readonly string[] = [],
): Iterable<Row> {
  const wanted = { table, columns: ['external_id', 'data', ...columns], optional };
  const rows = database.rows({ ...wanted, syncId: sync.id });
  if (rows === null) throw damaged(`it has no ${table}`);
  return rows;
}

function chooseSync(database: GuardedDatabase) {
  const runs = database.rows({
    table: 'v1_sync_runs',
    columns: ['sync_id', 'started_at', 'ended_at'],
    // Files of the oldest SDKs hold full syncs only, and have no such column.
    optional: ['sync_type'],
  });
  let chosen: FileSync | null = null;
  let syncs = 0;
  for (const row of runs ?? []) {
    const run = syncOf(row);
    syncs += 1;
    if (chosen === null || byPreference(chosen, run) < 0) chosen = run;
  }
  if (chosen === null) throw damaged('it holds no sync');
  return { sync: chosen, syncs };
}

function syncOf(row: Row): FileSync {
  return {
    id: textOf(row, 'sync_id'),
    type: 'sync_type' in row ? textOf(row, 'sync_type') : 'full',
    startedAt: textOf(row, 'started_at'),
    endedAt: row['ended_at'] === null ? null : textOf(row, 'ended_at'),
  };
}

function byPreference(one: FileSync, other: FileSync): number {
  return (
    rank(one) - rank(other) ||
    byteOrder(one.endedAt ?? one.startedAt, other.endedAt ?? other.startedAt) ||
    byteOrder(one.id, other.id)
  );
}

function rank({ type, endedAt }: FileSync): number {
  if (endedAt === null) return 0;
  return type === 'full' ? 2 : 1;
}

type Lists = { -readonly [List in keyof FileRows]: FileRows[List][number][] };

class Pieces {
  readonly #take: (rows: FileRows) => void;
  #lists = empty();
  #held = 0;

  constructor(take: (rows: FileRows) => void) {
    this.#take = take;
  }

  add<List extends keyof Lists>(list: List, row: Lists[List][number]): void {
    const rows: Lists[List][number][] = this.#lists[list];
    rows.push(row);
    this.#held += 1;
    if (this.#held >= PIECE) this.flush();
  }

  flush(): void {
    if (this.#held > 0) this.#take(this.#lists);
    this.#lists = empty();
    this.#held = 0;
  }
}

function empty(): Lists {
  return { resourceTypes: [], resources: [], entitlements: [], grants: [] };
}
