import { describe, expect, it } from 'vitest';
import { SleepWatch } from '../../../main/connector/sleep-watch.ts';
import { FakeClock } from '../fake-clock.ts';

const HOUR = 3_600_000;

function watch() {
  const clock = new FakeClock();
  const stop = new AbortController();
  const seen = { wakes: 0 };
  const watched = new SleepWatch({ clock, onWake: () => (seen.wakes += 1) });
  const ended = watched.run(stop.signal);
  return { clock, stop, seen, watched, ended };
}

describe('the machine’s sleep', () => {
  it('is noticed by the clock alone, once for each sleep', async () => {
    const { clock, seen } = watch();
    await clock.advance(60_000);
    await clock.suspend(HOUR);
    expect(seen.wakes).toBe(1);
    await clock.advance(60_000);
    await clock.suspend(HOUR);
    expect(seen.wakes).toBe(2);
  });

  it('isn’t seen in time that passes as usual, nor in a busy half minute', async () => {
    const { clock, seen } = watch();
    await clock.advance(HOUR);
    await clock.suspend(35_000);
    expect(seen.wakes).toBe(0);
  });

  it('counts once when the system tells of it too, whichever is first', async () => {
    const { clock, seen, watched } = watch();
    await clock.suspend(HOUR);
    watched.resumed();
    expect(seen.wakes).toBe(1);
    await clock.advance(60_000);
    watched.resumed();
    await clock.advance(60_000);
    expect(seen.wakes).toBe(2);
  });

  it('isn’t watched for any more once that is over', async () => {
    const { clock, seen, stop, ended } = watch();
    stop.abort();
    await ended;
    await clock.suspend(HOUR);
    expect(seen.wakes).toBe(0);
  });
});
