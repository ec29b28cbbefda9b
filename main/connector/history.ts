import type { HistoryEvent } from '../../shared/history.ts';

/** Where what happened is recorded; how it is kept is nobody's business. */
export interface HistoryLog {
  record(event: HistoryEvent): void;
}
