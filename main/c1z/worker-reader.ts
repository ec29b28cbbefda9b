import { mkdir, rm } from 'node:fs/promises';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { Clock } from '../ports.ts';
import type { FileRows, FileSummary } from './contents.ts';
import {
  readerBroke,
  readFailure,
  readingCancelled,
  tooManyRows,
  tooSlow,
} from './read-failures.ts';
import type { ReadOrder } from './reader.ts';
import { runJob, type StartWorker } from './worker-run.ts';

/** Twice what a gigabyte takes on a busy computer. */
const MINUTES = 2;
/** Whoever asks for rows holds them all; 100,000 accounts have a few hundred thousand. */
const MOST_ROWS = 2_000_000;

export interface ReaderParts {
  readonly start: StartWorker;
  readonly clock: Clock;
  /** Names a folder that isn't there yet; each reading makes one for what it unpacks, and removes it. */
  readonly nameFolder: () => string;
}

/** A file of version 1 with all rows of the sync that readers choose. */
export interface FileContents extends FileRows {
  readonly summary: FileSummary;
}

/**
 * Reads `.c1z` files in a worker, which holds them at arm's length: one that never ends, or that
 * takes too much memory, costs the worker, and nothing it unpacked is left. Each reading has a
 * worker of its own. Fails with `fileInvalid`, `diskFailed`, `diskFull`, `cancelled`, or `bug` when
 * the worker breaks.
 */
export class WorkerReader {
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** What the file holds, of any version that is known, in numbers. */
  async summary(path: string, signal: AbortSignal): Promise<Result<FileSummary>> {
    return await this.#read(path, 'summary', signal, () => true);
  }

  /** All rows of a file of version 1. They arrive in pieces, so that nobody is blocked for long. */
  async contents(path: string, signal: AbortSignal): Promise<Result<FileContents>> {
    const rows = new CollectedRows();
    const summary = await this.#read(path, 'rows', signal, (piece) => rows.add(piece));
    return summary.ok ? succeed({ ...rows.lists, summary: summary.value }) : summary;
  }

  /** @param take returns false when it can't take more */
  async #read(
    path: string,
    want: ReadOrder['want'],
    signal: AbortSignal,
    take: (rows: FileRows) => boolean,
  ): Promise<Result<FileSummary>> {
    const folder = this.#parts.nameFolder();
    try {
      await mkdir(folder, { mode: 0o700 });
      try {
        return await this.#readIn({ path, folder, want }, signal, take);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    } catch (error) {
      const failure = readFailure(error);
      if (failure === null) throw error;
      return fail(failure);
    }
  }

  async #readIn(
    order: ReadOrder,
    signal: AbortSignal,
    take: (rows: FileRows) => boolean,
  ): Promise<Result<FileSummary>> {
    const { start, clock } = this.#parts;
    const late = new AbortController();
    const done = new AbortController();
    void clock.sleep(MINUTES * 60_000, done.signal).then(() => late.abort());
    const end = await runJob<Result<FileSummary>>(
      start,
      { kind: 'read', order },
      (message) => {
        if (message.kind === 'read') return message.result;
        return message.kind === 'found' && !take(message.rows) ? fail(tooManyRows) : null;
      },
      AbortSignal.any([signal, late.signal]),
    );
    const inTime = !late.signal.aborted;
    done.abort();
    if (end.kind === 'answered') return end.result;
    if (signal.aborted) return fail(readingCancelled);
    return fail(inTime ? readerBroke(end.how) : tooSlow(MINUTES));
  }
}

type Lists = { -readonly [List in keyof FileRows]: FileRows[List][number][] };

class CollectedRows {
  readonly lists: Lists = { resourceTypes: [], resources: [], entitlements: [], grants: [] };
  #count = 0;

  /** False once there are too many to hold. */
  add({ resourceTypes, resources, entitlements, grants }: FileRows): boolean {
    this.lists.resourceTypes.push(...resourceTypes);
    this.lists.resources.push(...resources);
    this.lists.entitlements.push(...entitlements);
    this.lists.grants.push(...grants);
    this.#count += resourceTypes.length + resources.length + entitlements.length + grants.length;
    return this.#count <= MOST_ROWS;
  }
}
