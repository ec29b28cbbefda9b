import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { settle } from '../fake-clock.ts';
import { taskOfKind } from './fake-c1.ts';
import { HeldHandler, startLoop } from './loop.ts';

// Calls have deadlines by real timers; everything else sleeps by the fake clock.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('a sync whose heartbeats C1 never answers is given up after nine of them', async () => {
  const held = new HeldHandler();
  const { c1, clock, stop, run, finished } = startLoop({ syncFull: held.handler }, [
    { task: taskOfKind(1, 'syncFull'), nextPoll: 300_000 },
  ]);
  c1.onHeartbeat = (call) => (call === 1 ? { next: 10_000 } : new Promise(() => undefined));
  const ran = run();
  const { context } = await held.start();
  for (let missed = 0; missed < 9; missed += 1) {
    expect(context.signal.aborted).toBe(false);
    await clock.untilAsleepFor(10_000);
    await clock.advance(10_000);
    expect(c1.heartbeats).toHaveLength(missed + 2);
    await vi.advanceTimersByTimeAsync(30_000);
    await settle();
  }
  expect(context.signal.aborted).toBe(true);
  expect(c1.hangUps).toEqual(Array(9).fill('renew'));
  await clock.advance(1000);
  expect(await finished()).toMatchObject([{ brokenOff: { code: 'c1HeartbeatLost' } }]);
  expect(c1.finished).toMatchObject([{ status: { code: 1 } }]);
  stop.abort();
  await ran;
});

it.each([
  ['huge', { seconds: 2n ** 63n - 1n, nanos: 999_999_999 }, 300_000],
  ['negative', { seconds: -(2n ** 63n), nanos: -(2 ** 31) }, 1000],
  ['made of odd nanoseconds', { seconds: 0n, nanos: 2 ** 31 - 1 }, 2147],
  ['nothing', durationFromMs(0), 30_000],
])('a wish for the next heartbeat that is %s is kept within bounds', async (_, next, pause) => {
  const held = new HeldHandler();
  const { c1, clock, stop, run } = startLoop({ syncFull: held.handler }, [
    { task: taskOfKind(1, 'syncFull'), nextPoll: 60_000 },
  ]);
  c1.onHeartbeat = () => ({ next });
  const ran = run();
  const { end } = await held.start();
  await clock.untilAsleepFor(pause);
  end({ kind: 'success' });
  stop.abort();
  await ran;
});
