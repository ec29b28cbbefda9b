/** A database whose grants never end: pages of its tree that share their children, level after level. */

const LEVELS = 6;
const CHILDREN = 100;
const CELL_BYTES = 5;

/**
 * @param database one whose `v1_grants` fits on one page, which isn't the first
 * @param root the number of that page
 */
export function endless(database: Uint8Array, root: number): Buffer {
  const whole = Buffer.from(database);
  const pageBytes = whole.readUInt16BE(16);
  const pages = whole.length / pageBytes;
  const leaf = Buffer.from(whole.subarray((root - 1) * pageBytes, root * pageBytes));
  const added = Array.from({ length: LEVELS }, (_, level) => sharing(pages + level + 2, pageBytes));
  sharing(pages + 1, pageBytes).copy(whole, (root - 1) * pageBytes);
  whole.writeUInt32BE(pages + LEVELS + 1, 28);
  return Buffer.concat([whole, ...added, leaf]);
}

/** A page all of whose children are one and the same (sqlite.org/fileformat2.html §1.6). */
function sharing(child: number, pageBytes: number): Buffer {
  const page = Buffer.alloc(pageBytes);
  const content = pageBytes - CHILDREN * CELL_BYTES;
  page.writeUInt8(0x05, 0);
  page.writeUInt16BE(CHILDREN, 3);
  page.writeUInt16BE(content, 5);
  page.writeUInt32BE(child, 8);
  for (let index = 0; index < CHILDREN; index += 1) {
    const cell = content + index * CELL_BYTES;
    page.writeUInt16BE(cell, 12 + 2 * index);
    page.writeUInt32BE(child, cell);
    page.writeUInt8(index + 1, cell + 4);
  }
  return page;
}
