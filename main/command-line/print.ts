import type { Report } from './surroundings.ts';

/** A report for a person, or for a machine. */
export function print({ words, json }: Report, asJson: boolean): string {
  return asJson ? `${JSON.stringify(json)}\n` : `${words.join('\n')}\n`;
}
