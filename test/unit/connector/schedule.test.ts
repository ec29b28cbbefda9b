import { describe, expect, it } from 'vitest';
import { LOOK_EVERY_MS, repeat } from '../../../main/connector/schedule.ts';
import type { Clock } from '../../../main/ports.ts';
import { steady } from '../c1/quiet.ts';
import { FakeClock, settle } from '../fake-clock.ts';

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

function repeating(work: () => Promise<void> = () => Promise.resolve()) {
  const laptop = new Laptop();
  const stop = new AbortController();
  const times: number[] = [];
  const began = laptop.now();
  const ended = repeat(
    () => {
      times.push(laptop.now() - began);
      return work();
    },
    { everyMs: LOOK_EVERY_MS, clock: laptop, random: steady },
    stop.signal,
  );
  return { laptop, stop, times, ended };
}

describe('the app’s own looks', () => {
  it('come every half hour, and not at once', async () => {
    const { laptop, times } = repeating();
    await settle();
    expect(times).toEqual([]);
    await laptop.timers.advance(LOOK_EVERY_MS - 1);
    expect(times).toEqual([]);
    await laptop.timers.advance(1);
    await laptop.timers.advance(LOOK_EVERY_MS);
    expect(times).toEqual([LOOK_EVERY_MS, 2 * LOOK_EVERY_MS]);
  });

  it('come within a minute after the laptop slept through their time', async () => {
    const { laptop, times } = repeating();
    await laptop.timers.advance(10 * 60_000);
    laptop.shut(8 * 3600_000);
    await laptop.timers.advance(60_000);
    expect(times).toHaveLength(1);
    // One look makes up for all that were slept through.
    await laptop.timers.advance(LOOK_EVERY_MS - 60_000);
    expect(times).toHaveLength(1);
  });

  it('are counted from the end of the last one', async () => {
    const ends: (() => void)[] = [];
    const { laptop, times } = repeating(() => new Promise((end) => ends.push(end)));
    await laptop.timers.advance(3 * LOOK_EVERY_MS);
    expect(times).toEqual([LOOK_EVERY_MS]);
    ends[0]?.();
    await settle();
    await laptop.timers.advance(LOOK_EVERY_MS - 1);
    expect(times).toHaveLength(1);
    await laptop.timers.advance(1);
    expect(times).toHaveLength(2);
  });

  it('end with the app', async () => {
    const { laptop, stop, times, ended } = repeating();
    stop.abort();
    await ended;
    await laptop.timers.advance(2 * LOOK_EVERY_MS);
    expect(times).toEqual([]);
  });
});
