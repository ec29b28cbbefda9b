import { closeSync, fstatSync, openSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { FileRows, FileSummary } from './contents.ts';
import { readManifest } from './manifest.ts';
import { anotherKind, newerFormat, readFailure, UnreadableFile } from './read-failures.ts';
import { LONGEST_START, recognise } from './recognise.ts';
import { readTables } from './tables.ts';
import { MAX_UNPACKED_BYTES, readAt, unpack } from './unpack.ts';

export interface ReadOrder {
  readonly path: string;
  /** An empty folder for what is unpacked. Whoever orders removes it, however the reading ends. */
  readonly folder: string;
  readonly want: 'summary' | 'rows';
  /** The largest database that is unpacked. */
  readonly maxBytes?: number;
}

/**
 * Reads a `.c1z` file from anywhere, hostile ones too (c1z-and-model.md §9.2). It blocks: this is
 * the part that runs in a worker. Rows are handed on while they are read, and are worth something
 * only if it succeeds. Fails with `fileInvalid`, `diskFailed` or `diskFull`.
 */
export function readC1z(order: ReadOrder, take: (rows: FileRows) => void): Result<FileSummary> {
  try {
    return succeed(readFile(order, order.want === 'rows' ? take : () => undefined));
  } catch (error) {
    if (error instanceof UnreadableFile) return fail(error.failure);
    const failure = readFailure(error);
    if (failure === null) throw error;
    return fail(failure);
  }
}

function readFile(
  { path, folder, want, maxBytes = MAX_UNPACKED_BYTES }: ReadOrder,
  take: (rows: FileRows) => void,
): FileSummary {
  // Before it is opened: a pipe would wait for its writer.
  checkKind(statSync(path));
  const descriptor = openSync(path, 'r');
  try {
    const file = { descriptor, size: fstatSync(descriptor).size };
    const version = recognise(readAt(descriptor, 0, LONGEST_START));
    if (version === 3) {
      const summary = readManifest(file);
      if (want === 'rows') throw new UnreadableFile(newerFormat);
      return summary;
    }
    const database = join(folder, 'sync.db');
    return readTables(database, unpack(file, database, maxBytes), take);
  } finally {
    closeSync(descriptor);
  }
}

function checkKind(stats: Stats): void {
  if (stats.isDirectory()) throw anotherKind('a folder');
  if (!stats.isFile()) throw anotherKind('a device or a pipe');
}
