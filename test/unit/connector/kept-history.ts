import { succeed, type Result } from '../../../shared/errors.ts';
import type { HistoryEntry, HistoryEvent, HistoryQuery } from '../../../shared/history.ts';
import { fits } from '../../../shared/history-search.ts';
import { tell } from '../../../shared/history-words.ts';
import type { ReadableHistory } from '../../../main/connector/history.ts';

/** A history that keeps its events, for a test to look at. */
export class KeptHistory implements ReadableHistory {
  readonly events: HistoryEvent[] = [];

  record(event: HistoryEvent): void {
    this.events.push(event);
  }

  /** Each a millisecond after the one before it. */
  all(query: HistoryQuery): Promise<Result<readonly HistoryEntry[]>> {
    const entries = this.events.map((event, at) => ({ id: `entry-${at}`, at, event }));
    return Promise.resolve(succeed(entries.filter((entry) => fits(entry, query)).reverse()));
  }

  /** What the window would say of them. */
  get sentences(): readonly string[] {
    return this.events.map((event) => tell(event).sentence);
  }
}
