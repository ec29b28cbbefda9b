import { open, readFile, rename, rm } from 'node:fs/promises';

/** The file's text, or null when there is none. Rejects when it is there and can't be read. */
export async function readPrivate(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Replaces a file for its owner alone (0600), whole or not at all. Rejects when that fails. */
export async function replacePrivate(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    // One that an earlier crash left may have another mode.
    await rm(temporary, { force: true });
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
