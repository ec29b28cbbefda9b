import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Code } from '@connectrpc/connect';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { SyncState, UploadSummary } from '../../shared/snapshot.ts';
import { countWarnings } from '../access/summary.ts';
import type { AccessRead } from '../access/types.ts';
import type { TaskContext, TaskHandler, TaskOutcome } from '../c1/task.ts';
import { diskFailure } from '../c1z/failures.ts';
import { WHOLE } from '../c1z/scope.ts';
import { ksuid } from '../c1z/ksuid.ts';
import type { AccessWriter, AccessWritten } from '../c1z/writer.ts';
import type { Clock, Log, Random } from '../ports.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { collectDebugLog, type DebugLog } from './debug-log.ts';
import { gapOf, type Look } from './look.ts';
import { syncPlanOf, type SyncPlan } from './sync-request.ts';

export interface SyncSurroundings {
  /** Reads Xero now; the whole truth or a failure is made of it here. */
  readonly look: (signal: AbortSignal) => Promise<Result<{ look: Look; read: AccessRead }>>;
  readonly writer: Pick<AccessWriter, 'write'>;
  /** Where the temporary file lies: in the profile, never in the system's folder (product.md §5). */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly onState: (state: SyncState) => void;
  readonly onUploaded: (upload: UploadSummary) => void;
}

const SUFFIX = '.sync.c1z';
const LOG_SUFFIX = '.log';
/** Our own files alone: a task's id, and what the writer puts beside its file. */
const OURS = /^[0-9A-Za-z]{27}\.sync\.c1z(?:\.|$)/;

/** A sync of everything, as without any option. */
const PLAIN: SyncPlan = { scope: WHOLE, whole: true, strangers: 0, notes: [] };

/**
 * Does a `sync_full` task with all its options (c1-protocol.md §4.9): reads Xero, writes the file,
 * uploads it, then the log if C1 wants it, and removes both. A governed organisation that can't be
 * read fails the task: an upload is the whole truth or isn't made (product.md §3).
 */
export function syncHandler(surroundings: SyncSurroundings): TaskHandler {
  return async (task, context) => {
    const { log } = surroundings;
    const path = join(surroundings.folder, `${context.taskId}${SUFFIX}`);
    const debugLog = task.debug ? collectDebugLog(log) : null;
    try {
      const synced = await syncToC1(task, context, surroundings, path);
      if (!synced.ok) return failed(synced.failure, surroundings);
      if (debugLog !== null) {
        const sent = await sendDebugLog(debugLog, `${path}${LOG_SUFFIX}`, context);
        if (!sent.ok) return failed(sent.failure, surroundings);
      }
      surroundings.onState({ kind: 'done', at: surroundings.clock.now(), for: 'c1' });
      return { kind: 'success' };
    } finally {
      debugLog?.stop();
      // What can't be removed now is removed at the next start; the outcome stands.
      const files = [path, `${path}${LOG_SUFFIX}`];
      await Promise.all(files.map((file) => rm(file, { force: true }))).catch(() =>
        log.warn('sync.fileLeft'),
      );
    }
  };
}

async function syncToC1(
  task: Task,
  { signal, upload }: TaskContext,
  surroundings: SyncSurroundings,
  path: string,
): Promise<Result<void>> {
  const { clock, log, onState, onUploaded } = surroundings;
  const plan = task.taskType.case === 'syncFull' ? syncPlanOf(task.taskType.value) : succeed(PLAIN);
  if (!plan.ok) return plan;
  for (const note of plan.value.notes) log.info(`sync.${note}`);
  const written = await writeSync(surroundings, path, signal, plan.value);
  if (!written.ok) return written;
  const { bytes, counts } = written.value;
  const uploaded = await upload(path, (sent, of) => onState({ kind: 'uploading', sent, of }));
  if (!uploaded.ok) return uploaded;
  if (plan.value.whole) onUploaded({ at: clock.now(), counts, bytes });
  log.info('sync.uploaded', { bytes, type: plan.value.scope.syncType, ...counts });
  return succeed();
}

/** Fails the task though C1 has the file, as the official runner does (c1-protocol.md §4.9 item 7). */
async function sendDebugLog(
  debugLog: DebugLog,
  path: string,
  { upload }: TaskContext,
): Promise<Result<void>> {
  const written = await onDisk(() => debugLog.write(path));
  return written.ok ? await upload(path, () => undefined) : written;
}

/** One read of Xero, written to `path` as a finished sync: a full one, unless the plan says otherwise. */
export async function writeSync(
  surroundings: SyncSurroundings,
  path: string,
  signal: AbortSignal,
  { scope, strangers }: Pick<SyncPlan, 'scope' | 'strangers'> = PLAIN,
): Promise<Result<AccessWritten>> {
  const { clock, random, writer, onState, log } = surroundings;
  const startedAt = clock.now();
  const looked = await surroundings.look(signal);
  if (!looked.ok) return looked;
  const { look, read } = looked.value;
  const gap = gapOf(look);
  if (gap !== null) return fail(gap);
  if (look.read.length === 0) return fail(nothingGoverned);
  onState({ kind: 'writing' });
  const folder = await onDisk(() =>
    mkdir(surroundings.folder, { recursive: true, mode: 0o700 }).then(() => undefined),
  );
  if (!folder.ok) return folder;
  const order = {
    path,
    syncId: ksuid(startedAt, random.bytes(16)),
    startedAt,
    endedAt: clock.now(),
    exclusionGroups: true,
    scope,
  };
  const written = await writer.write(read, order, signal);
  if (!written.ok) return written;
  if (written.value.warnings.length > 0) {
    log.info('access.warnings', countWarnings(written.value.warnings));
  }
  const { grants, targets } = written.value.outside;
  // One line for all, as the official runner (c1z-and-model.md §5.3).
  if (grants > 0) log.warn('sync.grantsOutsideTypes', { grants });
  if (targets + strangers > 0) log.warn('sync.targetsMissing', { targets: targets + strangers });
  return written;
}

async function onDisk(work: () => Promise<void>): Promise<Result<void>> {
  try {
    await work();
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
  message: say('sync.noOrganisationIsChosenSo'),
  next: 'chooseOrganisations',
};

function failed(failure: Failure, { clock, onState, log }: SyncSurroundings): TaskOutcome {
  log.warn('sync.failed', { code: failure.code });
  onState({ kind: 'failed', at: clock.now(), for: 'c1', because: failure });
  const message = toldToC1(failure);
  return { kind: 'failure', code: codeOf(failure), message, nonRetryable: false };
}

/** Who reads it in C1 does so later: "in 3 hours" says nothing there without the time itself. */
function toldToC1({ message, retryAt }: Failure): string {
  return retryAt === undefined
    ? message
    : `${message} Try again after ${new Date(retryAt).toISOString()}.`;
}

/** The gRPC code that tells C1 what kind of trouble it was (c1-protocol.md §6.2). */
function codeOf(failure: Failure): Code {
  switch (failure.code) {
    case 'xeroSignedOut':
    case 'xeroClientRejected':
    case 'xeroSecretInvalid':
      return Code.Unauthenticated;
    case 'xeroForbidden':
    case 'xeroScopeMissing':
      return Code.PermissionDenied;
    case 'syncRequestInvalid':
      return Code.InvalidArgument;
    case 'organisationMissing':
    case 'organisationSuspended':
    case 'demoCompanyReset':
    case 'noOrganisation':
      return Code.FailedPrecondition;
    case 'xeroRateLimited':
    case 'xeroUnavailable':
    case 'xeroUnreachable':
    case 'uploadFailed':
    case 'c1Unreachable':
    case 'proxySignInNeeded':
    case 'proxyFailed':
    case 'certificateUntrusted':
    case 'c1Unavailable':
      return Code.Unavailable;
    case 'cancelled':
    case 'c1TaskCancelled':
      return Code.Canceled;
    default:
      return Code.Internal;
  }
}
