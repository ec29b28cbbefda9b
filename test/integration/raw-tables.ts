import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { z } from 'zod';
import { unpack } from '../sandbox/c1/container.ts';

/** What may differ between two files of the same access (product.md §2). */
const OWN_TO_A_SYNC = ['sync_id', 'discovered_at', 'started_at', 'ended_at'];

/** One table: how it was made, and its rows with blobs in hexadecimal. */
export interface RawTable {
  readonly sql: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const Table = z.object({ name: z.string(), sql: z.string() });

/** Every table of a `.c1z` by name; without the columns of the sync's id and times. */
export async function rawTables(file: string): Promise<Readonly<Record<string, RawTable>>> {
  const folder = await mkdtemp(join(tmpdir(), 'c1-xero-tables-'));
  try {
    const path = join(folder, 'sync.db');
    await writeFile(path, unpack(await readFile(file)));
    return read(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function read(path: string): Readonly<Record<string, RawTable>> {
  const database = new sqlite.Database(path, { readOnly: true });
  try {
    const tables = z
      .array(Table)
      .parse(database.all("SELECT name, sql FROM sqlite_master WHERE type = 'table'"));
    return Object.fromEntries(
      tables.map(({ name, sql }) => [
        name,
        { sql, rows: database.all(`SELECT * FROM ${name}`).map(comparable) },
      ]),
    );
  } finally {
    database.close();
  }
}

function comparable(row: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => !OWN_TO_A_SYNC.includes(column))
      .map(([column, value]: [string, unknown]) => [
        column,
        value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
      ]),
  );
}
