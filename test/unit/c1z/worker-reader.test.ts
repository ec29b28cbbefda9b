import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inThread, type StartWorker } from '../../../main/c1z/worker-run.ts';
import { WorkerReader } from '../../../main/c1z/worker-reader.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { OFFICIAL_FILE, temporaryFolder } from './build.ts';
import { bombBlock, framed } from './frames.ts';
import { readHere } from './reading.ts';
import { fileOf } from './tampered.ts';

const OFFICIAL = fileURLToPath(OFFICIAL_FILE);
const WORKER = new URL('typescript-worker.mjs', import.meta.url);

/** Nobody stops it. */
const GOES_ON = new AbortController().signal;

/** A worker that does this with its order, once it has begun to unpack. */
const script = (code: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { writeFileSync } from 'node:fs';
      import { parentPort } from 'node:worker_threads';
      parentPort.once('message', ({ order }) => {
        writeFileSync(order.folder + '/sync.db', 'half a database');
        ${code}
      });
    `)}`,
  );

/** A reader, its clock, and the folder in which it unpacks. */
async function open(start: StartWorker) {
  const folder = await temporaryFolder();
  const clock = new FakeClock();
  let readings = 0;
  const nameFolder = () => join(folder, `reading-${(readings += 1)}`);
  return { reader: new WorkerReader({ start, clock, nameFolder }), clock, folder };
}

describe('a reader in a worker', () => {
  it('gives a file’s numbers, and all its rows, as they are read in this process', async () => {
    const { reader, clock, folder } = await open(inThread(WORKER));
    const [summary, contents] = await Promise.all([
      reader.summary(OFFICIAL, GOES_ON),
      reader.contents(OFFICIAL, GOES_ON),
    ]);
    const here = valueOf(await readHere(OFFICIAL));
    expect(valueOf(summary)).toEqual(here.summary);
    expect(valueOf(contents)).toEqual(here);
    expect(await readdir(folder)).toEqual([]);
    expect(clock.asleep).toBe(0);
  });

  it('hands on why a file can’t be read, and leaves nothing of it', async () => {
    const { reader, folder } = await open(inThread(WORKER));
    const notADatabase = await fileOf(framed([bombBlock(), bombBlock(), bombBlock(true)]));
    expect(failureOf(await reader.summary(notADatabase, GOES_ON)).code).toBe('fileInvalid');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a worker that', () => {
  it('never ends is ended, and what it unpacked is gone', async () => {
    const { reader, clock, folder } = await open(inThread(script('for (;;);')));
    const reading = reader.summary(OFFICIAL, GOES_ON);
    await clock.untilAsleep();
    await clock.advance(2 * 60_000);
    const failure = failureOf(await reading);
    expect(failure.code).toBe('fileInvalid');
    expect(failure.message).toContain('took longer than 2 minutes');
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes all the memory it is given costs itself alone', async () => {
    const hoards = script('const all = []; for (;;) all.push(new Array(10_000).fill(all.length));');
    const limits = { resourceLimits: { maxOldGenerationSizeMb: 32 } };
    const { reader, folder } = await open(inThread(hoards, limits));
    expect(failureOf(await reader.summary(OFFICIAL, GOES_ON))).toMatchObject({
      code: 'bug',
      next: 'reportProblem',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('breaks is told without its words, which may be the file’s', async () => {
    const { reader, folder } = await open(inThread(script("throw new TypeError('Ana Reyes')")));
    const failure = failureOf(await reader.summary(OFFICIAL, GOES_ON));
    expect(failure).toMatchObject({ code: 'bug', detail: 'TypeError' });
    expect(JSON.stringify(failure)).not.toContain('Ana');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is no longer wanted ends at once', async () => {
    const { reader, folder } = await open(inThread(script('for (;;);')));
    const stop = new AbortController();
    const reading = reader.summary(OFFICIAL, stop.signal);
    stop.abort();
    expect(failureOf(await reading).code).toBe('cancelled');
    expect(await readdir(folder)).toEqual([]);
  });

  it('finds more rows than can be held is stopped', async () => {
    const endless = script(`
      const grants = new Array(10_000).fill(0);
      const rows = { resourceTypes: [], resources: [], entitlements: [], grants };
      for (let piece = 0; piece <= 200; piece += 1) parentPort.postMessage({ kind: 'found', rows });
      setInterval(() => undefined, 1000);
    `);
    const { reader, folder } = await open(inThread(endless));
    const failure = failureOf(await reader.contents(OFFICIAL, GOES_ON));
    expect(failure.message).toContain('more rows than this app can compare');
    expect(await readdir(folder)).toEqual([]);
  });
});
