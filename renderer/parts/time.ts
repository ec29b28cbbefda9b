const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Anything nearer than this is "just now". */
const NOW = 45 * SECOND;

/** `short` for lines of facts ("12 min"), `long` for sentences ("12 minutes"). */
export type Width = 'short' | 'long';

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A length of time in its largest whole unit: "12 min", "3 hours", "2 days". */
export function span(ms: number, width: Width = 'short'): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  if (minutes < 60) return width === 'short' ? `${minutes} min` : counted(minutes, 'minute');
  const hours = Math.round(ms / HOUR);
  if (hours < 24) return counted(hours, 'hour');
  return counted(Math.round(ms / DAY), 'day');
}

/** A moment seen from now: "just now", "12 min ago", "in 4 min". Both in milliseconds since 1970. */
export function relativeTime(at: number, now: number, width: Width = 'short'): string {
  const distance = Math.abs(now - at);
  if (distance < NOW) return 'just now';
  const length = span(distance, width);
  return at < now ? `${length} ago` : `in ${length}`;
}

/** A measured pace in round words: "every hour", "every 30 min", "every 2 days". */
export function pace(ms: number): string {
  const minutes = ms / MINUTE;
  if (minutes < 10) return `every ${Math.max(1, Math.round(minutes))} min`;
  const rounded = Math.round(minutes / 5) * 5;
  if (rounded < 120 && Math.abs(rounded - 60) > 5) return `every ${rounded} min`;
  const hours = Math.round(ms / HOUR);
  if (hours < 20) return hours === 1 ? 'every hour' : `every ${hours} hours`;
  const days = Math.max(1, Math.round(ms / DAY));
  return days === 1 ? 'every day' : `every ${days} days`;
}

/** A day far off, in the user's own locale and time zone: "3 March 2031". */
export function absoluteDay(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }).format(at);
}

/** The exact moment, in the user's own locale and time zone. */
export function absoluteTime(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' }).format(at);
}
