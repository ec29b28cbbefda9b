import { describe, expect, it } from 'vitest';
import { DONE, openDesk, type Desk } from './core-desk.ts';

/** Rotate in C1, and the new pair pasted; resolves with its Client ID once C1 has accepted it. */
async function pasteNew(desk: Desk): Promise<string> {
  const { clientId, clientSecret } = desk.sandbox.c1.rotate();
  const pasted = `${clientId}\n${clientSecret}`;
  expect(await desk.intents.rotate({ move: 'add', pasted, hostConfirmed: false })).toMatchObject(
    DONE,
  );
  await desk.until(({ rotation }) => rotation.kind === 'asking');
  return clientId;
}

async function switchOver(desk: Desk): Promise<void> {
  expect(await desk.intents.rotate({ move: 'answer', connector: 'same' })).toMatchObject(DONE);
  await desk.until(({ rotation }) => rotation.kind === 'trial');
}

describe('changing the C1 credential', () => {
  it('is done with the first sync, and the old one may be revoked', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1 } = desk.sandbox;
    const clientId = await pasteNew(desk);
    await switchOver(desk);
    expect(desk.snapshot.c1).toMatchObject({ kind: 'connected', credential: { clientId } });
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    await desk.until(({ rotation }) => rotation.kind === 'ended' && rotation.how === 'done');
    c1.revoke(c1.credential.clientId);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(c1.violations()).toEqual([]);
  });

  it('goes on after a restart in the middle, and back by one click', async () => {
    const desk = await openDesk();
    await desk.settle();
    const old = desk.sandbox.c1.credential.clientId;
    await pasteNew(desk);
    await desk.restart();
    await desk.until(({ rotation }) => rotation.kind === 'asking');
    await switchOver(desk);
    expect(await desk.intents.rotate({ move: 'rollBack' })).toMatchObject(DONE);
    expect(desk.snapshot.c1).toMatchObject({ kind: 'connected', credential: { clientId: old } });
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('works when C1 ended the old one at Rotate', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1 } = desk.sandbox;
    c1.revoke(c1.credential.clientId);
    await desk.until((snapshot) => snapshot.c1.kind === 'rejected');
    await pasteNew(desk);
    await switchOver(desk);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });
});
