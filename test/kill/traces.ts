import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';

/** The files below a folder that hold one of the tokens, by their path in it, with their modes. */
export async function filesWithTokens(
  folder: string,
  tokens: readonly string[],
): Promise<{ readonly path: string; readonly mode: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const content = await readFile(path, 'latin1');
        if (!tokens.some((token) => content.includes(token))) return [];
        return [{ path: relative(folder, path), mode: (await stat(path)).mode & 0o777 }];
      }),
  );
  return found.flat();
}

/** The token in a token file; null where there is no such file, or none that is whole. */
export async function tokenIn(path: string): Promise<string | null> {
  try {
    return z.object({ token: z.string() }).parse(JSON.parse(await readFile(path, 'utf8'))).token;
  } catch {
    return null;
  }
}
