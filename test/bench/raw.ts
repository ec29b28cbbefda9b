import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sqlite, { type JSValue, type QueryResult } from 'node-sqlite3-wasm';
import { SETTINGS } from '../../main/c1z/database.ts';
import { INDEXES, TABLES } from '../../main/c1z/schema.ts';
import { unpack } from '../sandbox/c1/container.ts';

/**
 * The rows of a file inserted again, `raw.ts <folder>` with its `sync.c1z`: by the same engine into
 * the same tables and indexes with the same settings, in one transaction. Nothing is made of
 * anything, packed or checked: that is what a write costs beyond SQLite. Sends what it came to.
 */

export interface RawFacts {
  readonly rows: number;
  readonly ms: number;
  readonly cpuMs: number;
}

const [folder = ''] = process.argv.slice(2);
const tables = await readRows();
const path = join(folder, 'raw.db');
await writeFile(path, '');
const cpu = process.cpuUsage();
const start = performance.now();
insertAll(path);
const { user, system } = process.cpuUsage(cpu);
const facts: RawFacts = {
  rows: tables.reduce((sum, { rows }) => sum + rows.length, 0),
  ms: performance.now() - start,
  cpuMs: (user + system) / 1000,
};
process.send?.(facts);
process.disconnect();

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly JSValue[][];
}

async function readRows(): Promise<readonly Table[]> {
  const copy = join(folder, 'copy.db');
  await writeFile(copy, unpack(await readFile(join(folder, 'sync.c1z'))));
  const database = new sqlite.Database(copy, { readOnly: true });
  try {
    return [
      'v1_sync_runs',
      'v1_resource_types',
      'v1_resources',
      'v1_entitlements',
      'v1_grants',
    ].map((name) => {
      const rows = database.all(`select * from ${name} order by id`);
      const columns = Object.keys(rows[0] ?? {});
      return {
        name,
        columns,
        rows: rows.map((row) => columns.map((column) => valueOf(row[column]))),
      };
    });
  } finally {
    database.close();
  }
}

/** What SQLite gives for one table is never a row within a row. */
function valueOf(value: QueryResult[string] | undefined): JSValue {
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    throw new Error('A table holds values alone.');
  }
  return value ?? null;
}

function insertAll(path: string): void {
  const database = new sqlite.Database(path);
  try {
    database.exec(SETTINGS);
    database.exec('begin');
    database.exec(TABLES);
    for (const { name, columns, rows } of tables) {
      const places = columns.map(() => '?').join(', ');
      const statement = database.prepare(
        `insert into ${name} (${columns.join(', ')}) values (${places})`,
      );
      for (const row of rows) statement.run(row);
      statement.finalize();
    }
    database.exec(INDEXES);
    database.exec('commit');
  } finally {
    database.close();
  }
}
