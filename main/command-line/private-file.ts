import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The file's text, or null when there is none. Rejects when it is there and can't be read. */
export async function readPrivate(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Replaces a file for its owner alone (0600), whole or not at all; it is on the disk, under its name,
 * when this resolves. Rejects when that fails.
 */
export async function replacePrivate(path: string, text: string): Promise<void> {
  const temporary = temporaryOf(path);
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
    await moveInto(path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Ends what a crash broke off in the middle of `replacePrivate`: a new text that `isWhole` takes the
 * old one's place, another one is removed. For whoever holds the file alone. Rejects when that fails.
 */
export async function finishReplacing(
  path: string,
  isWhole: (text: string) => boolean,
): Promise<void> {
  const temporary = temporaryOf(path);
  const text = await readPrivate(temporary);
  if (text === null) return;
  if (isWhole(text)) await moveInto(path);
  else await rm(temporary, { force: true });
}

function temporaryOf(path: string): string {
  return `${path}.tmp`;
}

async function moveInto(path: string): Promise<void> {
  await rename(temporaryOf(path), path);
  await syncFolder(dirname(path));
}

/** A rename is on the disk only once its folder is. Windows and some drives know no such thing. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (codeOf(error) === 'EIO') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
