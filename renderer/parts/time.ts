import { say } from '../../shared/language/say.ts';
import { dateFormat } from '../../shared/language/formats.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Anything nearer than this is "just now". */
const NOW = 45 * SECOND;

/** `short` for lines of facts ("12 min"), `long` for sentences ("12 minutes"). */
export type Width = 'short' | 'long';
/** The window's clock ticks no oftener. */
const TICK = 5 * SECOND;

/** A length of time in its largest whole unit: "12 min", "3 hours", "2 days". */
export function span(ms: number, width: Width = 'short'): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  if (minutes < 60)
    return width === 'short'
      ? say('time.minutes', { minutes })
      : say('count.minute', { count: minutes });
  const hours = Math.round(ms / HOUR);
  if (hours < 24) return say('count.hour', { count: hours });
  return say('count.day', { count: Math.round(ms / DAY) });
}

/** A moment seen from now: "just now", "12 min ago", "in 4 min". Both in milliseconds since 1970. */
export function relativeTime(at: number, now: number, width: Width = 'short'): string {
  const distance = Math.abs(now - at);
  if (distance < NOW) return say('time.justNow');
  const length = span(distance, width);
  return at < now ? say('time.ago', { length }) : say('time.in', { length });
}

/** The same where seconds matter: "20 seconds ago", "in 2 minutes". */
export function closeTime(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance >= MINUTE || distance < TICK) return relativeTime(at, now, 'long');
  const length = say('count.second', { count: Math.floor(distance / TICK) * 5 });
  return at < now ? say('time.ago', { length }) : say('time.in', { length });
}

/** A measured pace in round words: "every hour", "every 30 min", "every 2 days". */
export function pace(ms: number): string {
  const minutes = ms / MINUTE;
  if (minutes < 10) return say('time.everyMinutes', { minutes: Math.max(1, Math.round(minutes)) });
  const rounded = Math.round(minutes / 5) * 5;
  if (rounded < 120 && Math.abs(rounded - 60) > 5)
    return say('time.everyMinutes', { minutes: rounded });
  const hours = Math.round(ms / HOUR);
  if (hours < 20) return say('time.everyHours', { hours });
  const days = Math.max(1, Math.round(ms / DAY));
  return say('time.everyDays', { days });
}

/** A day far off, in the user's own locale and time zone: "3 March 2031". */
export function absoluteDay(at: number): string {
  return dateFormat({ dateStyle: 'long' }).format(at);
}

/** The exact moment, in the user's own locale and time zone. */
export function absoluteTime(at: number): string {
  return dateFormat({ dateStyle: 'full', timeStyle: 'short' }).format(at);
}
