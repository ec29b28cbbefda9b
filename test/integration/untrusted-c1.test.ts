import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Code } from '@connectrpc/connect';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MemoryLedger } from '../../main/c1/ledger.ts';
import { TaskLoop } from '../../main/c1/task-loop.ts';
import type { TaskHandler } from '../../main/c1/task.ts';
import type { Log } from '../../main/ports.ts';
import { SeededRandom } from '../sandbox/random.ts';
import { FakeTokens, makeClient } from '../unit/c1/fake-c1.ts';
import { FakeClock, settle } from '../unit/fake-clock.ts';
import { UntrustedPeer } from './untrusted-c1-peer.ts';

const SEED = 20_261_125;
const ANSWERS = 10_000;
/** One life of a connector takes so many answers, then it is stopped. */
const ANSWERS_A_LIFE = 100;
/** Fake milliseconds at a time; C1's longest wish is honoured for five minutes. */
const STEP = 20_000;
/**
 * A connector that asks for nothing for so many steps in a row hangs. They are days of its time, but
 * the disk and the unpacking of answers take real time, which is seconds.
 */
const MOST_STEPS = 20_000;
const nothing = () => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'c1-xero-untrusted-'));
  await writeFile(join(folder, 'file'), 'x'.repeat(2000));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What was seen of the connectors' lives. */
interface Seen {
  readonly handled: Set<string>;
  bugs: number;
  tasks: number;
}

/** One connector from its first Hello until it has had its fill, or was refused. */
async function live(peer: UntrustedPeer, fetch: 'one' | 'many', seen: Seen): Promise<void> {
  const clock = new FakeClock();
  const random = new SeededRandom(peer.total);
  const sync: TaskHandler = async (_task, { taskId, upload }) => {
    seen.handled.add(taskId);
    const uploaded = await upload(join(folder, 'file'), nothing);
    if (uploaded.ok) return { kind: 'success' };
    return {
      kind: 'failure',
      code: Code.Unavailable,
      message: 'The upload broke off.',
      nonRetryable: false,
    };
  };
  const connection = {
    transport: peer.transport(),
    close: nothing,
    renew: nothing,
    reset: nothing,
  };
  const loop = new TaskLoop({
    client: makeClient(connection, clock, new FakeTokens()),
    handlers: () => ({ syncFull: sync }),
    resourceTypes: () => [],
    ledger: new MemoryLedger(clock).of('acme.conductor.one'),
    fetch,
    clock,
    random: { bytes: (length) => new Uint8Array(length), fraction: () => random.fraction() },
    log: { ...silent, error: () => (seen.bugs += 1) },
    onEvent: ({ kind }) => (seen.tasks += Number(kind === 'taskFinished')),
  });
  const stop = new AbortController();
  const over = new AbortController();
  const life = loop.run(stop.signal).finally(() => over.abort());
  const end = peer.total + ANSWERS_A_LIFE;
  for (let idle = 0; !over.signal.aborted; idle += 1) {
    const before = peer.total;
    await settle();
    await clock.advance(STEP);
    if (peer.total >= end) stop.abort();
    if (peer.total > before) idle = 0;
    if (idle > MOST_STEPS) throw new Error(`It hangs after ${peer.total} answers.`);
  }
  await life;
  // Whatever wish for a pause C1 sends, it is one that a person would wait for.
  const odd = clock.sleeps.filter((ms) => !(ms >= 0 && ms <= 5 * 60_000));
  if (odd.length > 0) throw new Error(`It sleeps for ${odd.join(', ')} ms.`);
}

it('lets no answer of C1’s crash it, hang it, fill its memory or make it break a rule', async () => {
  const peer = new UntrustedPeer(new SeededRandom(SEED));
  const seen: Seen = { handled: new Set(), bugs: 0, tasks: 0 };
  const rejections: unknown[] = [];
  const note = (reason: unknown) => rejections.push(reason);
  process.on('unhandledRejection', note);
  let early: number | undefined;
  for (let lives = 0; peer.total < ANSWERS; lives += 1) {
    await live(peer, lives % 2 === 0 ? 'one' : 'many', seen);
    if (peer.total > ANSWERS / 5) early ??= heapUsed();
  }
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
  expect(seen.bugs).toBe(0);
  expect(peer.violations).toEqual([]);
  // An id that could name another file is never worked on.
  expect([...seen.handled].filter((id) => !/^[0-9A-Za-z]{27}$/.test(id))).toEqual([]);
  expect(seen.tasks).toBeGreaterThan(500);
  const calls = ['FinishTask', 'GetTask', 'GetTasks', 'Heartbeat', 'Hello', 'UploadAsset'];
  expect([...peer.answers.keys()].sort()).toEqual(calls);
  expect(heapUsed() / (early ?? 0)).toBeLessThan(1.5);
}, 120_000);

/** Bytes that are still reachable. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
}
