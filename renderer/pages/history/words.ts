import { say } from '../../../shared/language/say.ts';

/** The words of the History page that count. */

export function fresh(count: number): string {
  return say('history.showNewEntries', { count });
}

export function saved(entries: number): string {
  return say('history.entriesWereSaved', { entries });
}
