import type { HistoryEntry } from '../../../shared/history.ts';
import { say } from '../../../shared/language/say.ts';
import { dateFormat } from '../../../shared/language/formats.ts';

const DAY = 24 * 3_600_000;

/** The entries of one day, newest first. */
export interface Day {
  /** Tells days apart. */
  readonly key: string;
  readonly entries: readonly HistoryEntry[];
}

/** Entries, newest first, by the day of the user's own time zone on which they were recorded. */
export function byDay(entries: readonly HistoryEntry[]): readonly Day[] {
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const key = dayOf(entry.at);
    const others = days.get(key);
    if (others === undefined) days.set(key, [entry]);
    else others.push(entry);
  }
  return [...days].map(([key, those]) => ({ key, entries: those }));
}

/** "Today", "Yesterday", or the day itself: "Monday, 23 November 2026". */
export function dayName(at: number, now: number): string {
  if (dayOf(at) === dayOf(now)) return say('history.today');
  if (dayOf(at) === dayOf(now - DAY)) return say('history.yesterday');
  return dateFormat({ dateStyle: 'full' }).format(at);
}

/** The time of day: "14:12". */
export function clockTime(at: number): string {
  return dateFormat({ timeStyle: 'short' }).format(at);
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}
