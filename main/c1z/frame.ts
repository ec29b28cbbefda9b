/** What the header of a zstd frame says (RFC 8878 §3.1.1.1), as far as a reader must know it. */
export interface FrameHeader {
  /** How much of what came before a decoder must keep, in bytes. */
  readonly windowBytes: number;
  /** The size of the content; null where it isn't declared, as in files of older SDKs (c1z-and-model.md §1.2). */
  readonly contentBytes: number | null;
  /** Whether the last four bytes of the frame are a checksum of the content. */
  readonly checksum: boolean;
}

const FRAME_MAGIC = 0xfd2fb528;
/** The longest header: magic, descriptor, window, dictionary, size. */
export const LONGEST_FRAME_HEADER = 18;

const SIZE_OF_EIGHT_BYTES = 0xc0;
const SINGLE_SEGMENT = 0x20;
const RESERVED = 0x08;
const CHECKSUM = 0x04;
const DICTIONARY = 0x03;

/**
 * @param start the first `LONGEST_FRAME_HEADER` bytes of the frame, or all of a shorter one
 * @returns null when it is no frame, or one that needs a dictionary
 */
export function readFrameHeader(start: Buffer): FrameHeader | null {
  if (start.length < LONGEST_FRAME_HEADER || start.readUInt32LE() !== FRAME_MAGIC) return null;
  const descriptor = start.readUInt8(4);
  if ((descriptor & (RESERVED | DICTIONARY)) !== 0) return null;
  const single = (descriptor & SINGLE_SEGMENT) !== 0;
  const contentBytes = readContentSize(start, descriptor >> 6, single ? 5 : 6, single);
  return {
    windowBytes: single ? (contentBytes ?? 0) : windowSize(start.readUInt8(5)),
    contentBytes,
    checksum: (descriptor & CHECKSUM) !== 0,
  };
}

function readContentSize(start: Buffer, flag: number, at: number, single: boolean): number | null {
  switch (flag) {
    case 0:
      return single ? start.readUInt8(at) : null;
    case 1:
      return start.readUInt16LE(at) + 256;
    case 2:
      return start.readUInt32LE(at);
    default:
      return Number(start.readBigUInt64LE(at));
  }
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/**
 * The start of a frame that was written before its size was known, declaring it: readers can refuse
 * or make room at once.
 * @param start the whole header at least, of a frame with a window and no declared size
 */
export function declareContentBytes(start: Uint8Array, contentBytes: number): Uint8Array {
  const [descriptor = 0] = start.subarray(4);
  if ((descriptor & (SIZE_OF_EIGHT_BYTES | SINGLE_SEGMENT)) !== 0) {
    throw new Error('The frame declares a size already.');
  }
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(contentBytes));
  const header = Buffer.concat([start.subarray(0, 6), size]);
  header.writeUInt8(descriptor | SIZE_OF_EIGHT_BYTES, 4);
  return Buffer.concat([header, start.subarray(6)]);
}
