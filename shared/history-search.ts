import type { HistoryEntry, HistoryQuery } from './history.ts';
import { HISTORY_KINDS, tell } from './history-words.ts';

/** Whether an entry is of a kind that is asked for and has all the words, wherever they stand. */
export function fits({ event }: HistoryEntry, { kinds, search }: HistoryQuery): boolean {
  if (kinds.length > 0 && !kinds.includes(event.kind)) return false;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { sentence, details } = tell(event);
  const text = [HISTORY_KINDS[event.kind], sentence, ...details.map(({ value }) => value)]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
