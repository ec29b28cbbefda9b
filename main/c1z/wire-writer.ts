import type { WireType } from '@bufbuild/protobuf/wire';

const FIRST_ROOM = 64 * 1024;
/** A 64-bit number takes ten bytes at most; each unit of a string three. */
const LONGEST_NUMBER = 10;
const LONGEST_UNIT = 3;

/**
 * Writes protobuf's wire format, one message after the other, into one buffer. The library's own
 * writer keeps a list of small arrays, which costs more than all else of a message.
 */
export class WireWriter {
  #buffer = Buffer.allocUnsafe(FIRST_ROOM);
  #used = 0;

  tag(number: number, type: WireType): this {
    return this.uint32((number << 3) | type);
  }

  uint32(value: number): this {
    this.#room(LONGEST_NUMBER);
    let rest = value;
    while (rest > 0x7f) {
      this.#buffer[this.#used++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#buffer[this.#used++] = rest;
    return this;
  }

  /** Protobuf writes a negative one as 64 bits. */
  int32(value: number): this {
    return value >= 0 ? this.uint32(value) : this.int64(BigInt(value));
  }

  int64(value: bigint): this {
    this.#room(LONGEST_NUMBER);
    let rest = BigInt.asUintN(64, value);
    while (rest > 0x7fn) {
      this.#buffer[this.#used++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#buffer[this.#used++] = Number(rest);
    return this;
  }

  bool(value: boolean): this {
    return this.uint32(value ? 1 : 0);
  }

  double(value: number): this {
    this.#room(8);
    this.#used = this.#buffer.writeDoubleLE(value, this.#used);
    return this;
  }

  string(value: string): this {
    const start = this.open();
    this.#room(value.length * LONGEST_UNIT);
    this.#used += this.#buffer.write(value, this.#used, 'utf8');
    return this.close(start);
  }

  bytes(value: Uint8Array): this {
    return this.uint32(value.length).append(value);
  }

  /** Begins what has its length before it. Returns where; `close` wants to know. */
  open(): number {
    this.#room(1);
    this.#used += 1;
    return this.#used;
  }

  close(start: number): this {
    const length = this.#used - start;
    // One byte was kept free; a longer length moves the content.
    const more = length < 0x80 ? 0 : Math.floor(Math.log2(length) / 7);
    if (more > 0) {
      this.#room(more);
      this.#buffer.copyWithin(start + more, start, this.#used);
    }
    this.#used = start - 1;
    this.uint32(length);
    this.#used += length;
    return this;
  }

  /** As they are, for what was written before. */
  append(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
    return this;
  }

  /** How many bytes there are. */
  get length(): number {
    return this.#used;
  }

  /** A copy of what was written since there were so many bytes. */
  since(length: number): Uint8Array {
    return new Uint8Array(this.#buffer.subarray(length, this.#used));
  }

  /** A copy of all that was written; then it begins anew. */
  finish(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
    return bytes;
  }

  #room(bytes: number): void {
    if (this.#used + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#buffer.length + bytes));
    this.#buffer.copy(larger, 0, 0, this.#used);
    this.#buffer = larger;
  }
}
