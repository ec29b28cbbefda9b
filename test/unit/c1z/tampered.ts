import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { writeC1z } from '../../../main/c1z/writer.ts';
import { unpack } from '../../sandbox/c1/container.ts';
import { request, temporaryFolder } from './build.ts';
import { packed } from './packed.ts';

/** A file with these bytes. */
export async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'some.c1z');
  await writeFile(path, bytes);
  return path;
}

/** The bytes of the database in a file of ours. */
export async function ourDatabase(): Promise<Uint8Array> {
  const path = join(await temporaryFolder(), 'sync.c1z');
  await writeC1z(request(path));
  return unpack(await readFile(path));
}

/** The database, changed by some SQL. */
export async function changed(database: Uint8Array, sql: string): Promise<Buffer> {
  const path = join(await temporaryFolder(), 'copy.db');
  await writeFile(path, database);
  const copy = new sqlite.Database(path);
  copy.exec(sql);
  copy.close();
  return await readFile(path);
}

/** A file of ours whose database was changed by some SQL. */
export async function tampered(sql: string): Promise<string> {
  return await fileOf(await packed(await changed(await ourDatabase(), sql)));
}
