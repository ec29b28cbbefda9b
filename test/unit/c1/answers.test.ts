import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import type { TaskHandler, TaskOutcome } from '../../../main/c1/task.ts';
import { settle } from '../fake-clock.ts';
import { taskId, taskOfKind, type FakeC1 } from './fake-c1.ts';
import { HeldHandler, startLoop } from './loop.ts';

const GRANT = { task: taskOfKind(1, 'grant'), nextPoll: 60_000 };
const success: TaskOutcome = { kind: 'success' };

function failing(nonRetryable: boolean): TaskOutcome {
  return { kind: 'failure', code: Code.NotFound, message: 'No such role.', nonRetryable };
}

/** A handler that always ends the same way, and counts. */
function counted(outcome: TaskOutcome) {
  const counter = { runs: 0 };
  const handler: TaskHandler = () => {
    counter.runs += 1;
    return Promise.resolve(outcome);
  };
  return { counter, handler };
}

/** C1 hands the same task out a second time, a minute after the first was answered. */
async function deliverTwice(outcome: TaskOutcome, onFinish?: FakeC1['onFinish']) {
  const { counter, handler } = counted(outcome);
  const { c1, clock, finished, stop, run } = startLoop({ grant: handler }, [GRANT, GRANT]);
  if (onFinish !== undefined) c1.onFinish = onFinish;
  const ran = run();
  const first = await finished(1);
  await clock.untilAsleep();
  await clock.advance(60_000);
  await finished(2);
  stop.abort();
  await ran;
  return { first, runs: counter.runs, received: c1.finished };
}

describe('a task that is delivered twice', () => {
  it.each([
    ['a success', success, 'success'],
    ['a final error', failing(true), 'error'],
  ])('gets the same answer again after %s', async (_, outcome, state) => {
    const { runs, received } = await deliverTwice(outcome);
    expect(runs).toBe(1);
    expect(received).toMatchObject([
      { taskId: taskId(1), finalState: { case: state } },
      { taskId: taskId(1), finalState: { case: state } },
    ]);
  });

  it('runs anew after an error that may be tried again', async () => {
    expect((await deliverTwice(failing(false))).runs).toBe(2);
  });

  it('runs anew when its answer never reached C1', async () => {
    const { first, runs } = await deliverTwice(success, () => {
      throw new ConnectError('unknown task', Code.NotFound);
    });
    expect(first).toMatchObject([{ delivered: false }]);
    expect(runs).toBe(2);
  });

  it('is ignored while it still runs', async () => {
    const held = new HeldHandler();
    const { c1, clock, finished, stop, run } = startLoop({ grant: held.handler }, [GRANT, GRANT]);
    const ran = run();
    const { end } = await held.start();
    await clock.untilAsleep();
    await clock.advance(60_000);
    await clock.untilAsleep();
    expect(c1.polls).toBe(2);
    expect(held.started.all).toHaveLength(1);
    end(success);
    await finished();
    expect(c1.finished).toHaveLength(1);
    stop.abort();
    await ran;
  });
});

describe('a FinishTask', () => {
  it('that C1 refuses isn’t repeated', async () => {
    const { handler } = counted(success);
    const { c1, finished, stop, run } = startLoop({ grant: handler }, [GRANT]);
    let tries = 0;
    c1.onFinish = () => {
      tries += 1;
      throw new ConnectError('bad', Code.InvalidArgument);
    };
    const ran = run();
    expect(await finished()).toMatchObject([{ delivered: false }]);
    expect(tries).toBe(1);
    stop.abort();
    await ran;
  });

  it('tells of a bug as an error that may be tried again, without its words', async () => {
    const { c1, log, finished, stop, run } = startLoop(
      { grant: () => Promise.reject(new TypeError('jane@example.com has no role')) },
      [GRANT],
    );
    const ran = run();
    await finished();
    expect(c1.finished).toMatchObject([
      { status: { code: Code.Internal }, finalState: { value: { nonRetryable: false } } },
    ]);
    expect(c1.finished[0]?.status?.message).not.toContain('jane');
    expect(log.lines.join()).toContain('TypeError');
    expect(log.lines.join()).not.toContain('jane');
    stop.abort();
    await ran;
  });
});

describe('stopping', () => {
  const uploading: TaskHandler = async (_task, { upload }) => {
    const uploaded = await upload(import.meta.filename, () => undefined);
    return uploaded.ok ? success : failing(false);
  };

  /** Holds the first message of an upload back until the test lets it go. */
  function heldUpload() {
    const { promise: begun, resolve: begin } = deferred();
    const { promise: free, resolve: release } = deferred();
    const onUpload = async () => {
      begin();
      await free;
    };
    return { begun, release, onUpload };
  }

  it('ends work at once, and C1 is told so', async () => {
    const held = new HeldHandler();
    const { c1, stop, run } = startLoop({ syncFull: held.handler }, [
      { task: taskOfKind(1, 'syncFull'), nextPoll: 60_000 },
    ]);
    const ran = run();
    const { context, end } = await held.start();
    context.signal.addEventListener('abort', () => end(failing(true)));
    stop.abort();
    expect(await ran).toEqual({ ok: true, value: undefined });
    expect(c1.finished).toMatchObject([
      { status: { code: 1 }, finalState: { value: { nonRetryable: false } } },
    ]);
  });

  it('lets a running upload finish', async () => {
    const { begun, release, onUpload } = heldUpload();
    const { c1, clock, stop, run } = startLoop({ syncFull: uploading }, [
      { task: taskOfKind(1, 'syncFull'), nextPoll: 60_000 },
    ]);
    c1.onUpload = onUpload;
    const ran = run();
    await begun;
    stop.abort();
    await settle();
    await clock.advance(29_000);
    release();
    expect(await ran).toEqual({ ok: true, value: undefined });
    expect(c1.uploads).toHaveLength(1);
    expect(c1.finished).toMatchObject([{ finalState: { case: 'success' } }]);
    expect(c1.polls).toBe(1);
  });

  it('ends an upload that takes longer than 30 seconds', async () => {
    const { begun, onUpload } = heldUpload();
    const { c1, clock, stop, run } = startLoop({ syncFull: uploading }, [
      { task: taskOfKind(1, 'syncFull'), nextPoll: 60_000 },
    ]);
    c1.onUpload = onUpload;
    const ran = run();
    await begun;
    stop.abort();
    await settle();
    await clock.advance(30_000);
    expect(await ran).toEqual({ ok: true, value: undefined });
    expect(c1.finished).toMatchObject([{ status: { code: 1 } }]);
  });

  it('doesn’t wait for work that never ends', async () => {
    const held = new HeldHandler();
    const { clock, stop, run } = startLoop({ grant: held.handler }, [GRANT]);
    const ran = run();
    await held.start();
    stop.abort();
    await settle();
    await clock.advance(35_000);
    expect(await ran).toEqual({ ok: true, value: undefined });
  });

  it('tries to deliver an answer once more at most', async () => {
    const { handler } = counted(success);
    const { c1, clock, stop, run } = startLoop({ grant: handler }, [GRANT]);
    let tries = 0;
    c1.onFinish = () => {
      tries += 1;
      throw new ConnectError('down', Code.Unavailable);
    };
    const ran = run();
    await clock.untilAsleep(2);
    expect(tries).toBe(1);
    stop.abort();
    expect(await ran).toEqual({ ok: true, value: undefined });
    expect(tries).toBe(2);
  });
});

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
