import { closeSync, openSync } from 'node:fs';
import type { FileTable } from '../schema.ts';
import { writeIndex, type Key, type KeyValue } from './index-tree.ts';
import { FILE_HEADER_BYTES, PageFile } from './page-file.ts';
import { TreePage } from './page.ts';
import type { Value } from './record.ts';
import { writeLeaves, writeTable } from './table-tree.ts';
import { fillInterior } from './tree.ts';

/** A table with its rows: the values of all columns in order, null for the first, which is the row's number. */
export interface FilledTable extends FileTable {
  readonly rows: Iterable<readonly Value[]>;
}

/**
 * Writes a database into the empty file at `path`, once and for all: every tree from its leaves up,
 * in the order of its keys. That takes a fraction of what the engine takes, which is made to change
 * what is there; the format is the engine's (https://sqlite.org/fileformat2.html). Throws what the
 * file system throws. The columns that have indexes stay in memory until their table is done.
 */
export function writeDatabaseFile(path: string, tables: readonly FilledTable[]): void {
  const descriptor = openSync(path, 'r+');
  try {
    const file = new PageFile(descriptor);
    const schema = tables.flatMap((table) => writeWithIndexes(file, table));
    // The schema is a table too, whose root is the first page; ours never fits on that page alone.
    const root = new TreePage('tableInterior', FILE_HEADER_BYTES);
    file.finish(fillInterior(root, writeLeaves(file, schema)));
  } finally {
    closeSync(descriptor);
  }
}

function writeWithIndexes(file: PageFile, table: FilledTable): readonly (readonly Value[])[] {
  const keys: Key[][] = table.indexes.map(() => []);
  const places = table.indexes.map(({ columns }) =>
    columns.map((column) => table.columns.indexOf(column)),
  );
  let rowId = 0;
  const kept = function* (): Iterable<readonly Value[]> {
    for (const row of table.rows) {
      rowId += 1;
      for (const [index, { empty }] of table.indexes.entries()) {
        if (!empty)
          keys[index]?.push((places[index] ?? []).map((place) => keyAt(row, place, rowId)));
      }
      yield row;
    }
  };
  const { name } = table;
  const root = writeTable(file, kept());
  return [
    ['table', name, name, root, table.sql],
    ...table.indexes.map((index, place) => [
      'index',
      index.name,
      name,
      writeIndex(file, keys[place] ?? []),
      index.sql,
    ]),
  ];
}

function keyAt(row: readonly Value[], place: number, rowId: number): KeyValue {
  const value = place === 0 ? rowId : (row[place] ?? null);
  if (typeof value === 'object' && value !== null) throw new Error('An index holds no blobs.');
  return value;
}
