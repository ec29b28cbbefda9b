import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DONE, openDesk, refused, type Desk } from './core-desk.ts';

const UNTRUSTED = refused('certificateUntrusted', 'chooseCaFile');

/** The admin has the network's certificate authority in a file. */
async function handOver(desk: Desk): Promise<string> {
  const path = join(desk.folder, 'network-ca.pem');
  await writeFile(path, desk.sandbox.ca);
  desk.caFileAtHand = path;
  return path;
}

it('behind a network that inspects what is sent, its certificate authority lets C1 be reached, at once and after a restart', async () => {
  const desk = await openDesk({ strange: true });
  await desk.signIn();
  expect(await desk.connectC1()).toMatchObject(UNTRUSTED);
  expect(desk.sandbox.c1.events('token')).toEqual([]);

  const path = await handOver(desk);
  expect(await desk.intents.chooseCaFile()).toMatchObject(DONE);
  expect(desk.snapshot.caFile).toMatchObject({ path, state: { kind: 'trusted' } });
  expect(await desk.connectC1()).toMatchObject(DONE);
  expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });

  await desk.restart();
  await desk.until(({ c1 }) => c1.kind === 'connected');
  expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
});

it('a certificate authority that is trusted no more isn’t, from the next connection on; choosing it again mends C1 by itself', async () => {
  const desk = await openDesk({ strange: true });
  await handOver(desk);
  await desk.intents.chooseCaFile();
  await desk.settle();
  expect(await desk.intents.forgetCaFile()).toMatchObject(DONE);
  const { c1 } = await desk.until((snapshot) => snapshot.c1.kind === 'offline');
  expect(c1).toMatchObject({ because: { code: 'certificateUntrusted', next: 'chooseCaFile' } });
  expect(await desk.intents.chooseCaFile()).toMatchObject(DONE);
  await desk.until((snapshot) => snapshot.c1.kind === 'connected');
});

it('a file that is gone at the start is told of, and the app starts', async () => {
  const desk = await openDesk({ strange: true });
  const path = await handOver(desk);
  await desk.intents.chooseCaFile();
  await desk.settle();
  await rm(path);
  await desk.restart();
  expect(desk.snapshot.caFile).toMatchObject({
    path,
    state: { kind: 'unusable', because: { code: 'caFileUnusable', detail: 'ENOENT' } },
  });
  const { c1 } = await desk.until((snapshot) => snapshot.c1.kind === 'offline');
  expect(c1).toMatchObject({ because: { code: 'certificateUntrusted' } });
});
