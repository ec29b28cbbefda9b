import sqlite, { type Database, type JSValue } from 'node-sqlite3-wasm';
import type { FileTable } from './schema.ts';

/** A table with its rows: the values of all columns in order, null for the first, which is the row's number. */
export interface FilledTable extends FileTable {
  readonly rows: Iterable<readonly Value[]>;
}

export type Value = JSValue;

/** It is read once and thrown away: no journal, no fsync, one lock (c1z-and-model.md §2.5). */
export const SETTINGS = `
pragma journal_mode = off;
pragma synchronous = off;
pragma locking_mode = exclusive;
pragma temp_store = memory;
`;

/**
 * Writes a SQLite database into the empty file at `path`. The indexes come after the rows: that is
 * faster, and packs them tighter. Throws what SQLite throws.
 */
export function writeDatabaseFile(path: string, tables: readonly FilledTable[]): void {
  const database = new sqlite.Database(path);
  try {
    database.exec(SETTINGS);
    database.exec('begin');
    for (const table of tables) {
      database.exec(table.sql);
      insert(database, table);
    }
    for (const { sql } of tables.flatMap(({ indexes }) => indexes)) database.exec(sql);
    database.exec('commit');
  } finally {
    database.close();
  }
}

function insert(database: Database, { name, columns, rows }: FilledTable): void {
  const places = columns.map(() => '?').join(', ');
  const statement = database.prepare(`insert into ${name} values (${places})`);
  try {
    for (const row of rows) statement.run([...row]);
  } finally {
    statement.finalize();
  }
}
