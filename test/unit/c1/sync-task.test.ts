import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { taskId, taskOfKind } from './fake-c1.ts';
import { HeldHandler, startLoop } from './loop.ts';

const SYNC = { task: taskOfKind(1, 'syncFull'), nextPoll: 300_000 };

function startSync(polls = [SYNC]) {
  const held = new HeldHandler();
  return { held, ...startLoop({ syncFull: held.handler }, polls) };
}

const missed = () => {
  throw new ConnectError('down', Code.Unavailable);
};

describe('a full sync', () => {
  it('heartbeats before the work, and ends with one FinishTask', async () => {
    const { held, c1, finished, stop, run } = startSync();
    const ran = run();
    const { context, end } = await held.start();
    expect(context.taskId).toBe(taskId(1));
    expect(c1.heartbeats).toEqual([taskId(1)]);
    expect(c1.finished).toEqual([]);
    end({ kind: 'success' });
    expect(await finished()).toMatchObject([
      { taskId: taskId(1), task: 'syncFull', delivered: true, brokenOff: null },
    ]);
    expect(c1.finished).toMatchObject([{ taskId: taskId(1), finalState: { case: 'success' } }]);
    stop.abort();
    await ran;
  });

  it('heartbeats at the pace that C1 sets, and no more once it is over', async () => {
    const { held, c1, clock, finished, stop, run } = startSync();
    const wishes = [10_000, 0, 3_600_000, 1];
    c1.onHeartbeat = (call) => ({ next: wishes[call - 1] ?? 30_000 });
    const ran = run();
    const { end } = await held.start();
    await clock.untilAsleep(2);
    for (const pause of [10_000, 30_000, 300_000, 1000]) {
      expect(clock.sleeps).toContain(pause);
      const before = c1.heartbeats.length;
      await clock.advance(pause - 1);
      expect(c1.heartbeats).toHaveLength(before);
      await clock.advance(1);
      expect(c1.heartbeats).toHaveLength(before + 1);
    }
    end({ kind: 'success' });
    await finished();
    const beats = c1.heartbeats.length;
    await clock.advance(600_000);
    expect(c1.heartbeats).toHaveLength(beats);
    stop.abort();
    await ran;
  });

  it('that C1 cancelled before its start isn’t begun, and says so', async () => {
    const { held, c1, finished, stop, run } = startSync();
    c1.onHeartbeat = () => ({ cancelled: true });
    const ran = run();
    expect(await finished()).toMatchObject([{ brokenOff: { code: 'c1TaskCancelled' } }]);
    expect(held.started.all).toEqual([]);
    expect(c1.finished).toMatchObject([
      { status: { code: 1 }, finalState: { case: 'error', value: { nonRetryable: false } } },
    ]);
    stop.abort();
    await ran;
  });

  it('that C1 cancels stops its work, and says so whatever the work made of it', async () => {
    const { held, c1, clock, finished, stop, run } = startSync();
    c1.onHeartbeat = (call) => ({ cancelled: call === 2, next: 5000 });
    const ran = run();
    const { context, end } = await held.start();
    await clock.untilAsleep(2);
    expect(context.signal.aborted).toBe(false);
    await clock.advance(5000);
    expect(context.signal.aborted).toBe(true);
    end({ kind: 'failure', code: Code.Unavailable, message: 'stopped', nonRetryable: true });
    expect(await finished()).toMatchObject([{ brokenOff: { code: 'c1TaskCancelled' } }]);
    expect(c1.finished).toMatchObject([
      { status: { code: 1 }, finalState: { case: 'error', value: { nonRetryable: false } } },
    ]);
    stop.abort();
    await ran;
  });

  it('that was done before the cancelling came is reported as done', async () => {
    const { held, c1, clock, finished, stop, run } = startSync();
    c1.onHeartbeat = (call) => ({ cancelled: call === 2, next: 5000 });
    const ran = run();
    const { end } = await held.start();
    await clock.untilAsleep(2);
    await clock.advance(5000);
    end({ kind: 'success' });
    await finished();
    expect(c1.finished).toMatchObject([{ finalState: { case: 'success' } }]);
    stop.abort();
    await ran;
  });

  it('is given up after nine heartbeats in a row were missed', async () => {
    const { held, c1, clock, finished, stop, run } = startSync();
    let beats = 0;
    c1.onHeartbeat = (call) => {
      beats = call;
      return call === 1 ? {} : missed();
    };
    const ran = run();
    const { context, end } = await held.start();
    await clock.untilAsleep(2);
    await clock.advance(8 * 30_000);
    expect(context.signal.aborted).toBe(false);
    await clock.advance(30_000);
    expect(context.signal.aborted).toBe(true);
    end({ kind: 'failure', code: Code.Unknown, message: 'stopped', nonRetryable: false });
    expect(await finished()).toMatchObject([{ brokenOff: { code: 'c1HeartbeatLost' } }]);
    expect(beats).toBe(10);
    stop.abort();
    await ran;
  });

  it('goes on when a heartbeat comes through in between, also if the first was missed', async () => {
    const { held, c1, clock, finished, stop, run } = startSync();
    let calls = 0;
    c1.onHeartbeat = () => {
      calls += 1;
      return calls % 9 === 0 ? {} : missed();
    };
    const ran = run();
    const { context, end } = await held.start();
    await clock.untilAsleep(2);
    await clock.advance(25 * 30_000);
    expect(context.signal.aborted).toBe(false);
    end({ kind: 'success' });
    await finished();
    stop.abort();
    await ran;
  });

  it('waits for another sync, alive, and both are answered', async () => {
    const { held, c1, clock, finished, stop, run } = startSync([
      { ...SYNC, nextPoll: 0 },
      { task: taskOfKind(2, 'syncFull'), nextPoll: 300_000 },
    ]);
    const ran = run();
    const first = await held.start(1);
    await clock.untilAsleep(3);
    expect(c1.heartbeats).toEqual([taskId(1), taskId(2)]);
    expect(held.started.all).toHaveLength(1);
    first.end({ kind: 'success' });
    const second = await held.start(2);
    expect(second.context.taskId).toBe(taskId(2));
    second.end({ kind: 'success' });
    await finished(2);
    expect(c1.finished.map((finish) => finish.taskId)).toEqual([taskId(1), taskId(2)]);
    stop.abort();
    await ran;
  });

  it('that is cancelled while it waits for another is answered without its turn', async () => {
    const { held, c1, clock, finished, stop, run } = startSync([
      { ...SYNC, nextPoll: 0 },
      { task: taskOfKind(2, 'syncFull'), nextPoll: 300_000 },
    ]);
    c1.onHeartbeat = (call) => ({ cancelled: call === 4, next: 5000 });
    const ran = run();
    const first = await held.start(1);
    await clock.untilAsleep(3);
    await clock.advance(5000);
    expect(await finished()).toMatchObject([
      { taskId: c1.heartbeats[3], brokenOff: { code: 'c1TaskCancelled' } },
    ]);
    expect(held.started.all).toHaveLength(1);
    first.end({ kind: 'success' });
    await finished(2);
    stop.abort();
    await ran;
  });

  it('has no heartbeat when it is another kind of task', async () => {
    const held = new HeldHandler();
    const { c1, finished, stop, run } = startLoop({ grant: held.handler }, [
      { task: taskOfKind(1, 'grant'), nextPoll: 300_000 },
    ]);
    const ran = run();
    (await held.start()).end({ kind: 'success' });
    await finished();
    expect(c1.heartbeats).toEqual([]);
    stop.abort();
    await ran;
  });
});
