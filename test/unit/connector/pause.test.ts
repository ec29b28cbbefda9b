import { describe, expect, it } from 'vitest';
import { lasts, Pause } from '../../../main/connector/pause.ts';
import { defaultSettings } from '../../../main/connector/settings.ts';
import { initialSnapshot } from '../../../main/connector/state.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import type { HistoryEvent } from '../../../shared/history.ts';
import { FakeClock, settle } from '../fake-clock.ts';
import { MemorySettings, settingsDiskFull } from './memory-settings.ts';
import { APP, HARBOUR } from './snapshots.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A computer with these settings; each `run` is one start of the app. */
function computer(settings = new MemorySettings(defaultSettings(HARBOUR))) {
  const clock = new FakeClock();
  const run = () => {
    const state = new StateHolder(initialSnapshot(APP));
    const heard: string[] = [];
    const recorded: HistoryEvent[] = [];
    const history = { record: (event: HistoryEvent) => void recorded.push(event) };
    const pause = new Pause({ clock, settings, state, history, onChange: (to) => heard.push(to) });
    const stop = new AbortController();
    void pause.run(stop.signal);
    return { pause, heard, recorded, stop, shown: () => state.snapshot.settings.pausedUntil };
  };
  return { clock, settings, run };
}

describe('a pause', () => {
  it('for an hour ends by itself after an hour, and is shown meanwhile', async () => {
    const { clock, run } = computer();
    const { pause, heard, recorded, shown } = run();
    pause.begin('hour');
    const until = clock.now() + HOUR;
    expect(pause.on).toBe(true);
    expect(shown()).toEqual({ kind: 'time', since: clock.now(), until: clock.now() + HOUR });
    await clock.advance(HOUR - 1);
    expect(pause.on).toBe(true);
    await clock.advance(MINUTE);
    expect(pause.on).toBe(false);
    expect(shown()).toBeNull();
    expect(heard).toEqual(['paused', 'resumed']);
    expect(recorded).toEqual([
      { kind: 'pause', what: 'paused', until },
      { kind: 'pause', what: 'resumed', by: 'time' },
    ]);
  });

  it('until tomorrow ends at eight of the next day, by the computer’s own time', () => {
    const { clock, run } = computer();
    const { pause, shown } = run();
    pause.begin('tomorrow');
    const span = shown();
    const until = new Date(span?.kind === 'time' ? span.until : 0);
    const today = new Date(clock.now());
    expect([until.getHours(), until.getMinutes()]).toEqual([8, 0]);
    expect(until.getDate()).toBe(new Date(today.setDate(today.getDate() + 1)).getDate());
  });

  it('by hand lasts until it is resumed', async () => {
    const { clock, run } = computer();
    const { pause, heard } = run();
    pause.begin('byHand');
    await clock.advance(3 * HOUR);
    expect(pause.on).toBe(true);
    pause.resume();
    expect(pause.on).toBe(false);
    expect(heard).toEqual(['paused', 'resumed']);
  });

  it('goes on over a restart, and isn’t made longer by it', async () => {
    const { clock, run } = computer();
    const first = run();
    first.pause.begin('hour');
    await clock.advance(50 * MINUTE);
    first.stop.abort();
    const second = run();
    expect(second.pause.on).toBe(true);
    await clock.advance(11 * MINUTE);
    expect(second.heard).toEqual(['resumed']);
  });

  it('that ended while the app didn’t run is over at its start', async () => {
    const { clock, settings, run } = computer();
    run().pause.begin('hour');
    await clock.suspend(3 * HOUR);
    await settle();
    const later = run();
    await settle();
    expect(later.pause.on).toBe(false);
    expect(settings.read().pausedUntil).toBeNull();
  });

  it('is over when the clock is set back before it began, and not by a small correction', () => {
    const span = { kind: 'time', since: 10 * HOUR, until: 11 * HOUR } as const;
    expect(lasts(span, 10 * HOUR - 2_000)).toBe(true);
    expect(lasts(span, 9 * HOUR)).toBe(false);
    expect(lasts(span, 12 * HOUR)).toBe(false);
  });

  it('holds new tasks back until it is resumed', async () => {
    const { clock, run } = computer();
    const { pause, stop } = run();
    pause.begin('byHand');
    let passed = false;
    void pause.over(stop.signal).then(() => (passed = true));
    await clock.advance(HOUR);
    expect(passed).toBe(false);
    pause.resume();
    await settle();
    expect(passed).toBe(true);
  });

  it('isn’t begun where the disk doesn’t take it, and ends all the same', async () => {
    const { clock, settings, run } = computer();
    const { pause, heard, shown } = run();
    settings.breakDown(settingsDiskFull);
    expect(pause.begin('hour')).toMatchObject({ ok: false });
    expect([pause.on, shown(), heard]).toEqual([false, null, []]);
    settings.mend();
    pause.begin('hour');
    settings.breakDown(settingsDiskFull);
    await clock.advance(HOUR + MINUTE);
    expect([pause.on, shown()]).toEqual([false, null]);
  });
});
