import { expect, it } from 'vitest';
import { everyDay } from '../../../main/connector/every-day.ts';
import { FakeClock } from '../fake-clock.ts';

const HOUR = 60 * 60_000;

it('is done once a day, also after the clock was set back, until the app ends', async () => {
  const clock = new FakeClock();
  const begun = clock.now();
  const stop = new AbortController();
  const done: number[] = [];
  const work = () => Promise.resolve(void done.push((clock.now() - begun) / HOUR));
  // The wall clock, which somebody sets back by a year after the second time.
  const wall = () => clock.now() - (done.length >= 2 ? 365 * 24 * HOUR : 0);
  const days = everyDay(
    work,
    { now: wall, sleep: (ms, signal) => clock.sleep(ms, signal) },
    stop.signal,
  );
  for (let hours = 0; hours < 24 * 3 + 2; hours += 1) {
    await clock.untilAsleep();
    await clock.advance(HOUR);
  }
  expect(done.length).toBe(3);
  expect(done.slice(0, 2)).toEqual([24, 48]);
  stop.abort();
  await days;
});
