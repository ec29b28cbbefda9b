import { say } from '../../shared/language/say.ts';

/** A size in bytes as people say it: "48 kB". */
export function size(bytes: number): string {
  if (bytes < 1_000) return say('count.byte', { count: bytes });
  if (bytes < 1_000_000)
    return say('numbers.kilobytes', { size: Math.round(bytes / 1_000).toLocaleString() });
  return say('numbers.megabytes', { size: (bytes / 1_000_000).toFixed(1) });
}
