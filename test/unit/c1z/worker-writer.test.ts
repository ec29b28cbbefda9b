import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readC1z } from '../../../main/c1z/reader.ts';
import { inThread } from '../../../main/c1z/worker-run.ts';
import { WorkerWriter } from '../../../main/c1z/worker-writer.ts';
import { request, temporaryFolder } from './build.ts';

const WORKER = new URL('typescript-worker.mjs', import.meta.url);

/** Nobody stops it. */
const GOES_ON = new AbortController().signal;

const script = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

describe('a writer in a worker', () => {
  it('writes a file that can be read, several at once too', async () => {
    const folder = await temporaryFolder();
    const writer = new WorkerWriter(inThread(WORKER));
    const paths = ['a.c1z', 'b.c1z'].map((name) => join(folder, name));
    const written = await Promise.all(paths.map((path) => writer.write(request(path), GOES_ON)));
    expect(written.map(({ ok }) => ok)).toEqual([true, true]);
    for (const path of paths) expect(await readC1z(path, folder)).toMatchObject({ ok: true });
    expect(await readdir(folder)).toEqual(['a.c1z', 'b.c1z']);
  });

  it('hands on why a file couldn’t be written', async () => {
    const writer = new WorkerWriter(inThread(WORKER));
    const path = join(await temporaryFolder(), 'missing', 'sync.c1z');
    expect(await writer.write(request(path), GOES_ON)).toMatchObject({
      ok: false,
      failure: { code: 'diskFailed' },
    });
  });
});

describe('a worker that breaks', () => {
  it.each([
    ['by an exception', "throw new RangeError('Ana Reyes')", 'RangeError'],
    ['by ending', 'process.exit(3)', 'exit code 3'],
  ])('%s is a failure that names nobody, and leaves nothing', async (_how, code, detail) => {
    const folder = await temporaryFolder();
    const path = join(folder, 'sync.c1z');
    await writeFile(`${path}.tmp`, 'half a file');
    const writer = new WorkerWriter(inThread(script(code)));
    const written = await writer.write(request(path), GOES_ON);
    expect(written).toMatchObject({ ok: false, failure: { code: 'bug', detail } });
    expect(JSON.stringify(written)).not.toContain('Ana');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is followed by a fresh one', async () => {
    const breaksOnce = script(`
      import { access, mkdir } from 'node:fs/promises';
      import { parentPort } from 'node:worker_threads';
      parentPort.once('message', async ({ request: { path } }) => {
        const second = await access(path + '.seen').then(() => true, () => false);
        await mkdir(path + '.seen', { recursive: true });
        if (!second) process.exit(1);
        parentPort.postMessage({ kind: 'written', result: { ok: true, value: { bytes: 1 } } });
      });
    `);
    const writer = new WorkerWriter(inThread(breaksOnce));
    const path = join(await temporaryFolder(), 'sync.c1z');
    expect((await writer.write(request(path), GOES_ON)).ok).toBe(false);
    expect((await writer.write(request(path), GOES_ON)).ok).toBe(true);
  });
});

it('stopping ends a write in progress, and leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'sync.c1z');
  const writer = new WorkerWriter(inThread(script('setInterval(() => {}, 1000)')));
  const stop = new AbortController();
  const writing = writer.write(request(path), stop.signal);
  await writeFile(`${path}.db`, 'half a database');
  stop.abort();
  expect(await writing).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  expect(await readdir(folder)).toEqual([]);
});
