import sqlite, { type Database } from 'node-sqlite3-wasm';
import { z } from 'zod';
import { damaged } from './read-failures.ts';

/** Reads the tables of a database that may be hostile. Throws `UnreadableFile`. */
export interface GuardedDatabase {
  /**
   * The rows of a table, of one sync where one is named, in the order of their ids; null when there
   * is no such table. Of `optional` columns those that the table lacks are left out.
   */
  rows(wanted: TableWanted): Iterable<Row> | null;
}

export interface TableWanted {
  readonly table: string;
  readonly columns: readonly string[];
  readonly optional?: readonly string[];
  readonly syncId?: string;
}

export type Row = Readonly<Record<string, unknown>>;

/**
 * By sqlite.org/security.html; nothing of the schema runs, as only plain tables are read. The lock is
 * held until the end, or each statement would make one anew.
 */
const GUARDS = `
pragma trusted_schema = off;
pragma cell_size_check = on;
pragma query_only = on;
pragma locking_mode = exclusive;
`;
/** Far above any message; gRPC lets 4 MiB pass. Larger ones aren't even loaded. */
const LARGEST_VALUE = 16 * 1024 * 1024;
/** What a row takes beside its values, at least. */
const ROW_BYTES = 8;

/**
 * Opens a database for `use`. Whatever SQLite finds wrong, or breaks at, is the file's fault.
 * @param bytes the size of the database, which its rows can't exceed
 */
export function withDatabase<T>(
  path: string,
  bytes: number,
  use: (database: GuardedDatabase) => T,
): T {
  let database: Database | null = null;
  try {
    database = new sqlite.Database(path, { readOnly: true });
    database.exec(GUARDS);
    return use(guard(database, bytes));
  } catch (error) {
    if (error instanceof Error && BROKEN.has(error.name)) throw damaged('the database is damaged');
    throw error;
  } finally {
    close(database);
  }
}

const BROKEN = new Set(['SQLite3Error', 'RuntimeError']);

function close(database: Database | null): void {
  try {
    database?.close();
  } catch {
    // It was broken, and is thrown away.
  }
}

function guard(database: Database, bytes: number): GuardedDatabase {
  const budget = { left: bytes };
  const shapes = shapesOf(database);
  return {
    rows: (wanted) => {
      const present = shapes.get(wanted.table);
      if (present === undefined) return null;
      if (present.type !== 'table') throw damaged(`${wanted.table} isn’t a plain table`);
      if (present.computed) throw damaged(`${wanted.table} has columns that are computed`);
      const needed = wanted.syncId === undefined ? wanted.columns : [...wanted.columns, 'sync_id'];
      const missing = needed.find((column) => !present.columns.has(column));
      if (missing !== undefined) throw damaged(`${wanted.table} has no ${missing}`);
      const optional = (wanted.optional ?? []).filter((column) => present.columns.has(column));
      return select(database, { ...wanted, columns: [...wanted.columns, ...optional] }, budget);
    },
  };
}

/** A view, a virtual table or a computed column could run whatever its author wrote. */
interface Shape {
  readonly type: string;
  readonly columns: Set<string>;
  computed: boolean;
}

const Column = z.object({
  table: z.string(),
  type: z.string(),
  column: z.string(),
  hidden: z.number(),
});

/** All tables of ours in one question, which is several times as fast as one for each. */
function shapesOf(database: Database): ReadonlyMap<string, Shape> {
  const rows = database.all(`
    select list.name as "table", list.type, info.name as "column", info.hidden
    from pragma_table_list as list, pragma_table_xinfo(list.name) as info
    where list.schema = 'main' and list.name glob 'v1_*'`);
  const shapes = new Map<string, Shape>();
  for (const { table, type, column, hidden } of Column.array().parse(rows)) {
    const shape = shapes.get(table) ?? { type, columns: new Set(), computed: false };
    shape.columns.add(column);
    shape.computed ||= hidden !== 0;
    shapes.set(table, shape);
  }
  return shapes;
}

/** Passes by the indexes: they might lie, and only a row's own place is needed. */
function* select(
  database: Database,
  { table, columns, syncId }: TableWanted,
  budget: { left: number },
): Iterable<Row> {
  const values = columns.map(
    (column) => `iif(octet_length(${column}) > ${LARGEST_VALUE}, null, ${column}) as ${column}`,
  );
  const where = syncId === undefined ? '' : 'where sync_id = ?';
  const statement = database.prepare(
    `select ${values.join(', ')} from main.${table} not indexed ${where}`,
  );
  try {
    for (const row of statement.iterate(syncId === undefined ? [] : [syncId])) {
      // Pages that lead back to themselves would give rows without end.
      budget.left -= ROW_BYTES + sizeOf(row);
      if (budget.left < 0) throw damaged('its tables hold more than the database');
      yield row;
    }
  } finally {
    statement.finalize();
  }
}

function sizeOf(row: Row): number {
  return Object.values(row).reduce(
    (sum: number, value) =>
      sum + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 0),
    0,
  );
}

/** The text in a column. Throws `UnreadableFile` for anything else. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw damaged(`a row’s ${column} isn’t a text`);
  return value;
}

/** The bytes in a column. Throws `UnreadableFile` for anything else. */
export function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw damaged(`a row’s ${column} isn’t a message`);
  return value;
}
