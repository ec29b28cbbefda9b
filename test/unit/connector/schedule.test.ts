import { describe, expect, it } from 'vitest';
import { LOOK_EVERY_MS, Schedule } from '../../../main/connector/schedule.ts';
import type { Clock } from '../../../main/ports.ts';
import { steady } from '../c1/quiet.ts';
import { FakeClock, settle } from '../fake-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A laptop: while it sleeps, its wall clock goes on and its timers stand still. */
class Laptop implements Clock {
  readonly timers = new FakeClock();
  #slept = 0;

  now(): number {
    return this.timers.now() + this.#slept;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.timers.sleep(ms, signal);
  }

  shut(ms: number): void {
    this.#slept += ms;
  }
}

/** A schedule that runs; each look ends as `look` does, and is told to it or not. */
function scheduled(
  look: (schedule: Schedule) => Promise<void> | void = (each) => each.lookEnded(null),
) {
  const laptop = new Laptop();
  const stop = new AbortController();
  const times: number[] = [];
  const next: number[] = [];
  const began = laptop.now();
  const schedule = new Schedule({
    clock: laptop,
    random: steady,
    every: () => LOOK_EVERY_MS,
    onNext: (at) => next.push(at - began),
  });
  const ended = schedule.run(async () => {
    times.push(laptop.now() - began);
    await look(schedule);
  }, stop.signal);
  return { laptop, stop, times, next, ended, schedule, began };
}

describe('the app’s own looks', () => {
  it('come every half hour, and not at once', async () => {
    const { laptop, times, next } = scheduled();
    await settle();
    expect(times).toEqual([]);
    expect(next).toEqual([LOOK_EVERY_MS]);
    await laptop.timers.advance(LOOK_EVERY_MS - 1);
    expect(times).toEqual([]);
    await laptop.timers.advance(1);
    await laptop.timers.advance(LOOK_EVERY_MS);
    expect(times).toEqual([LOOK_EVERY_MS, 2 * LOOK_EVERY_MS]);
    expect(next).toEqual([LOOK_EVERY_MS, 2 * LOOK_EVERY_MS, 3 * LOOK_EVERY_MS]);
  });

  it('come within a minute after the laptop slept through their time', async () => {
    const { laptop, times } = scheduled();
    await laptop.timers.advance(10 * MINUTE);
    laptop.shut(8 * HOUR);
    await laptop.timers.advance(MINUTE);
    expect(times).toHaveLength(1);
    // One look makes up for all that were slept through.
    await laptop.timers.advance(LOOK_EVERY_MS - MINUTE);
    expect(times).toHaveLength(1);
  });

  it('are counted from the end of the last one, whoever asked for that', async () => {
    const ends: (() => void)[] = [];
    const { laptop, times, schedule } = scheduled(async (each) => {
      await new Promise<void>((end) => ends.push(end));
      each.lookEnded(null);
    });
    await laptop.timers.advance(3 * LOOK_EVERY_MS);
    expect(times).toEqual([LOOK_EVERY_MS]);
    ends[0]?.();
    await settle();
    await laptop.timers.advance(20 * MINUTE);
    schedule.lookEnded(null);
    await laptop.timers.advance(LOOK_EVERY_MS - 1);
    expect(times).toHaveLength(1);
    await laptop.timers.advance(1);
    expect(times).toHaveLength(2);
  });

  it('pass over a time at which there was nothing to look at', async () => {
    const { laptop, times } = scheduled(() => undefined);
    await laptop.timers.advance(2 * LOOK_EVERY_MS);
    expect(times).toEqual([LOOK_EVERY_MS, 2 * LOOK_EVERY_MS]);
  });

  it('end with the app', async () => {
    const { laptop, stop, times, ended } = scheduled();
    stop.abort();
    await ended;
    await laptop.timers.advance(2 * LOOK_EVERY_MS);
    expect(times).toEqual([]);
  });
});

describe('a pause that Xero asks for', () => {
  const nothingBefore = (at: number) => ({ at, before: 'nothing' }) as const;

  it('of 18 hours is waited out, and then no half hour more', async () => {
    const { laptop, times, schedule, began, next } = scheduled();
    schedule.lookEnded(nothingBefore(began + 18 * HOUR));
    expect(next.at(-1)).toBe(18 * HOUR);
    await laptop.timers.advance(18 * HOUR - 1);
    expect(times).toEqual([]);
    expect(schedule.paused).toBe(true);
    await laptop.timers.advance(1);
    expect(times).toEqual([18 * HOUR]);
    expect(schedule.paused).toBe(false);
  });

  it('of five minutes isn’t overslept', async () => {
    const { laptop, times, schedule, began } = scheduled();
    schedule.lookEnded(nothingBefore(began + 5 * MINUTE));
    await laptop.timers.advance(5 * MINUTE);
    expect(times).toEqual([5 * MINUTE]);
  });

  it('is over as soon as a look succeeds, such as one for C1', async () => {
    const { laptop, times, schedule, began } = scheduled();
    schedule.lookEnded(nothingBefore(began + 18 * HOUR));
    await laptop.timers.advance(HOUR);
    schedule.lookEnded(null);
    expect(schedule.paused).toBe(false);
    await laptop.timers.advance(LOOK_EVERY_MS);
    expect(times).toEqual([HOUR + LOOK_EVERY_MS]);
  });

  it('of a moment, asked for again and again, doesn’t make the app hurry', async () => {
    const { laptop, times, schedule } = scheduled((each) =>
      each.lookEnded(nothingBefore(laptop.now() + 1000)),
    );
    schedule.lookEnded(nothingBefore(laptop.now() + 1000));
    await laptop.timers.advance(3 * MINUTE);
    expect(times).toEqual([MINUTE, 2 * MINUTE, 3 * MINUTE]);
  });

  it('for one organisation doesn’t hold back the looks at the others', async () => {
    const { laptop, times, schedule, began } = scheduled((each) =>
      each.lookEnded({ at: began + 18 * HOUR, before: 'others' }),
    );
    schedule.lookEnded({ at: began + 18 * HOUR, before: 'others' });
    expect(schedule.paused).toBe(false);
    await laptop.timers.advance(2 * LOOK_EVERY_MS);
    expect(times).toEqual([LOOK_EVERY_MS, 2 * LOOK_EVERY_MS]);
  });

  it('for one organisation that is over before the half hour isn’t overslept', async () => {
    const { laptop, times, schedule, began } = scheduled();
    schedule.lookEnded({ at: began + 5 * MINUTE, before: 'others' });
    await laptop.timers.advance(5 * MINUTE);
    expect(times).toEqual([5 * MINUTE]);
  });
});
