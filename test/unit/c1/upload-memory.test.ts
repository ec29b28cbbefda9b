import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConnection } from '../../../main/c1/connection.ts';
import { createNetwork } from '../../../main/network.ts';
import { makeCertificate } from '../../sandbox/certificate.ts';
import { FakeClock, settle } from '../fake-clock.ts';
import { FakeC1, makeClient, taskId } from './fake-c1.ts';
import { handleAs, serveSecurely } from './secure-server.ts';

const CHUNK = 512 * 1024;
const SIZE = 40 * 1024 * 1024;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'c1-upload-memory-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('a file is taken from the disk no faster than C1 takes it, however large it is', async () => {
  const certificate = await makeCertificate(Date.now());
  const c1 = new FakeC1();
  const server = await serveSecurely(certificate, handleAs(c1));
  const dial = createNetwork(certificate.ca).dial;
  const client = makeClient(openConnection(`127.0.0.1:${server.port}`, dial), new FakeClock());
  const file = path.join(folder, 'sync.c1z');
  const handle = await open(file, 'w');
  await handle.truncate(SIZE);
  await handle.close();

  let [handedOn, taken, furthestAhead] = [0, 0, 0];
  c1.onUpload = async ({ msg }) => {
    if (msg.case === 'data') taken += msg.value.data.length;
    // Time for an upload that doesn't wait to run ahead.
    await settle();
    furthestAhead = Math.max(furthestAhead, handedOn - taken);
  };
  const uploaded = await client.uploadAsset(
    taskId(1),
    file,
    (sent) => (handedOn = sent),
    new AbortController().signal,
  );
  client.close();
  await server.close();
  expect(uploaded).toMatchObject({ ok: true });
  expect(taken).toBe(SIZE);
  expect(furthestAhead).toBeLessThanOrEqual(2 * CHUNK);
});
