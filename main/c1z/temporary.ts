import { rm } from 'node:fs/promises';

/** The files beside a `.c1z` while it's being written. They hold personal data, as it does. */
export function temporaryFiles(path: string) {
  return { database: `${path}.db`, lock: `${path}.db.lock`, unfinished: `${path}.tmp` };
}

/** Removes what an unfinished write left beside the file. */
export async function removeTemporaryFiles(path: string): Promise<void> {
  const files = Object.values(temporaryFiles(path));
  // SQLite's lock is a folder.
  await Promise.all(files.map((file) => rm(file, { force: true, recursive: true })));
}
