import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Files = readonly (readonly [string, Buffer])[];

/** A folder that is written to all the time is looked at so often. */
const LOOKS = 50;

/**
 * Every file under a folder, by path, with its bytes. A running app replaces its files: where one
 * went between the listing and the reading, all of it is looked at anew.
 */
export async function filesIn(folder: string, looks = LOOKS): Promise<Files> {
  try {
    return await read(folder);
  } catch (error) {
    const went = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!went || looks <= 1) throw error;
    return filesIn(folder, looks - 1);
  }
}

async function read(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => [path, await readFile(path)] as const));
}
