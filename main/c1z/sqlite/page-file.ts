import { writeSync } from 'node:fs';
import { PAGE_BYTES } from './page.ts';

const PAGES_AT_ONCE = 256;
/** Of an overflow page, what remains beside the number of the next (fileformat2.html §1.6). */
const OVERFLOW_BYTES = PAGE_BYTES - 4;
/** The format of 2005 and later, which all readers of today know. */
const SCHEMA_FORMAT = 4;
const UTF_8 = 1;
/** Which SQLite wrote it last; readers don't act on it. */
const SQLITE_VERSION = 3_050_000;
export const FILE_HEADER_BYTES = 100;

/** Writes the pages of a database one after the other into an open, empty file; the first comes last. */
export class PageFile {
  readonly #file: number;
  readonly #waiting = Buffer.alloc(PAGES_AT_ONCE * PAGE_BYTES);
  #waitingPages = 1;
  #writtenPages = 0;

  constructor(file: number) {
    this.#file = file;
  }

  /** Returns the page's number; the first is 2. */
  append(page: Uint8Array): number {
    if (this.#waitingPages === PAGES_AT_ONCE) this.#flush();
    this.#waiting.set(page, this.#waitingPages * PAGE_BYTES);
    this.#waitingPages += 1;
    return this.#pages;
  }

  /** Writes what has no room in a cell over pages of its own. Returns the first of them. */
  overflow(rest: Uint8Array): number {
    const first = this.#pages + 1;
    const page = Buffer.alloc(PAGE_BYTES);
    for (let from = 0; from < rest.length; from += OVERFLOW_BYTES) {
      const part = rest.subarray(from, from + OVERFLOW_BYTES);
      page.fill(0).set(part, 4);
      if (from + OVERFLOW_BYTES < rest.length) page.writeUInt32BE(this.#pages + 2);
      this.append(page);
    }
    return first;
  }

  /** @param first the first page, with room for the file's header at its start */
  finish(first: Buffer): void {
    this.#flush();
    writeHeader(first, this.#pages);
    writeSync(this.#file, first, 0, PAGE_BYTES, 0);
  }

  get #pages(): number {
    return this.#writtenPages + this.#waitingPages;
  }

  #flush(): void {
    const bytes = this.#waitingPages * PAGE_BYTES;
    let at = this.#writtenPages * PAGE_BYTES;
    // The system may take less at once than it is given.
    for (let done = 0; done < bytes;) {
      const taken = writeSync(this.#file, this.#waiting, done, bytes - done, at);
      done += taken;
      at += taken;
    }
    this.#writtenPages += this.#waitingPages;
    this.#waitingPages = 0;
  }
}

/** fileformat2.html §1.3; what isn't set is zero. */
function writeHeader(page: Buffer, pages: number): void {
  page.write('SQLite format 3\0', 'latin1');
  page.writeUInt16BE(PAGE_BYTES, 16);
  // Versions of a rollback journal, and the fixed fractions of a payload.
  page.set([1, 1, 0, 64, 32, 32], 18);
  page.writeUInt32BE(1, 24);
  page.writeUInt32BE(pages, 28);
  page.writeUInt32BE(1, 40);
  page.writeUInt32BE(SCHEMA_FORMAT, 44);
  page.writeUInt32BE(UTF_8, 56);
  page.writeUInt32BE(1, 92);
  page.writeUInt32BE(SQLITE_VERSION, 96);
}
