import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { Code } from '@connectrpc/connect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeLeftovers, syncHandler } from '../../../main/connector/sync.ts';
import type { AccessRead } from '../../../main/access/types.ts';
import type { AccessWritten, WriteOrder } from '../../../main/c1z/writer.ts';
import { uploadFailed } from '../../../main/c1/errors.ts';
import { diskFull } from '../../../main/c1z/failures.ts';
import {
  noOrganisation,
  rateLimited,
  readingCancelled,
  signedOut,
  unavailable,
} from '../../../main/xero/errors.ts';
import {
  organisationForbidden,
  organisationMissing,
} from '../../../main/xero/organisation-errors.ts';
import type { TaskOutcome, UploadProgress } from '../../../main/c1/task.ts';
import type { Task_SyncFullTaskSchema } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { Look } from '../../../main/connector/look.ts';
import { fail, succeed, type Failure, type Result } from '../../../shared/errors.ts';
import type { SyncState, UploadSummary } from '../../../shared/snapshot.ts';
import { farm, harbour, user } from '../access/build.ts';
import { makeTask, taskId } from '../c1/fake-c1.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { COUNTS } from './snapshots.ts';

const READ = [harbour(user()), farm(user({ userId: 'u-2' }))];
const WHOLE: Look = {
  listed: [],
  leftOut: new Map(),
  read: READ,
  failed: [],
  refused: new Map(),
  held: [],
  days: new Map(),
};
const WRITTEN: AccessWritten = {
  bytes: 4096,
  counts: COUNTS,
  outside: { grants: 0, targets: 0 },
  warnings: [],
};
const OPTIONS = { accountId: 'global', legacyOrganisationId: null } as const;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sync-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));
const folder = () => join(root, 'sync');

interface Request extends WriteOrder {
  readonly read: AccessRead;
}

interface Given {
  readonly task?: MessageInitShape<typeof Task_SyncFullTaskSchema>;
  readonly debug?: boolean;
  readonly look?: Result<Look>;
  readonly write?: () => Promise<Result<AccessWritten>>;
  readonly upload?: (path: string, onProgress: UploadProgress) => Promise<Result<void>>;
}

/** Does one sync_full task with these parts, and tells all that came of it. */
async function doSync(given: Given = {}) {
  const clock = new FakeClock();
  const log = new KeptLog();
  const states: SyncState[] = [];
  const summaries: UploadSummary[] = [];
  const requests: Request[] = [];
  const uploads: string[] = [];
  const look = given.look ?? succeed(WHOLE);
  const writer = {
    write: async (read: AccessRead, order: WriteOrder) => {
      requests.push({ ...order, read });
      await writeFile(order.path, 'personal data');
      return (await given.write?.()) ?? succeed(WRITTEN);
    },
  };
  const handler = syncHandler({
    look: () =>
      Promise.resolve(
        look.ok
          ? succeed({
              look: look.value,
              read: { organisations: look.value.read, options: OPTIONS },
            })
          : look,
      ),
    writer,
    folder: folder(),
    clock,
    random: steady,
    log,
    onState: (state) => states.push(state),
    onUploaded: (summary) => summaries.push(summary),
  });
  const task = makeTask(1, { case: 'syncFull', value: given.task ?? {} });
  const run = handler(
    { ...task, debug: given.debug ?? false },
    {
      taskId: taskId(1),
      signal: new AbortController().signal,
      upload: async (path, onProgress) => {
        uploads.push(path);
        return (await given.upload?.(path, onProgress)) ?? succeed();
      },
    },
  );
  const outcome = await run.catch((error: unknown) => error as Error);
  return { outcome, clock, log, states, summaries, requests, uploads };
}

const expectNoFiles = async () => expect(await readdir(folder()).catch(() => [])).toEqual([]);

describe('a sync that C1 asks for', () => {
  it('reads, writes, uploads, tells and removes the file', async () => {
    const { outcome, clock, states, summaries, uploads, requests } = await doSync({
      upload: async (path, onProgress) => {
        expect((await stat(path)).isFile()).toBe(true);
        onProgress(100, 4096);
        return succeed();
      },
    });
    expect(outcome).toEqual({ kind: 'success' });
    expect(states).toEqual([
      { kind: 'writing' },
      { kind: 'uploading', sent: 100, of: 4096 },
      { kind: 'done', at: clock.now(), for: 'c1' },
    ]);
    expect(summaries).toEqual([{ at: clock.now(), counts: COUNTS, bytes: 4096 }]);
    expect(uploads).toEqual([requests[0]?.path]);
    await expectNoFiles();
  });

  it('writes all that was read as one whole sync, in a folder that nobody else may open', async () => {
    const { requests, clock } = await doSync({
      write: async () => {
        expect((await stat(folder())).mode & 0o777).toBe(0o700);
        return succeed(WRITTEN);
      },
    });
    const [request] = requests;
    expect(request?.read).toEqual({ organisations: READ, options: OPTIONS });
    expect(request).toMatchObject({
      exclusionGroups: true,
      startedAt: clock.now(),
      syncId: expect.stringMatching(/^[0-9A-Za-z]{27}$/) as string,
    });
    expect(request?.path.startsWith(folder())).toBe(true);
  });

  it.each<[string, Look, string]>([
    [
      'one refuses',
      {
        ...WHOLE,
        failed: [{ id: 'x', name: 'X', failure: organisationForbidden('X', 'Xero answered 403') }],
      },
      'xeroForbidden',
    ],
    [
      'one is missing',
      { ...WHOLE, failed: [{ id: 'x', name: 'X', failure: organisationMissing('X') }] },
      'organisationMissing',
    ],
    ['none was read', { ...WHOLE, read: [] }, 'noOrganisation'],
  ])('is the whole truth or nothing: not made when %s', async (_what, look, code) => {
    const { outcome, states, requests, uploads } = await doSync({ look: succeed(look) });
    expect(outcome).toMatchObject({ kind: 'failure', nonRetryable: false });
    expect(requests).toEqual([]);
    expect(uploads).toEqual([]);
    expect(states.at(-1)).toMatchObject({ kind: 'failed', for: 'c1', because: { code } });
  });

  it.each<[Failure, Code]>([
    [signedOut(), Code.Unauthenticated],
    [organisationForbidden('X', ''), Code.PermissionDenied],
    [organisationMissing('X'), Code.FailedPrecondition],
    [noOrganisation, Code.FailedPrecondition],
    [unavailable('Xero answered 503'), Code.Unavailable],
    [readingCancelled, Code.Canceled],
    [{ code: 'bug', message: 'A bug.', next: 'reportProblem' }, Code.Internal],
  ])('tells C1 of $code in its words and by its kind', async (failure, code) => {
    const { outcome } = await doSync({ look: fail(failure) });
    expect(outcome).toEqual({
      kind: 'failure',
      code,
      message: failure.message,
      nonRetryable: false,
    } satisfies TaskOutcome);
  });

  it('tells C1 at which time Xero may be asked again', async () => {
    const at = Date.UTC(2026, 10, 27, 4, 12);
    const { outcome } = await doSync({ look: fail(rateLimited('day', at, at - 3_600_000, '')) });
    expect(outcome).toMatchObject({
      code: Code.Unavailable,
      message: expect.stringMatching(/daily limit.*Try again after 2026-11-27T04:12:00/) as string,
      nonRetryable: false,
    });
  });

  it('leaves no file when writing fails', async () => {
    const { outcome, states, uploads } = await doSync({
      write: () => Promise.resolve(fail(diskFull)),
    });
    expect(outcome).toMatchObject({ kind: 'failure', code: Code.Internal });
    expect(states.at(-1)).toMatchObject({ kind: 'failed', because: diskFull });
    expect(uploads).toEqual([]);
    await expectNoFiles();
  });

  it('leaves no file when the upload fails, and doesn’t claim that C1 received it', async () => {
    const { outcome, states, summaries } = await doSync({
      upload: () => Promise.resolve(fail(uploadFailed('gRPC 14'))),
    });
    expect(outcome).toMatchObject({ kind: 'failure', code: Code.Unavailable });
    expect(states.at(-1)).toMatchObject({ kind: 'failed', because: { code: 'uploadFailed' } });
    expect(summaries).toEqual([]);
    await expectNoFiles();
  });

  it('leaves no file when it meets a bug', async () => {
    const bug = new TypeError('no such thing');
    const { outcome } = await doSync({ upload: () => Promise.reject(bug) });
    expect(outcome).toBe(bug);
    await expectNoFiles();
  });

  it('says that the disk refuses its folder', async () => {
    await writeFile(folder(), 'a file where the folder should be');
    const { outcome, states } = await doSync();
    expect(outcome).toMatchObject({ kind: 'failure' });
    expect(states.at(-1)).toMatchObject({ kind: 'failed', because: { code: 'diskFailed' } });
  });

  it('logs neither people nor organisations', async () => {
    const { log } = await doSync({ look: fail(organisationMissing('Harbour Books')) });
    expect(log.lines).toEqual(['warn sync.failed {"code":"organisationMissing"}']);
  });
});

describe('at a start', () => {
  it('what a killed sync left is removed, and nothing else', async () => {
    await mkdir(folder());
    const left = `${taskId(1)}.sync.c1z`;
    for (const name of [left, `${left}.log`, `${left}.db`, `${left}.tmp`, 'settings.json']) {
      await writeFile(join(folder(), name), 'x');
    }
    await mkdir(join(folder(), `${left}.db.lock`));
    await removeLeftovers(folder());
    expect(await readdir(folder())).toEqual(['settings.json']);
  });

  it('it doesn’t matter that there is no folder yet', async () => {
    await expect(removeLeftovers(folder())).resolves.toBeUndefined();
  });
});

describe('a sync with options', () => {
  it('hands the writer its part and kind, and doesn’t claim that C1 received everything', async () => {
    const { outcome, requests, summaries, log } = await doSync({
      task: { skipEntitlementsAndGrants: true, skipExpandGrants: true, storageEngine: 'pebble' },
    });
    expect(outcome).toEqual({ kind: 'success' });
    expect(requests[0]?.scope).toMatchObject({ syncType: 'resources_only', rows: 'resourcesOnly' });
    expect(summaries).toEqual([]);
    expect(log.lines).toEqual(
      expect.arrayContaining(['info sync.nothingToExpand {}', 'info sync.engineIsSqlite {}']),
    );
  });

  it('is refused in words, before Xero is read, when a type of resource doesn’t exist', async () => {
    const { outcome, requests, states } = await doSync({
      task: { syncResourceTypeIds: ['group'] },
    });
    expect(outcome).toMatchObject({
      kind: 'failure',
      code: Code.InvalidArgument,
      message: expect.stringContaining('“group”') as string,
      nonRetryable: false,
    });
    expect(requests).toEqual([]);
    expect(states.at(-1)).toMatchObject({
      kind: 'failed',
      because: { code: 'syncRequestInvalid' },
    });
  });

  it('says in one line each what was dropped and what wasn’t found', async () => {
    const { log } = await doSync({
      task: { targetedSyncResources: [{ id: { resourceType: 'group', resource: 'g' } }] },
      write: () => Promise.resolve(succeed({ ...WRITTEN, outside: { grants: 7, targets: 2 } })),
    });
    expect(log.lines).toEqual(
      expect.arrayContaining([
        'warn sync.grantsOutsideTypes {"grants":7}',
        'warn sync.targetsMissing {"targets":3}',
      ]),
    );
  });
});

describe('a sync with debug', () => {
  it('uploads the log of the task as JSON lines after the file, and removes both', async () => {
    const sent: string[] = [];
    const { outcome, uploads } = await doSync({
      debug: true,
      task: { storageEngine: 'pebble' },
      upload: async (path) => {
        sent.push(await readFile(path, 'utf8'));
        if (path.endsWith('.log')) expect((await stat(path)).mode & 0o777).toBe(0o600);
        return succeed();
      },
    });
    expect(outcome).toEqual({ kind: 'success' });
    expect(uploads).toHaveLength(2);
    const lines = (sent[1] ?? '').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      'sync.engineIsSqlite',
      'sync.uploaded',
    ]);
    await expectNoFiles();
  });

  it('fails when the log can’t be uploaded, though C1 has the file', async () => {
    const { outcome, summaries, states } = await doSync({
      debug: true,
      upload: (path) =>
        Promise.resolve(path.endsWith('.log') ? fail(uploadFailed('gRPC 14')) : succeed()),
    });
    expect(outcome).toMatchObject({ kind: 'failure', code: Code.Unavailable });
    expect(summaries).toHaveLength(1);
    expect(states.at(-1)).toMatchObject({ kind: 'failed' });
    await expectNoFiles();
  });

  it('sends no log of a sync that failed, and none without being asked', async () => {
    const failing = await doSync({ debug: true, look: fail(signedOut()) });
    expect(failing.uploads).toEqual([]);
    expect((await doSync()).uploads).toHaveLength(1);
    await expectNoFiles();
  });
});
