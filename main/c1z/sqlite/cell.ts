import { PAGE_BYTES } from './page.ts';
import type { PageFile } from './page-file.ts';
import { writeVarint } from './varint.ts';

/** How much of a payload a cell keeps on its page, at most and at least (fileformat2.html §1.6). */
const MOST = { table: PAGE_BYTES - 35, index: Math.floor(((PAGE_BYTES - 12) * 64) / 255) - 23 };
const LEAST = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
const PREFIX_ROOM = 18;

/** Makes the cells of leaves; each is valid until the next. */
export class CellWriter {
  readonly #file: PageFile;
  readonly #tree: keyof typeof MOST;
  readonly #buffer = Buffer.alloc(PREFIX_ROOM + PAGE_BYTES);

  constructor(file: PageFile, tree: keyof typeof MOST) {
    this.#file = file;
    this.#tree = tree;
  }

  /** @param rowId of a table's row; an index has it in the record */
  write(record: Uint8Array, rowId?: number): Buffer {
    const buffer = this.#buffer;
    let at = writeVarint(buffer, record.length, 0);
    if (rowId !== undefined) at = writeVarint(buffer, rowId, at);
    const local = localBytes(record.length, MOST[this.#tree]);
    buffer.set(record.subarray(0, local), at);
    at += local;
    if (local < record.length) {
      at = buffer.writeUInt32BE(this.#file.overflow(record.subarray(local)), at);
    }
    return buffer.subarray(0, at);
  }
}

function localBytes(length: number, most: number): number {
  if (length <= most) return length;
  const fitting = LEAST + ((length - LEAST) % (PAGE_BYTES - 4));
  return fitting <= most ? fitting : LEAST;
}
