import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Http2ServerRequest } from 'node:http2';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openConnection } from '../../../main/c1/connection.ts';
import { createNetwork } from '../../../main/network.ts';
import { makeCertificate } from '../../sandbox/certificate.ts';
import { FakeClock } from '../fake-clock.ts';
import { FakeC1, makeClient, taskId } from './fake-c1.ts';
import { handleAs, serveSecurely } from './secure-server.ts';

const closing: (() => Promise<void> | void)[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'c1-unanswered-'));
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(folder, { recursive: true });
});

/** A C1 that closes the first so many calls of one kind without an answer and without an error code. */
async function setUp(method: string, times: number) {
  const certificate = await makeCertificate(Date.now());
  const c1 = new FakeC1();
  const answer = handleAs(c1);
  let left = times;
  const { port, close } = await serveSecurely(certificate, (request, response) => {
    const isMeant = request.url.endsWith(`/${method}`) && left > 0;
    if (!isMeant || !('stream' in request)) return answer?.(request, response);
    left -= 1;
    void wholeOf(request).then(() => request.stream.close());
  });
  closing.push(close);
  const connection = openConnection(`127.0.0.1:${port}`, createNetwork(certificate.ca).dial);
  const clock = new FakeClock();
  const client = makeClient(connection, clock);
  closing.push(() => client.close());
  return { c1, client, clock };
}

async function wholeOf(request: Http2ServerRequest): Promise<void> {
  request.resume();
  await once(request, 'end');
}

it('a call that C1 closes without a word fails at once as unreachable, not at its deadline', async () => {
  const { client } = await setUp('GetTask', 1);
  expect(await client.getTask()).toMatchObject({ ok: false, failure: { code: 'c1Unreachable' } });
  expect(await client.getTask()).toMatchObject({ ok: true });
});

it('an upload that C1 closes without a word is tried again at once, not after its silence', async () => {
  const { c1, client, clock } = await setUp('UploadAsset', 1);
  const file = path.join(folder, 'file.c1z');
  await writeFile(file, 'content');
  const { signal } = new AbortController();
  expect(await client.uploadAsset(taskId(1), file, () => undefined, signal)).toMatchObject({
    ok: true,
  });
  expect(c1.uploads).toHaveLength(1);
  expect(clock.now()).toBe(new FakeClock().now());
});
