import { appendFile, open, rename, stat, writeFile } from 'node:fs/promises';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { AccessCounts } from '../../shared/snapshot.ts';
import { buildAccessModel } from '../access/model.ts';
import { countAccess, type ModelSummary } from '../access/summary.ts';
import type { AccessRead, AccessWarning } from '../access/types.ts';
import { findContradiction } from './checks.ts';
import { writeDatabase, type Sync } from './database.ts';
import { accessInvalid, accessTooLarge, diskFailure, writingCancelled } from './failures.ts';
import { decodeKsuid } from './ksuid.ts';
import { MAX_DATABASE_BYTES, pack } from './pack.ts';
import { applyScope, WHOLE, type FileScope, type Outside } from './scope.ts';
import { removeTemporaryFiles, temporaryFiles } from './temporary.ts';

/** A finished sync and where to write it. */
export interface C1zRequest extends Sync {
  /** The file to make; one that is there is replaced. Temporary files lie beside it. */
  readonly path: string;
  /** Which part of the model is written, and as what kind of sync: a full one of it all otherwise. */
  readonly scope?: FileScope;
}

export interface C1zWritten {
  /** The size of the file. */
  readonly bytes: number;
  readonly counts: AccessCounts;
  readonly outside: Outside;
}

/** A request without its model, which is made of what was read. */
export type WriteOrder = Omit<C1zRequest, 'model'>;

export interface AccessWritten extends C1zWritten {
  readonly warnings: readonly AccessWarning[];
}

/** The work on all access that was read, which takes long where many people have it. */
export interface AccessWriter {
  summarise(read: AccessRead, signal: AbortSignal): Promise<Result<ModelSummary>>;
  /** Fails as `writeC1z`. */
  write(read: AccessRead, order: WriteOrder, signal: AbortSignal): Promise<Result<AccessWritten>>;
}

/** Makes the model of what was read, and writes it; fails as `writeC1z`. */
export async function writeAccess(
  read: AccessRead,
  order: WriteOrder,
  signal?: AbortSignal,
): Promise<Result<AccessWritten>> {
  const model = buildAccessModel(read);
  const written = await writeC1z({ ...order, model }, signal);
  return written.ok ? succeed({ ...written.value, warnings: model.warnings }) : written;
}

/**
 * Writes a `.c1z` file of format v1 (c1z-and-model.md §9.1), readable by its owner alone. It is
 * there whole or not at all, and nothing else is left. The same access gives the same rows and
 * blobs; only the sync id and times differ. The model is the whole access, whatever part is written.
 * Fails with `diskFull`, `diskFailed` or `fileInvalid`, or with `cancelled` when the signal aborts
 * before all rows are in.
 */
export async function writeC1z(
  request: C1zRequest,
  signal?: AbortSignal,
): Promise<Result<C1zWritten>> {
  const contradiction = findContradiction(request.model) ?? findBadSync(request);
  if (contradiction !== null) return fail(accessInvalid(contradiction));
  const { database, unfinished } = temporaryFiles(request.path);
  const { scope = WHOLE } = request;
  const { lists, outside } = applyScope(request.model, scope);
  try {
    await writeFile(database, '', { mode: OWNER_ONLY });
    await writeDatabase(database, { ...request, model: lists }, scope, signal);
    const { size } = await stat(database);
    if (size > MAX_DATABASE_BYTES) return fail(accessTooLarge);
    const bytes = await packDurably(database, unfinished);
    await rename(unfinished, request.path);
    return succeed({ bytes, counts: countAccess(lists), outside });
  } catch (error) {
    if (signal?.aborted === true) return fail(writingCancelled);
    const failure = diskFailure(error);
    if (failure === null) throw error;
    return fail(await refined(failure, database));
  } finally {
    await removeTemporaryFiles(request.path);
  }
}

const OWNER_ONLY = 0o600;

function findBadSync({ syncId, startedAt, endedAt }: Sync): string | null {
  if (decodeKsuid(syncId) === null) return 'the sync id is not a KSUID';
  return startedAt <= endedAt ? null : 'the sync ended before it began';
}

/** Makes the file; on return it's on the disk, not only on its way there. Returns its bytes. */
async function packDurably(from: string, to: string): Promise<number> {
  const database = await open(from, 'r');
  const file = await open(to, 'w', OWNER_ONLY);
  try {
    const bytes = await pack(database.fd, file.fd);
    await file.sync();
    return bytes;
  } finally {
    await database.close();
    await file.close();
  }
}

/** More than the last block of a full disk can take. */
const PROBE_BYTES = 1024 * 1024;

/** SQLite doesn't say why the disk failed: another write to the same file does. */
async function refined(failure: Failure, database: string): Promise<Failure> {
  if (failure.detail !== 'SQLite') return failure;
  try {
    await appendFile(database, new Uint8Array(PROBE_BYTES));
    return failure;
  } catch (error) {
    return diskFailure(error) ?? failure;
  }
}
