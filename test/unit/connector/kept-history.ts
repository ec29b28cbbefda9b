import type { HistoryEvent } from '../../../shared/history.ts';
import { tell } from '../../../shared/history-words.ts';
import type { HistoryLog } from '../../../main/connector/history.ts';

/** A history that keeps its events, for a test to look at. */
export class KeptHistory implements HistoryLog {
  readonly events: HistoryEvent[] = [];

  record(event: HistoryEvent): void {
    this.events.push(event);
  }

  /** What the window would say of them. */
  get sentences(): readonly string[] {
    return this.events.map((event) => tell(event).sentence);
  }
}
