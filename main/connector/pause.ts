import type { Result } from '../../shared/errors.ts';
import { succeed } from '../../shared/errors.ts';
import type { Pause as Span } from '../../shared/settings-schema.ts';
import type { PauseLength } from '../../shared/settings.ts';
import type { Clock } from '../ports.ts';
import type { HistoryLog } from './history.ts';
import { shownSettings, type SettingsStore } from './settings.ts';
import type { StateHolder } from './state-holder.ts';

const HOUR_MS = 60 * 60_000;
/** When a pause until tomorrow ends there, by the computer's own time zone. */
const MORNING = 8;
/** Short, since timers stand still while a laptop sleeps. */
const LONGEST_SLEEP_MS = 30_000;
/** A clock may be set back by so much without ending a pause. */
const SET_BACK_MS = 60_000;

interface PauseSurroundings {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly state: StateHolder;
  readonly history: HistoryLog;
  /** It has begun, or ended by itself or by hand. */
  readonly onChange: (to: 'paused' | 'resumed') => void;
}

/**
 * The admin's pause: no looks by itself and no new tasks from C1. It stands in the settings and counts
 * by the wall clock, so that neither a restart nor sleep makes it longer.
 */
export class Pause {
  readonly #surroundings: PauseSurroundings;
  #resumed = new AbortController();

  constructor(surroundings: PauseSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Whether it lasts at this moment. */
  get on(): boolean {
    const { clock, settings } = this.#surroundings;
    return lasts(settings.read().pausedUntil, clock.now());
  }

  begin(length: PauseLength): Result<void> {
    const { clock, history, onChange } = this.#surroundings;
    const span = spanOf(length, clock.now());
    const begun = this.#keep(span);
    if (!begun.ok) return begun;
    const until = span.kind === 'time' ? span.until : null;
    history.record({ kind: 'pause', what: 'paused', until });
    onChange('paused');
    return begun;
  }

  resume(): Result<void> {
    if (this.#surroundings.settings.read().pausedUntil === null) return succeed();
    const kept = this.#keep(null);
    if (kept.ok) this.#end('hand');
    return kept;
  }

  /** Resolves at once where nothing is paused, else when the pause ends or the signal aborts. */
  async over(signal: AbortSignal): Promise<void> {
    const { clock } = this.#surroundings;
    while (this.on && !signal.aborted) {
      const either = AbortSignal.any([signal, this.#resumed.signal]);
      await clock.sleep(LONGEST_SLEEP_MS, either);
    }
  }

  /** Ends a pause whose time is up, also one that ended while the app didn't run, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, settings } = this.#surroundings;
    while (!signal.aborted) {
      const span = settings.read().pausedUntil;
      if (span !== null && !this.on) {
        // A full disk mustn't make it last: the clock ended it, whatever the settings still say.
        if (!this.#keep(null).ok) this.#tell(null);
        this.#end('time');
      }
      const left = span?.kind === 'time' ? span.until - clock.now() : LONGEST_SLEEP_MS;
      await clock.sleep(Math.min(Math.max(left, 1000), LONGEST_SLEEP_MS), signal);
    }
  }

  #keep(span: Span | null): Result<void> {
    const { settings } = this.#surroundings;
    const kept = settings.change({ pausedUntil: span });
    if (kept.ok) this.#tell(span);
    return kept;
  }

  #tell(pausedUntil: Span | null): void {
    const { settings, state } = this.#surroundings;
    state.tell({ type: 'settingsMoved', to: { ...shownSettings(settings.read()), pausedUntil } });
  }

  #end(by: 'hand' | 'time'): void {
    this.#resumed.abort();
    this.#resumed = new AbortController();
    const { history, onChange } = this.#surroundings;
    history.record({ kind: 'pause', what: 'resumed', by });
    onChange('resumed');
  }
}

/** Whether a pause lasts at this time. One that seems to begin later is over: the clock was set back. */
export function lasts(span: Span | null, now: number): boolean {
  if (span === null) return false;
  if (span.kind === 'byHand') return true;
  return now < span.until && now > span.since - SET_BACK_MS;
}

function spanOf(length: PauseLength, now: number): Span {
  switch (length) {
    case 'hour':
      return { kind: 'time', since: now, until: now + HOUR_MS };
    case 'tomorrow':
      return { kind: 'time', since: now, until: tomorrowMorning(now) };
    case 'byHand':
      return { kind: 'byHand', since: now };
  }
}

/** Eight o'clock of the next day, whatever daylight saving does in between. */
function tomorrowMorning(now: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  return day.setHours(MORNING, 0, 0, 0);
}
