import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { summarise } from '../../../main/access/summary.ts';
import { piecesOf } from '../../../main/c1z/pieces.ts';
import type { FromWorker, ToWorker } from '../../../main/c1z/worker-jobs.ts';
import { inThread, type StartWorker } from '../../../main/c1z/worker-run.ts';
import { WorkerWriter } from '../../../main/c1z/worker-writer.ts';
import type { WriteOrder } from '../../../main/c1z/writer.ts';
import { harbour, TOWN, user } from '../access/build.ts';
import { valueOf } from '../results.ts';
import { request, temporaryFolder } from './build.ts';
import { readHere } from './reading.ts';

const WORKER = new URL('typescript-worker.mjs', import.meta.url);

/** Nobody stops it. */
const GOES_ON = new AbortController().signal;

const READ = {
  organisations: TOWN,
  options: { accountId: 'global', legacyOrganisationId: null },
} as const;

/** The model of a request is made in the worker. */
function orderFor(path: string): WriteOrder {
  const { syncId, startedAt, endedAt, exclusionGroups } = request(path);
  return { path, syncId, startedAt, endedAt, exclusionGroups };
}

const script = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

describe('a writer in a worker', () => {
  it('writes a file that can be read, several at once too', async () => {
    const folder = await temporaryFolder();
    const writer = new WorkerWriter(inThread(WORKER), systemClock);
    const paths = ['a.c1z', 'b.c1z'].map((name) => join(folder, name));
    const written = await Promise.all(
      paths.map((path) => writer.write(READ, orderFor(path), GOES_ON)),
    );
    expect(written.map(({ ok }) => ok)).toEqual([true, true]);
    for (const path of paths) expect(await readHere(path)).toMatchObject({ ok: true });
    expect(await readdir(folder)).toEqual(['a.c1z', 'b.c1z']);
  });

  it('writes without a worker where it is told to, the same file, and not once it is stopped', async () => {
    const folder = await temporaryFolder();
    const [here, there] = [join(folder, 'here.c1z'), join(folder, 'there.c1z')];
    const noWorker = inThread(script('process.exit(1)'));
    const told: number[] = [];
    const writer = new WorkerWriter(noWorker, systemClock, (people) => void told.push(people));
    const stopped = await writer.write(READ, orderFor(here), AbortSignal.abort());
    expect(stopped).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
    valueOf(await writer.write(READ, orderFor(here), GOES_ON));
    valueOf(
      await new WorkerWriter(inThread(WORKER), systemClock).write(READ, orderFor(there), GOES_ON),
    );
    expect(await readFile(here)).toEqual(await readFile(there));
    expect(told.at(-1)).toBe(READ.organisations.flatMap(({ users }) => users).length);
  });

  it('hands on why a file couldn’t be written', async () => {
    const writer = new WorkerWriter(inThread(WORKER), systemClock);
    const path = join(await temporaryFolder(), 'missing', 'sync.c1z');
    expect(await writer.write(READ, orderFor(path), GOES_ON)).toMatchObject({
      ok: false,
      failure: { code: 'diskFailed' },
    });
  });
});

const MANY = {
  ...READ,
  organisations: [
    ...TOWN,
    harbour(...Array.from({ length: 3000 }, (_, index) => user({ userId: `u-${index}` }))),
  ],
};

describe('what is in the access', () => {
  it('is the same whether a worker or, for few people, nobody else works it out', async () => {
    const inWorker = new WorkerWriter(inThread(WORKER), systemClock);
    expect(valueOf(await inWorker.summarise(MANY, GOES_ON))).toEqual(summarise(MANY));
    const noWorker = new WorkerWriter(inThread(script('process.exit(1)')), systemClock);
    expect(valueOf(await noWorker.summarise(READ, GOES_ON))).toEqual(summarise(READ));
  });

  it('of many people is handed over with a turn for everything else after each piece', async () => {
    let turn = 0;
    const turns = setInterval(() => (turn += 1));
    const posted: { readonly message: ToWorker; readonly turn: number }[] = [];
    const summary = summarise(READ);
    const asksAtOnce: StartWorker = (onMessage) => ({
      post: (message) => {
        posted.push({ message, turn });
        const last = message.kind === 'piece' && message.piece.last;
        const answer: FromWorker = last ? { kind: 'summarised', summary } : { kind: 'more' };
        queueMicrotask(() => onMessage(answer));
      },
      ended: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    });
    valueOf(await new WorkerWriter(asksAtOnce, systemClock).summarise(MANY, GOES_ON));
    clearInterval(turns);
    const pieces = posted.filter(({ message }) => message.kind === 'piece');
    expect(pieces).toHaveLength([...piecesOf(MANY.organisations)].length);
    expect(new Set(pieces.map((piece) => piece.turn)).size).toBe(pieces.length);
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
    const writer = new WorkerWriter(inThread(script(code)), systemClock);
    const written = await writer.write(READ, orderFor(path), GOES_ON);
    expect(written).toMatchObject({ ok: false, failure: { code: 'bug', detail } });
    expect(JSON.stringify(written)).not.toContain('Ana');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is followed by a fresh one', async () => {
    const breaksOnce = script(`
      import { access, mkdir } from 'node:fs/promises';
      import { parentPort } from 'node:worker_threads';
      parentPort.once('message', async ({ order: { path } }) => {
        const second = await access(path + '.seen').then(() => true, () => false);
        await mkdir(path + '.seen', { recursive: true });
        if (!second) process.exit(1);
        parentPort.postMessage({ kind: 'written', result: { ok: true, value: { bytes: 1 } } });
      });
    `);
    const writer = new WorkerWriter(inThread(breaksOnce), systemClock);
    const path = join(await temporaryFolder(), 'sync.c1z');
    expect((await writer.write(READ, orderFor(path), GOES_ON)).ok).toBe(false);
    expect((await writer.write(READ, orderFor(path), GOES_ON)).ok).toBe(true);
  });
});

it('stopping ends a write in progress, and leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'sync.c1z');
  const writer = new WorkerWriter(inThread(script('setInterval(() => {}, 1000)')), systemClock);
  const stop = new AbortController();
  const writing = writer.write(READ, orderFor(path), stop.signal);
  await writeFile(`${path}.db`, 'half a database');
  stop.abort();
  expect(await writing).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  expect(await readdir(folder)).toEqual([]);
});
