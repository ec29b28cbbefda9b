import { MAGIC, MAGIC_V3 } from './container.ts';
import { anotherKind, emptyFile, unknownKind, UnreadableFile } from './read-failures.ts';

/** How other files begin that may be taken for a `.c1z`. */
const OTHERS: readonly (readonly [start: string, what: string])[] = [
  ['SQLite format 3\0', 'a bare SQLite database'],
  ['PK\x03\x04', 'a zip archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['\x28\xb5\x2f\xfd', 'a zstd archive'],
  ['%PDF-', 'a PDF document'],
];
export const LONGEST_START = 16;

/**
 * The version that a file's first `LONGEST_START` bytes show (c1z-and-model.md §1.1). Throws
 * `UnreadableFile`, which says what else it is.
 */
export function recognise(start: Buffer): 1 | 3 {
  const begins = (bytes: Uint8Array) => start.subarray(0, bytes.length).equals(bytes);
  if (begins(MAGIC)) return 1;
  if (begins(MAGIC_V3)) return 3;
  if (start.length === 0) throw new UnreadableFile(emptyFile);
  const other = OTHERS.find(([bytes]) => begins(Buffer.from(bytes, 'latin1')));
  throw other === undefined ? new UnreadableFile(unknownKind) : anotherKind(other[1]);
}
