import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../../../shared/errors.ts';
import type { FileRows } from '../../../main/c1z/contents.ts';
import { readC1z, type ReadOrder } from '../../../main/c1z/reader.ts';
import type { FileContents } from '../../../main/c1z/worker-reader.ts';

/** Reads a file whole, in this process. */
export async function readHere(
  path: string,
  limits: Pick<ReadOrder, 'maxBytes'> = {},
): Promise<Result<FileContents>> {
  const folder = await mkdtemp(join(tmpdir(), 'c1-xero-test-'));
  try {
    const pieces: FileRows[] = [];
    const read = readC1z({ path, folder, want: 'rows', ...limits }, (rows) => pieces.push(rows));
    if (!read.ok) return read;
    return {
      ok: true,
      value: {
        summary: read.value,
        resourceTypes: pieces.flatMap(({ resourceTypes }) => resourceTypes),
        resources: pieces.flatMap(({ resources }) => resources),
        entitlements: pieces.flatMap(({ entitlements }) => entitlements),
        grants: pieces.flatMap(({ grants }) => grants),
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
