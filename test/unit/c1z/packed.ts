import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from '../../../main/c1z/pack.ts';
import { temporaryFolder } from './build.ts';

/** The v1 file of a database. */
export async function packed(database: Uint8Array): Promise<Buffer> {
  const folder = await temporaryFolder();
  const [from, to] = [join(folder, 'packed.db'), join(folder, 'packed.c1z')];
  await writeFile(from, database);
  const [source, target] = [await open(from), await open(to, 'w')];
  try {
    await pack(source.fd, target.fd);
  } finally {
    await source.close();
    await target.close();
  }
  return await readFile(to);
}
