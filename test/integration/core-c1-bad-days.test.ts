import { Code } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { TaskSchema } from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { TokenFault } from '../sandbox/c1/faults.ts';
import { DONE, EVERY, openDesk, refused, type Desk } from './core-desk.ts';
import { freePorts } from './core-surroundings.ts';
import { accessIn, accessOf } from './expected-access.ts';

function expectNoCredential(desk: Desk, code: string): void {
  expect(desk.snapshot.c1).toMatchObject({ kind: 'none', because: { code } });
  expect(desk.keychain.entries.has('c1')).toBe(false);
}

describe('a credential that C1 doesn’t take', () => {
  it('with another one’s secret is rejected, and not kept', async () => {
    const desk = await openDesk();
    const { c1 } = desk.sandbox;
    const { clientId } = c1.credential;
    const { clientSecret } = c1.rotate();
    const outcome = await desk.connectC1({ clientId, clientSecret });
    expect(outcome).toMatchObject(refused('credentialRejected', 'pasteCredential'));
    expectNoCredential(desk, 'credentialRejected');
    expect(c1.events('hello')).toEqual([]);
    expect(await desk.connectC1()).toMatchObject(DONE);
  });

  it('leaves the one in use alone', async () => {
    const desk = await openDesk();
    await desk.settle();
    const pasted = desk.sandbox.c1.rotate();
    desk.sandbox.c1.revoke(pasted.clientId);
    expect(await desk.connectC1(pasted)).toMatchObject({ ok: false });
    const { clientId } = desk.sandbox.c1.credential;
    expect(desk.snapshot.c1).toMatchObject({ kind: 'connected', credential: { clientId } });
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('any more is said so, and a new one takes over', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1 } = desk.sandbox;
    c1.revoke(c1.credential.clientId);
    const { c1: state } = await desk.until((snapshot) => snapshot.c1.kind === 'rejected');
    expect(state).toMatchObject({
      because: { code: 'credentialRejected', next: 'pasteCredential' },
    });
    const next = c1.rotate();
    expect(await desk.connectC1(next)).toMatchObject(DONE);
    expect(desk.snapshot.c1).toMatchObject({
      kind: 'connected',
      credential: { clientId: next.clientId },
    });
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('after a rotation is replaced by the new one without a gap', async () => {
    const desk = await openDesk();
    await desk.settle();
    const next = desk.sandbox.c1.rotate();
    expect(await desk.connectC1(next)).toMatchObject(DONE);
    desk.sandbox.c1.revoke(desk.sandbox.c1.credential.clientId);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(JSON.parse(desk.keychain.entries.get('c1') ?? '')).toMatchObject({
      current: { clientId: next.clientId },
      previous: { clientId: desk.sandbox.c1.credential.clientId },
    });
  });
});

describe('a first connection', () => {
  it.each<[string, TokenFault, string]>([
    ['C1 has a problem of its own', { kind: 'status', status: 500 }, 'wait'],
    ['a network’s sign-in page answers', { kind: 'html' }, 'tryAgain'],
  ])('fails when %s, keeps nothing, and works later', async (_when, fault, next) => {
    const desk = await openDesk();
    desk.sandbox.c1.faults.token.add(fault, 1);
    expect(await desk.connectC1()).toMatchObject(refused('c1Unavailable', next));
    expectNoCredential(desk, 'c1Unavailable');
    expect(await desk.connectC1()).toMatchObject(DONE);
  });

  it('fails when C1 doesn’t answer at all', async () => {
    const desk = await openDesk();
    desk.sandbox.c1.faults.token.add({ kind: 'hang' }, 1);
    expect(await desk.connectC1()).toMatchObject(refused('c1Unreachable', 'wait'));
    expectNoCredential(desk, 'c1Unreachable');
  });

  it('fails when nobody is there', async () => {
    const desk = await openDesk();
    const [port = 0] = await freePorts(1);
    const { clientId, clientSecret } = desk.sandbox.c1.credential;
    const elsewhere = clientId.replace(/:\d+/, `:${port}`);
    const outcome = await desk.connectC1({ clientId: elsewhere, clientSecret });
    expect(outcome).toMatchObject(refused('c1Unreachable', 'wait'));
    expectNoCredential(desk, 'c1Unreachable');
    expect(desk.sandbox.c1.events('token')).toEqual([]);
  });

  it('fails when C1 refuses the Hello', async () => {
    const desk = await openDesk();
    const { c1 } = desk.sandbox;
    c1.faults.rpc('Hello').add({ kind: 'code', code: Code.PermissionDenied }, 1);
    expect(await desk.connectC1()).toMatchObject(refused('c1Forbidden', 'pasteCredential'));
    expectNoCredential(desk, 'c1Forbidden');
  });
});

describe('C1 goes away', () => {
  it('for a while: it is said, and mends itself', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1 } = desk.sandbox;
    c1.faults.rpc('GetTask').add({ kind: 'drop', when: 'before' }, 'always');
    const { c1: offline } = await desk.until((snapshot) => snapshot.c1.kind === 'offline');
    expect(offline).toMatchObject({ because: { next: 'wait' } });
    expect('because' in offline && offline.because?.retryAt).toBeTypeOf('number');
    c1.faults.clear();
    await desk.until((snapshot) => snapshot.c1.kind === 'connected');
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('before a restart: the app starts offline, and goes on when C1 is back', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1 } = desk.sandbox;
    c1.faults.token.add({ kind: 'status', status: 503 }, 'always');
    await desk.restart();
    await desk.until((snapshot) => snapshot.c1.kind === 'offline');
    c1.faults.clear();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('with its tokens: new ones are asked for, and nobody notices', async () => {
    const desk = await openDesk();
    await desk.settle();
    desk.sandbox.c1.expireTokens();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(desk.snapshot.c1).toMatchObject({ kind: 'connected' });
  });
});

describe('an upload', () => {
  it('that breaks off once is sent again, whole', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    const { c1, world } = desk.sandbox;
    c1.faults.upload.add({ kind: 'drop', afterBytes: 1 }, 1);
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
    expect(c1.uploads()).toHaveLength(1);
    expect(accessIn(c1.access())).toEqual(accessOf(world));
    expect(c1.violations()).toEqual([]);
  });

  it('that always breaks off fails, leaves nothing here, and C1 may ask again', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1 } = desk.sandbox;
    c1.faults.upload.add({ kind: 'drop', afterBytes: 1 }, 'always');
    const task = await desk.syncNow();
    expect(task).toMatchObject({ outcome: { ok: false, code: 14, nonRetryable: false } });
    expect(c1.events('fault')).toHaveLength(3);
    expect(desk.snapshot.sync).toMatchObject({
      kind: 'failed',
      for: 'c1',
      because: { code: 'uploadFailed', next: 'wait' },
    });
    expect(await desk.leftovers()).toEqual([]);
    expect(desk.snapshot.uploaded).toBeNull();
    c1.faults.clear();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('whose acknowledgement was lost is told again, and C1 has it once', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1 } = desk.sandbox;
    c1.faults.rpc('FinishTask').add({ kind: 'drop', when: 'after' }, 1);
    const task = await desk.syncNow();
    await c1.waitFor('finished', ({ task: { finishes } }) => finishes === 2);
    expect(task).toMatchObject({ finishes: 2, outcome: { ok: true } });
    expect(c1.uploads()).toHaveLength(1);
  });
});

describe('tasks', () => {
  it('that C1 cancels stop at once, and nothing is uploaded', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1, xero } = desk.sandbox;
    const before = desk.calls('users');
    xero.fail({ endpoint: 'users', fault: { kind: 'hang' }, times: Infinity });
    const id = c1.enqueue('sync_full');
    await xero.arrived('users', before + 1);
    c1.cancel(id);
    const task = await desk.finished(id);
    expect(task).toMatchObject({ state: 'cancelled', outcome: { ok: false, code: 1 } });
    const { sync } = await desk.until(
      (snapshot) =>
        snapshot.sync.kind === 'failed' && snapshot.sync.because.code === 'c1TaskCancelled',
    );
    expect(sync).toMatchObject({ for: 'c1', because: { next: 'wait' } });
    expect(c1.uploads()).toEqual([]);
    xero.clearFaults();
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });

  it('of every kind that the app doesn’t do are refused for good, requests with a reason', async () => {
    const desk = await openDesk();
    await desk.connectC1();
    const { c1 } = desk.sandbox;
    const kinds = TaskSchema.fields.filter(({ oneof }) => oneof?.name === 'task_type');
    const requests = ['grant', 'revoke', 'create_account', 'delete_resource'];
    const others = [...kinds.map(({ name }) => name), 'unset', 'unknown'].filter(
      (kind) => ![...requests, 'none', 'hello', 'sync_full'].includes(kind),
    );
    const answers = async (names: readonly string[]) =>
      Promise.all(names.map(async (name) => (await desk.finished(c1.enqueue(name))).outcome));

    expect(others.length).toBeGreaterThan(18);
    for (const outcome of await answers(requests)) {
      expect(outcome).toMatchObject({
        ok: false,
        code: Code.FailedPrecondition,
        nonRetryable: true,
      });
    }
    for (const outcome of await answers(others)) {
      expect(outcome).toMatchObject({ ok: false, code: Code.Unimplemented, nonRetryable: true });
    }
    expect(c1.violations()).toEqual([]);
  });

  it('that only greet are answered by a Hello with their id', async () => {
    const desk = await openDesk();
    await desk.connectC1();
    const { c1 } = desk.sandbox;
    const none = c1.enqueue('none');
    const id = c1.enqueue('hello');
    expect(await desk.finished(id)).toMatchObject({ state: 'done' });
    expect(c1.events('hello').map(({ request }) => request.taskId)).toEqual(['', id]);
    expect(c1.tasks().find((task) => task.id === none)).toMatchObject({ outcome: null });
    expect(c1.violations()).toEqual([]);
  });

  it('delivered twice run once: ignored while running, answered the same afterwards', async () => {
    const desk = await openDesk();
    await desk.settle();
    const { c1 } = desk.sandbox;
    let letGo: (() => void) | undefined;
    const until = new Promise<void>((resolve) => (letGo = resolve));
    c1.faults.rpc('UploadAsset').add({ kind: 'hold', until }, 1);
    const id = c1.enqueue('sync_full');
    await c1.waitFor('heartbeat', ({ task }) => task.id === id);
    c1.deliverAgain(id);
    await c1.waitFor('claimed', ({ task }) => task.id === id && task.deliveries === 2);
    // It asks for the next task only once it has done with this delivery.
    const polls = c1.events('poll').length;
    await c1.waitFor('poll', () => c1.events('poll').length > polls);
    letGo?.();
    // C1 has the answer a moment before the app knows so, which ignores a task that it is still busy with.
    await desk.until(({ events }) =>
      events.some(({ event }) => event.kind === 'sync' && event.what === 'done'),
    );
    c1.deliverAgain(id);
    await c1.waitFor('finished', ({ task }) => task.id === id && task.finishes === 2);
    const task = c1.tasks().find((each) => each.id === id);
    expect(task).toMatchObject({ deliveries: 3, finishes: 2, outcome: { ok: true } });
    expect(c1.uploads()).toHaveLength(1);
    expect(c1.violations()).toEqual([]);
  });
});
