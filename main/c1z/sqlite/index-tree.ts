import { byteOrder } from '../../access/order.ts';
import { CellWriter } from './cell.ts';
import { TreePage } from './page.ts';
import type { PageFile } from './page-file.ts';
import { RecordWriter } from './record.ts';
import { writeAbove, type Level } from './tree.ts';

/** What an index has of a row: texts, null, or the row's number. */
export type Key = readonly KeyValue[];
export type KeyValue = string | number | null;

/** Writes an index of rows that are numbered from 1, by their keys in the rows' order. Returns its root page. */
export function writeIndex(file: PageFile, keys: readonly Key[]): number {
  return writeAbove(file, 'indexInterior', writeLeaves(file, keys));
}

/** The lowest level of an index: what parts two pages is a key that stands in neither. */
function writeLeaves(file: PageFile, keys: readonly Key[]): Level {
  const records = new RecordWriter();
  const cells = new CellWriter(file, 'index');
  const pages: number[] = [];
  const parts: Buffer[] = [];
  let page = new TreePage('indexLeaf');
  const order = inOrder(keys);
  for (const [place, row] of order.entries()) {
    const cell = cells.write(records.write([...(keys[row] ?? []), row + 1]));
    if (page.fits(cell.length)) {
      page.add(cell);
      continue;
    }
    // The last key can't part pages, with nothing behind it: the one before it does.
    const last = place === order.length - 1;
    parts.push(last ? page.removeLast() : Buffer.from(cell));
    pages.push(file.append(page.finish()));
    page = new TreePage('indexLeaf');
    if (last) page.add(cell);
  }
  pages.push(file.append(page.finish()));
  return { pages, parts };
}

/** The places of the keys in SQLite's order: by the bytes of their texts, null first, then as they came. */
function inOrder(keys: readonly Key[]): readonly number[] {
  const places = Array.from(keys, (_, place) => place);
  const compare = keys.some((key) => key.some(hasSurrogates)) ? byteOrder : byUnits;
  return places.sort((a, b) => compareKeys(keys[a] ?? [], keys[b] ?? [], compare));
}

function compareKeys(one: Key, other: Key, compare: (a: string, b: string) => number): number {
  for (const [column, a] of one.entries()) {
    const b = other[column] ?? null;
    if (a === b) continue;
    if (a === null) return -1;
    if (b === null) return 1;
    return typeof a === 'string' && typeof b === 'string' ? compare(a, b) : Number(a) - Number(b);
  }
  return 0;
}

const SURROGATE = /[\ud800-\udfff]/;

function hasSurrogates(value: KeyValue): boolean {
  return typeof value === 'string' && SURROGATE.test(value);
}

/** JavaScript's own order, which differs from that of the bytes where there are surrogates alone. */
function byUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}
