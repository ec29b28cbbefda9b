import { succeed, type Result } from '../../shared/errors.ts';
import type { HistoryEntry, HistoryQuery } from '../../shared/history.ts';
import { HISTORY_KINDS, tell } from '../../shared/history-words.ts';
import type { HistoryExported, HistoryFormat } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import { csvPieces } from '../csv.ts';
import type { Clock, SaveDialog } from '../ports.ts';
import { writePrivately } from '../store/private-export.ts';
import type { History } from './history.ts';

interface ExportSurroundings {
  readonly history: Pick<History, 'all' | 'record'>;
  readonly saveDialog: SaveDialog;
  readonly clock: Clock;
}

const ENDINGS = { csv: 'csv', jsonLines: 'jsonl' } as const;

/** Writes the entries that fit where the admin wants them, newest first, and records that it was done. */
export async function exportHistory(
  format: HistoryFormat,
  query: HistoryQuery,
  { history, saveDialog, clock }: ExportSurroundings,
): Promise<Result<HistoryExported>> {
  const kind = ENDINGS[format];
  const day = new Date(clock.now()).toISOString().slice(0, 'yyyy-mm-dd'.length);
  const name = `Xero connector history ${day}.${kind}`;
  const path = await saveDialog.pick({ title: say('historyExport.exportTheHistory'), name, kind });
  if (path === null) return succeed({ kind: 'notSaved' });
  const all = await history.all(query);
  if (!all.ok) return all;
  const pieces = format === 'csv' ? csvOf(all.value) : jsonLinesOf(all.value);
  const written = await writePrivately(path, pieces);
  if (!written.ok) return written;
  const entries = all.value.length;
  history.record({ kind: 'export', what: 'history', format, entries });
  return succeed({ kind: 'saved', entries });
}

const COLUMNS = ['Time (UTC)', 'Kind', 'What happened', 'Details', 'Entry'];

function csvOf(entries: readonly HistoryEntry[]): Iterable<string> {
  return csvPieces(
    COLUMNS,
    entries.map(({ id, at, event }) => {
      const { sentence, details } = tell(event);
      const more = details.map(({ name, value }) => `${name}: ${value}`).join('; ');
      return [isoTime(at), HISTORY_KINDS[event.kind], sentence, more, id];
    }),
  );
}

function* jsonLinesOf(entries: readonly HistoryEntry[]): Generator<string, void> {
  for (const { id, at, event } of entries) {
    const { sentence } = tell(event);
    yield `${JSON.stringify({ time: isoTime(at), id, ...event, sentence })}\n`;
  }
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
