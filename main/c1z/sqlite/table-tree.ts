import { CellWriter } from './cell.ts';
import { TreePage } from './page.ts';
import type { PageFile } from './page-file.ts';
import { RecordWriter, type Value } from './record.ts';
import { writeAbove, type Level } from './tree.ts';
import { varintBytes, writeVarint } from './varint.ts';

/** Writes rows into a table of their own, numbered from 1. Returns its root page. */
export function writeTable(file: PageFile, rows: Iterable<readonly Value[]>): number {
  return writeAbove(file, 'tableInterior', writeLeaves(file, rows));
}

/** The lowest level of a table: what parts two pages is the last row's number of the first. */
export function writeLeaves(file: PageFile, rows: Iterable<readonly Value[]>): Level {
  const records = new RecordWriter();
  const cells = new CellWriter(file, 'table');
  const pages: number[] = [];
  const parts: Buffer[] = [];
  let page = new TreePage('tableLeaf');
  let rowId = 0;
  for (const row of rows) {
    const cell = cells.write(records.write(row), rowId + 1);
    if (!page.fits(cell.length)) {
      pages.push(file.append(page.finish()));
      parts.push(numberOf(rowId));
      page = new TreePage('tableLeaf');
    }
    page.add(cell);
    rowId += 1;
  }
  pages.push(file.append(page.finish()));
  return { pages, parts };
}

function numberOf(rowId: number): Buffer {
  const part = Buffer.alloc(varintBytes(rowId));
  writeVarint(part, rowId, 0);
  return part;
}
