import { TreePage, type PageType } from './page.ts';
import type { PageFile } from './page-file.ts';

/** Pages of one level of a b-tree in their order, and what parts each from the next. */
export interface Level {
  readonly pages: readonly number[];
  /** One less than pages: cells without the number of the page before them. */
  readonly parts: readonly Buffer[];
}

/** Writes the levels above this one; returns the root's page. */
export function writeAbove(file: PageFile, type: PageType, level: Level): number {
  let top = level;
  while (top.pages.length > 1) top = writeInterior(file, type, top);
  const [root] = top.pages;
  if (root === undefined) throw new Error('A tree has a page.');
  return root;
}

/** A page that holds a whole level, of which there are two pages or more. */
export function fillInterior(page: TreePage, { pages, parts }: Level): Buffer {
  for (const [index, part] of parts.entries()) page.add(interiorCell(pageAt(pages, index), part));
  return page.finish(pageAt(pages, parts.length));
}

function writeInterior(file: PageFile, type: PageType, { pages, parts }: Level): Level {
  const written: number[] = [];
  const partsAbove: Buffer[] = [];
  let page = new TreePage(type);
  for (const [index, part] of parts.entries()) {
    const cell = interiorCell(pageAt(pages, index), part);
    if (page.fits(cell.length)) {
      page.add(cell);
    } else if (index < parts.length - 1) {
      written.push(file.append(page.finish(pageAt(pages, index))));
      partsAbove.push(part);
      page = new TreePage(type);
    } else {
      // A page of the last child alone may not be: the part before is the one that goes up.
      const before = page.removeLast();
      written.push(file.append(page.finish(before.readUInt32BE())));
      partsAbove.push(before.subarray(4));
      page = new TreePage(type);
      page.add(cell);
    }
  }
  written.push(file.append(page.finish(pageAt(pages, parts.length))));
  return { pages: written, parts: partsAbove };
}

function interiorCell(child: number, part: Buffer): Buffer {
  const cell = Buffer.allocUnsafe(4 + part.length);
  cell.writeUInt32BE(child);
  cell.set(part, 4);
  return cell;
}

function pageAt(pages: readonly number[], index: number): number {
  const page = pages[index];
  if (page === undefined) throw new Error('A level has a page more than parts.');
  return page;
}
