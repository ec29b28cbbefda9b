import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { MAGIC, MAGIC_V3, MAX_DATABASE_BYTES, unpack } from './container.ts';
import { diskFailure, fileUnreadable, newerFormat } from './failures.ts';
import { DamagedFile, readTables, type C1zContents } from './tables.ts';

/**
 * Reads a `.c1z` file of format v1 (c1z-and-model.md §9.2): the finished full sync that ended last,
 * else the sync begun last. Every row's columns must agree with its message. Works in a folder of
 * its own inside `tempFolder`, which is gone afterwards. Fails with `fileInvalid` or `diskFailed`.
 */
export async function readC1z(path: string, tempFolder: string): Promise<Result<C1zContents>> {
  try {
    const { size } = await stat(path);
    if (size > MAX_DATABASE_BYTES) return fail(fileUnreadable('the file is too large'));
    const file = await readFile(path);
    const magic = file.subarray(0, MAGIC.length);
    if (magic.equals(MAGIC_V3)) return fail(newerFormat);
    if (!magic.equals(MAGIC))
      return fail(fileUnreadable('the first bytes are not those of a .c1z'));
    const database = unpack(file, MAX_DATABASE_BYTES);
    if (database === null) return fail(fileUnreadable('the compressed part is damaged'));
    return await readDatabase(database, tempFolder);
  } catch (error) {
    const failure = diskFailure(error);
    if (failure === null) throw error;
    return fail(failure);
  }
}

async function readDatabase(
  database: Uint8Array,
  tempFolder: string,
): Promise<Result<C1zContents>> {
  const folder = await mkdtemp(join(tempFolder, 'c1z-'));
  try {
    const path = join(folder, 'sync.db');
    await writeFile(path, withoutWal(database), { mode: 0o600 });
    return succeed(readTables(path));
  } catch (error) {
    if (error instanceof DamagedFile) return fail(fileUnreadable(error.message));
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The SDK leaves the header of a database in WAL mode, which ours can't open; the log itself is
 * always empty (c1z-and-model.md §2.5), so that the header can say rollback journal instead.
 */
function withoutWal(database: Uint8Array): Uint8Array {
  database.fill(1, 18, 20);
  return database;
}
