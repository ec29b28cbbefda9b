import type { Profile, ProfileValue } from './types.ts';

/** A profile without the values that Xero didn't send. */
export function knownValues(values: Readonly<Record<string, ProfileValue | null>>): Profile {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, ProfileValue] => entry[1] !== null),
  );
}

/** A time as people and policies read it, for example `2026-03-03T09:45:13.000Z`. */
export function timeText(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

/** The text without blanks at its ends; null when nothing is left. */
export function trimmed(text: string | null): string | null {
  const rest = text?.trim() ?? '';
  return rest === '' ? null : rest;
}
