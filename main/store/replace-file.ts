import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { diskFailure } from './disk.ts';

/** For the owner's eyes alone. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/**
 * Puts a file in its place whole or not at all: `write` fills a temporary one beside it, which takes
 * its name once it is on the disk. Fails with `diskFull` or `diskFailed`, and then all is as before.
 */
export async function replaceFile(
  path: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<Result<void>> {
  const temporary = `${path}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    // One that a crash left may have another mode.
    await rm(temporary, { force: true });
    const file = await open(temporary, 'wx', FILE_MODE);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return succeed();
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return fail(diskFailure(error));
  }
}
