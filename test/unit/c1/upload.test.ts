import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Code, ConnectError } from '@connectrpc/connect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { FakeC1, makeClient, taskId } from './fake-c1.ts';

const CHUNK = 524_288;
const SILENCE = 120_000;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'c1-upload-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileOf(size: number) {
  const content = randomBytes(size);
  const file = path.join(folder, `${size}.c1z`);
  await writeFile(file, content);
  return { file, sha256: createHash('sha256').update(content).digest('hex') };
}

function setUp() {
  const c1 = new FakeC1();
  const clock = new FakeClock();
  const client = makeClient(c1.connection(), clock);
  const progress: [number, number][] = [];
  const stop = new AbortController();
  const upload = (file: string) =>
    client.uploadAsset(taskId(1), file, (sent, of) => progress.push([sent, of]), stop.signal);
  /** The pauses between tries; the watch over each try is one of two minutes. */
  const pauses = () => clock.sleeps.filter((ms) => ms !== SILENCE);
  return { c1, clock, pauses, progress, stop, upload };
}

describe('an upload', () => {
  it.each([
    [0, []],
    [1, [1]],
    [CHUNK, [CHUNK]],
    [CHUNK + 1, [CHUNK, 1]],
    [CHUNK * 3 + 7, [CHUNK, CHUNK, CHUNK, 7]],
  ])('of %i bytes comes in chunks of 512 KiB, then with its SHA-256', async (size, sizes) => {
    const { c1, upload } = setUp();
    const { file, sha256 } = await fileOf(size);
    expect(await upload(file)).toEqual({ ok: true, value: undefined });
    expect(c1.uploads).toEqual([
      {
        taskId: taskId(1),
        sizes,
        sha256,
        claimed: sha256,
        order: ['metadata', ...sizes.map(() => 'data'), 'eof'],
      },
    ]);
  });

  it('tells its progress in bytes, from none to all', async () => {
    const { progress, upload } = setUp();
    const { file } = await fileOf(CHUNK * 2 + 5);
    await upload(file);
    const all = CHUNK * 2 + 5;
    expect(progress).toEqual([
      [0, all],
      [CHUNK, all],
      [CHUNK * 2, all],
      [all, all],
    ]);
  });

  it('that breaks off starts again from the first byte, at once and then after a second', async () => {
    const { c1, clock, pauses, upload } = setUp();
    const { file, sha256 } = await fileOf(CHUNK + 9);
    c1.onUpload = ({ msg }, attempt) => {
      if (attempt < 3 && msg.case === 'data') throw new ConnectError('gone', Code.Unavailable);
    };
    const uploaded = upload(file);
    await clock.untilAsleepFor(1000);
    await clock.advance(1000);
    expect(await uploaded).toEqual({ ok: true, value: undefined });
    expect(pauses()).toEqual([0, 1000]);
    expect(c1.uploads).toMatchObject([{ claimed: sha256, sha256 }]);
  });

  it('that breaks off three times fails', async () => {
    const { c1, clock, upload } = setUp();
    const { file } = await fileOf(5);
    let attempts = 0;
    c1.onUpload = (_, attempt) => {
      attempts = attempt;
      throw new ConnectError('gone', Code.Unavailable);
    };
    const uploaded = upload(file);
    await clock.untilAsleepFor(1000);
    await clock.advance(1000);
    expect(await uploaded).toMatchObject({
      failure: { code: 'uploadFailed', detail: 'gRPC 14 Unavailable' },
    });
    expect(attempts).toBe(3);
  });

  it('goes on with a fresh token when C1 refused the last, which counts as no try', async () => {
    const { c1, clock, pauses, upload } = setUp();
    const { file } = await fileOf(5);
    c1.onUpload = (_, attempt) => {
      if (attempt === 3) throw new ConnectError('expired', Code.Unauthenticated);
      if (attempt < 3) throw new ConnectError('broken', Code.Unavailable);
    };
    const uploaded = upload(file);
    await clock.untilAsleepFor(1000);
    await clock.advance(1000);
    expect(await uploaded).toMatchObject({ ok: true });
    expect(pauses()).toEqual([0, 1000]);
    expect(c1.authorizations).toEqual(['Bearer t2']);
  });

  it('calls the credential rejected only when C1 refuses a fresh token too', async () => {
    const { c1, clock, upload } = setUp();
    const { file } = await fileOf(5);
    c1.onUpload = () => {
      throw new ConnectError('expired', Code.Unauthenticated);
    };
    const uploaded = upload(file);
    await clock.untilAsleepFor(1000);
    await clock.advance(1000);
    expect(await uploaded).toMatchObject({ failure: { code: 'credentialRejected' } });
  });

  it('that C1 refuses for good says why', async () => {
    const { c1, clock, upload } = setUp();
    const { file } = await fileOf(5);
    c1.onUpload = () => {
      throw new ConnectError('no', Code.PermissionDenied);
    };
    const uploaded = upload(file);
    await clock.untilAsleepFor(1000);
    await clock.advance(1000);
    expect(await uploaded).toMatchObject({ failure: { code: 'c1Forbidden' } });
  });

  it('stops with its signal and isn’t tried again', async () => {
    const { c1, stop, pauses, upload } = setUp();
    const { file } = await fileOf(CHUNK * 4);
    c1.onUpload = ({ msg }) => {
      if (msg.case === 'data') stop.abort();
    };
    expect(await upload(file)).toMatchObject({ failure: { code: 'cancelled' } });
    expect(pauses()).toEqual([]);
    expect(c1.uploads.flatMap(({ order }) => order)).not.toContain('eof');
  });

  it('stops with its signal between two tries', async () => {
    const { c1, stop, clock, upload } = setUp();
    const { file } = await fileOf(5);
    c1.onUpload = () => {
      throw new ConnectError('gone', Code.Unavailable);
    };
    const uploaded = upload(file);
    await clock.untilAsleepFor(1000);
    stop.abort();
    expect(await uploaded).toMatchObject({ ok: false });
    expect(clock.asleep).toBe(0);
  });

  it('of a file that isn’t there blames the disk, and isn’t tried again', async () => {
    const { pauses, upload } = setUp();
    expect(await upload(path.join(folder, 'absent'))).toMatchObject({
      failure: { code: 'diskFailed', detail: 'ENOENT' },
    });
    expect(pauses()).toEqual([]);
  });

  it('of something that can’t be read blames the disk, and isn’t tried again', async () => {
    const { c1, pauses, upload } = setUp();
    expect(await upload(folder)).toMatchObject({
      failure: { code: 'diskFailed', detail: 'EISDIR' },
    });
    expect(pauses()).toEqual([]);
    expect(c1.uploads).toEqual([]);
  });

  it('that C1 takes nothing of for two minutes is tried again over a new connection', async () => {
    const { c1, clock, upload } = setUp();
    const { file, sha256 } = await fileOf(CHUNK * 2);
    const stuck = new Promise<void>((resolve) => {
      c1.onUpload = async ({ msg }, attempt) => {
        if (attempt > 1 || msg.case !== 'data') return;
        resolve();
        await new Promise(() => undefined);
      };
    });
    const uploaded = upload(file);
    await stuck;
    await clock.advance(SILENCE);
    expect(await uploaded).toMatchObject({ ok: true });
    expect(c1.hangUps).toEqual(['renew']);
    expect(c1.uploads).toMatchObject([{ sha256, claimed: sha256 }]);
  });

  it('may take hours as long as it moves on', async () => {
    const { c1, clock, upload } = setUp();
    const { file, sha256 } = await fileOf(CHUNK * 100);
    c1.onUpload = () => clock.advance(100_000);
    const began = clock.now();
    expect(await upload(file)).toMatchObject({ ok: true });
    expect(clock.now() - began).toBeGreaterThan(2 * 3_600_000);
    expect(c1.uploads).toMatchObject([{ sha256, claimed: sha256 }]);
    expect(c1.hangUps).toEqual([]);
  });
});
