import { varintBytes, writeVarint } from './varint.ts';

/** What a column holds; numbers are whole. */
export type Value = string | Uint8Array | number | null;

/** Room before the values for what is said of them: 25 columns at the longest. */
const HEADER_ROOM = 128;
const FIRST_ROOM = 64 * 1024;
const LONGEST_NUMBER = 8;
const LONGEST_UNIT = 3;

/** Writes rows and keys in SQLite's record format (fileformat2.html §2.1). */
export class RecordWriter {
  #buffer = Buffer.allocUnsafe(FIRST_ROOM);
  readonly #types: number[] = [];

  /** The record of these values; valid until the next one is written. */
  write(values: readonly Value[]): Buffer {
    const types = this.#types;
    types.length = 0;
    let end = HEADER_ROOM;
    for (const value of values) {
      const before = end;
      this.#room(end + longest(value));
      end = this.#writeValue(value, end);
      types.push(typeOf(value, end - before));
    }
    return this.#buffer.subarray(this.#writeHeader(types), end);
  }

  #writeValue(value: Value, at: number): number {
    if (typeof value === 'string') return at + this.#buffer.write(value, at, 'utf8');
    if (typeof value === 'number') return this.#writeNumber(value, at);
    if (value === null) return at;
    this.#buffer.set(value, at);
    return at + value.length;
  }

  #writeNumber(value: number, at: number): number {
    const bytes = numberBytes(value);
    return bytes === 0 ? at : this.#buffer.writeIntBE(value, at, bytes);
  }

  /** Right before the values; returns where it begins. */
  #writeHeader(types: readonly number[]): number {
    // Its own length counts, and takes one byte.
    const length = types.reduce((sum, type) => sum + varintBytes(type), 1);
    const start = HEADER_ROOM - length;
    let at = writeVarint(this.#buffer, length, start);
    for (const type of types) at = writeVarint(this.#buffer, type, at);
    return start;
  }

  #room(bytes: number): void {
    if (bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * bytes);
    this.#buffer.copy(larger);
    this.#buffer = larger;
  }
}

function longest(value: Value): number {
  if (typeof value === 'string') return value.length * LONGEST_UNIT;
  return value === null || typeof value === 'number' ? LONGEST_NUMBER : value.length;
}

/** The serial type of a value that took so many bytes. */
function typeOf(value: Value, bytes: number): number {
  if (value === null) return 0;
  if (typeof value === 'string') return 2 * bytes + 13;
  if (typeof value !== 'number') return 2 * bytes + 12;
  // 0 and 1 are their types; of others the type is the length, but that there is none of five bytes.
  if (bytes === 0) return 8 + value;
  return bytes === 6 ? 5 : bytes;
}

function numberBytes(value: number): number {
  if (value === 0 || value === 1) return 0;
  for (const bytes of [1, 2, 3, 4]) {
    if (Math.abs(value) < 2 ** (8 * bytes - 1)) return bytes;
  }
  return 6;
}
