import { succeed, type Result } from '../../shared/errors.ts';
import type { FileCounts, FileSummary, FileSync } from '../c1z/contents.ts';
import { printable } from './printable.ts';
import type { Report } from './surroundings.ts';

/** Reads what a file holds. */
export type ReadSummary = (path: string) => Promise<Result<FileSummary>>;

/** What a `.c1z` file holds: its sync and counts, no names (product.md §6). */
export async function inspect(file: string, read: ReadSummary): Promise<Result<Report>> {
  const summary = await read(file);
  if (!summary.ok) return summary;
  return succeed({ words: inWords(summary.value), json: forMachines(summary.value) });
}

function inWords(summary: FileSummary): readonly string[] {
  const { sync, counts } = summary;
  return [
    ...kindOf(summary),
    ...(sync === null ? [] : [describe(sync)]),
    ...(summary.version === 1 && summary.syncs > 1 ? [among(summary.syncs, summary.sync)] : []),
    ...(counts === null ? ['The file doesn’t say how much it holds.'] : table(counts)),
  ];
}

function kindOf(summary: FileSummary): readonly string[] {
  if (summary.version === 1) return ['A .c1z file of version 1.'];
  return [
    `A .c1z file of version 3, which newer C1 connectors write; its rows are kept in ${printable(summary.engine)}.`,
    'This app reads the rows of version 1 alone. What follows is what the file says of itself.',
    'To see its rows, use C1’s own command baton, 0.25 or newer; to have version 1, let the connector write it with --storage-engine sqlite.',
  ];
}

function describe({ id, type, startedAt, endedAt }: FileSync): string {
  const end =
    endedAt === null
      ? 'and didn’t end: the file may lack what hadn’t been found yet'
      : `and ended ${moment(endedAt)}`;
  return `Sync ${printable(id)} (${printable(type)}) began ${moment(startedAt)} ${end}.`;
}

function among(syncs: number, { endedAt }: FileSync): string {
  const which = endedAt === null ? 'the newest; none has ended' : 'the newest that has ended';
  return `The file holds ${syncs} syncs; this is ${which}.`;
}

/** To the second. */
function moment(time: string): string {
  return /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/.exec(time)?.[0] ?? (printable(time) || 'some time');
}

function table({ byType, resources, entitlements, grants }: FileCounts): readonly string[] {
  return aligned([
    ['Type', 'Resources', 'Entitlements', 'Grants'],
    ...byType.map((type) => [
      type.displayName === null
        ? printable(type.id)
        : `${printable(type.displayName)} (${printable(type.id)})`,
      ...[type.resources, type.entitlements, type.grants].map(String),
    ]),
    ['In all', ...[resources, entitlements, grants].map(String)],
  ]);
}

function forMachines(summary: FileSummary): Report['json'] {
  const { counts, ...about } = summary;
  if (counts === null) return about;
  const { byType, ...totals } = counts;
  return { ...about, ...totals, resourceTypes: byType };
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}
