import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Code } from '@connectrpc/connect';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { AccessCounts, SyncState, UploadSummary } from '../../shared/snapshot.ts';
import type { AccessModel } from '../access/types.ts';
import type { TaskHandler, TaskOutcome } from '../c1/task.ts';
import { diskFailure } from '../c1z/failures.ts';
import { ksuid } from '../c1z/ksuid.ts';
import type { C1zRequest, C1zWritten } from '../c1z/writer.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { gapOf, type Look } from './look.ts';

export interface SyncSurroundings {
  /** Reads Xero now; the whole truth or a failure is made of it here. */
  readonly look: (signal: AbortSignal) => Promise<Result<{ look: Look; model: AccessModel }>>;
  readonly writer: { write(request: C1zRequest, signal: AbortSignal): Promise<Result<C1zWritten>> };
  /** Where the temporary file lies: in the profile, never in the system's folder (product.md §5). */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly onState: (state: SyncState) => void;
  readonly onUploaded: (upload: UploadSummary) => void;
}

const SUFFIX = '.sync.c1z';
/** Our own files alone: a task's id, and what the writer puts beside its file. */
const OURS = /^[0-9A-Za-z]{27}\.sync\.c1z(?:\.|$)/;

/**
 * Does a `sync_full` task: reads Xero, writes the file, uploads it, removes it.
 * A governed organisation that can't be read fails the task: an upload is the
 * whole truth or isn't made (product.md §3).
 */
export function syncHandler(surroundings: SyncSurroundings): TaskHandler {
  return async (_task, context) => {
    const { taskId, signal } = context;
    const { clock, log, onState, onUploaded } = surroundings;
    const path = join(surroundings.folder, `${taskId}${SUFFIX}`);
    try {
      const written = await writeSync(surroundings, path, signal);
      if (!written.ok) return failed(written.failure, surroundings);
      const { bytes, counts } = written.value;
      const uploaded = await context.upload(path, (sent, of) =>
        onState({ kind: 'uploading', sent, of }),
      );
      if (!uploaded.ok) return failed(uploaded.failure, surroundings);
      const at = clock.now();
      onState({ kind: 'done', at, for: 'c1' });
      onUploaded({ at, counts, bytes });
      log.info('sync.uploaded', { bytes, ...counts });
      return { kind: 'success' };
    } finally {
      // What can't be removed now is removed at the next start; the outcome stands.
      await rm(path, { force: true }).catch(() => log.warn('sync.fileLeft'));
    }
  };
}

/** One read of Xero, written to `path` as a finished full sync. */
export async function writeSync(
  surroundings: SyncSurroundings,
  path: string,
  signal: AbortSignal,
): Promise<Result<{ bytes: number; counts: AccessCounts; warnings: readonly string[] }>> {
  const { clock, random, writer, onState } = surroundings;
  const startedAt = clock.now();
  const looked = await surroundings.look(signal);
  if (!looked.ok) return looked;
  const { look, model } = looked.value;
  const gap = gapOf(look);
  if (gap !== null) return fail(gap);
  if (look.read.length === 0) return fail(nothingGoverned);
  onState({ kind: 'writing' });
  const folder = await makeFolder(surroundings.folder);
  if (!folder.ok) return folder;
  const request = {
    model: { resources: model.resources, entitlements: model.entitlements, grants: model.grants },
    path,
    syncId: ksuid(startedAt, random.bytes(16)),
    startedAt,
    endedAt: clock.now(),
    exclusionGroups: true,
  };
  const written = await writer.write(request, signal);
  if (!written.ok) return written;
  const warnings = model.warnings.map(({ message }) => message);
  return succeed({ ...written.value, warnings });
}

async function makeFolder(folder: string): Promise<Result<void>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return succeed();
  } catch (error) {
    const failure = diskFailure(error);
    if (failure === null) throw error;
    return fail(failure);
  }
}

/** Removes what a killed sync left behind; called at every start. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => OURS.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true, recursive: true })));
}

const nothingGoverned: Failure = {
  code: 'noOrganisation',
  message: 'No organisation is chosen, so there is nothing to send. Choose at least one.',
  next: 'chooseOrganisations',
};

function failed(failure: Failure, { clock, onState, log }: SyncSurroundings): TaskOutcome {
  log.warn('sync.failed', { code: failure.code });
  onState({ kind: 'failed', at: clock.now(), for: 'c1', because: failure });
  return { kind: 'failure', code: codeOf(failure), message: failure.message, nonRetryable: false };
}

/** The gRPC code that tells C1 what kind of trouble it was (c1-protocol.md §6.2). */
function codeOf(failure: Failure): Code {
  switch (failure.code) {
    case 'xeroSignedOut':
    case 'xeroClientRejected':
      return Code.Unauthenticated;
    case 'xeroForbidden':
    case 'xeroScopeMissing':
      return Code.PermissionDenied;
    case 'organisationMissing':
    case 'noOrganisation':
      return Code.FailedPrecondition;
    case 'xeroRateLimited':
    case 'xeroUnavailable':
    case 'xeroUnreachable':
    case 'uploadFailed':
    case 'c1Unreachable':
    case 'c1Unavailable':
      return Code.Unavailable;
    case 'cancelled':
    case 'c1TaskCancelled':
      return Code.Canceled;
    default:
      return Code.Internal;
  }
}
