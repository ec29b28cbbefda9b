import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { isAborted } from '../../main/c1/abort.ts';
import type { C1Client } from '../../main/c1/client.ts';
import { openConnection } from '../../main/c1/connection.ts';
import { heals } from '../../main/c1/errors.ts';
import { createNetwork } from '../../main/network.ts';
import type { Result } from '../../shared/errors.ts';
import { makeCertificate, type LoopbackCertificate } from '../sandbox/certificate.ts';
import { SeededRandom } from '../sandbox/random.ts';
import { makeClient, taskId } from '../unit/c1/fake-c1.ts';
import { FakeClock, settle } from '../unit/fake-clock.ts';
import { LIMIT } from './untrusted-c1-replies.ts';
import { WirePeer } from './untrusted-c1-wire.ts';

const SEED = 20_261_126;
const CALLS = 200;
/** The longest deadline of a call, in milliseconds. */
const DEADLINE = 90_000;
/** So long an upload may stand still, in all of its tries. */
const SILENCE = 3 * 120_000 + 1000;

/** Between the tries of an upload little time passes, and the network has its own. */
const STEP = 10;
/** After so many turns of the event loop, twenty times over, an answer is late. */
const MOST_TURNS = 400;

let certificate: LoopbackCertificate;
let folder: string;
beforeAll(async () => {
  certificate = await makeCertificate(Date.now());
  folder = await mkdtemp(join(tmpdir(), 'c1-xero-wire-'));
  await writeFile(join(folder, 'file'), Buffer.alloc(70_000));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// Deadlines pass when the peer has said all that it will say; the network takes its own time.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Waits for a call as long as something may still come, then lets its deadline pass. */
async function outcome<T>(call: Promise<T>, peer: WirePeer, clock: FakeClock): Promise<T> {
  const over = new AbortController();
  void call.finally(() => over.abort());
  for (let turns = 1; !isAborted(over.signal); turns += 1) {
    await clock.advance(STEP);
    if (!peer.silent && turns % MOST_TURNS > 0) continue;
    peer.silent = false;
    await vi.advanceTimersByTimeAsync(DEADLINE);
    await clock.advance(SILENCE);
  }
  return await call;
}

function callSomething(client: C1Client, random: SeededRandom): Promise<Result<unknown>> {
  const stop = new AbortController().signal;
  return random.pick([
    () => client.hello({ resourceTypes: [], handlers: {} }, ''),
    () => client.getTask(),
    () => client.getTasks({ pageSize: 6, knownTaskIds: [] }),
    () => client.heartbeat(taskId(1)),
    () => client.finishTask(taskId(1), { kind: 'success' }),
    () => client.uploadAsset(taskId(1), join(folder, 'file'), () => undefined, stop),
  ])();
}

it('lets nothing that comes over HTTP/2 crash it, hang it, fill its memory or put words into C1’s mouth', async () => {
  const peer = new WirePeer(certificate, new SeededRandom(SEED));
  const clock = new FakeClock();
  const random = new SeededRandom(SEED + 1);
  const { dial } = createNetwork(certificate.ca);
  const client = makeClient(openConnection(`127.0.0.1:${await peer.open()}`, dial), clock);
  const seen = { done: 0, healing: 0, refused: 0 };
  const putIntoItsMouth: string[] = [];
  let early = 0;
  for (let calls = 0; calls < CALLS; calls += 1) {
    peer.begin();
    const result = await outcome(callSomething(client, random), peer, clock);
    if (result.ok) seen.done += 1;
    else if (heals(result.failure) || result.failure.code === 'uploadFailed') seen.healing += 1;
    else if (peer.refused) seen.refused += 1;
    else putIntoItsMouth.push(`${result.failure.code}: ${result.failure.detail}`);
    if (calls === CALLS / 5) early = await memoryUsed();
  }
  expect(putIntoItsMouth).toEqual([]);
  expect(Math.min(seen.done, seen.healing, seen.refused)).toBeGreaterThan(0);
  expect(peer.deeds.size).toBeGreaterThan(30);
  expect(peer.mostTaken).toBeGreaterThan(LIMIT);
  expect(peer.mostTaken).toBeLessThan(3 * LIMIT);
  // However it was treated, it speaks to C1 when C1 speaks to it again.
  peer.behave();
  client.reset();
  expect(await outcome(client.getTask(), peer, clock)).toMatchObject({ ok: true });
  client.close();
  while (peer.connections > 0) await settle();
  // Kept answers, of megabytes each, would be many times as much.
  expect((await memoryUsed()) / early).toBeLessThan(1.5);
  await peer.close();
}, 120_000);

/** Bytes that are still reachable, buffers included. */
async function memoryUsed(): Promise<number> {
  setFlagsFromString('--expose-gc');
  // Buffers are freed by a thread of their own, a while after the collection.
  for (let passes = 0; passes < 3; passes += 1) {
    runInNewContext('gc()');
    await settle();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
