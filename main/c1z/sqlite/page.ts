export const PAGE_BYTES = 4096;

/** The first byte of a page of a b-tree (fileformat2.html §1.6). */
export const PAGE_TYPES = {
  indexInterior: 0x02,
  tableInterior: 0x05,
  indexLeaf: 0x0a,
  tableLeaf: 0x0d,
} as const;

export type PageType = keyof typeof PAGE_TYPES;

/** A page of a b-tree being filled: pointers from its start, cells from its end. */
export class TreePage {
  readonly bytes = Buffer.alloc(PAGE_BYTES);
  readonly #type: PageType;
  readonly #start: number;
  readonly #pointers: number;
  #cells = 0;
  #content = PAGE_BYTES;

  /** @param start where its header begins: behind the file's own on the first page */
  constructor(type: PageType, start = 0) {
    this.#type = type;
    this.#start = start;
    this.#pointers = start + (type.endsWith('Leaf') ? 8 : 12);
  }

  get cells(): number {
    return this.#cells;
  }

  fits(cellBytes: number): boolean {
    return this.#pointers + 2 * (this.#cells + 1) + cellBytes <= this.#content;
  }

  add(cell: Uint8Array): void {
    this.#content -= cell.length;
    this.bytes.set(cell, this.#content);
    this.bytes.writeUInt16BE(this.#content, this.#pointers + 2 * this.#cells);
    this.#cells += 1;
  }

  /** Takes out the cell that was added last, and returns a copy of it. */
  removeLast(): Buffer {
    const end =
      this.#cells === 1
        ? PAGE_BYTES
        : this.bytes.readUInt16BE(this.#pointers + 2 * (this.#cells - 2));
    const cell = Buffer.from(this.bytes.subarray(this.#content, end));
    this.bytes.fill(0, this.#content, end);
    this.#content = end;
    this.#cells -= 1;
    this.bytes.writeUInt16BE(0, this.#pointers + 2 * this.#cells);
    return cell;
  }

  /** The finished page. @param rightmost the child behind all cells, of an interior page */
  finish(rightmost?: number): Buffer {
    const { bytes } = this;
    bytes.writeUInt8(PAGE_TYPES[this.#type], this.#start);
    bytes.writeUInt16BE(this.#cells, this.#start + 3);
    bytes.writeUInt16BE(this.#content, this.#start + 5);
    if (rightmost !== undefined) bytes.writeUInt32BE(rightmost, this.#start + 8);
    return bytes;
  }
}
