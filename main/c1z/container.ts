import { compress, decompress, init } from '@bokuweb/zstd-wasm';

/** The envelope of a v1 file: five bytes, then one zstd frame of a SQLite file (c1z-and-model.md §1). */

/** `C1ZF\0` */
export const MAGIC = Uint8Array.of(0x43, 0x31, 0x5a, 0x46, 0x00);
/** `C1Z3\0`, the newer format, which we recognise and don't read. */
export const MAGIC_V3 = Uint8Array.of(0x43, 0x31, 0x5a, 0x33, 0x00);

/** The codec holds input and output at once in a memory of 2 GiB; over 200,000 accounts fit. */
export const MAX_DATABASE_BYTES = 768 * 1024 * 1024;

/** zstd's default, whose window is 2 MiB; readers take up to 128 MiB (§1.3). */
const LEVEL = 3;
const FRAME_MAGIC = 0xfd2fb528;
const FIRST_GUESS = 1024 * 1024;

// Once, as part of the import: a second `init` would leave the codec with two memories, mixed up.
await init();

/** The database as the bytes of a v1 file. It has at most `MAX_DATABASE_BYTES`. */
export function pack(database: Uint8Array): Uint8Array {
  return Buffer.concat([MAGIC, compress(database, LEVEL)]);
}

/** The database in a v1 file; null when that is damaged, or when it would be over `maxBytes`. */
export function unpack(file: Uint8Array, maxBytes: number): Uint8Array | null {
  const frame = Buffer.from(file.buffer, file.byteOffset, file.byteLength).subarray(MAGIC.length);
  const size = contentSize(frame);
  if (size === null) return null;
  if (size !== 'undeclared') return size > maxBytes ? null : decode(frame, Number(size));
  // Files of older SDKs don't say how large they are (§1.2).
  for (let guess = FIRST_GUESS; guess <= maxBytes; guess *= 4) {
    const database = decode(frame, guess);
    if (database !== null) return database;
  }
  return null;
}

function decode(frame: Uint8Array, size: number): Uint8Array | null {
  try {
    return decompress(frame, { defaultHeapSize: size });
  } catch {
    return null;
  }
}

/** The size that a frame's header declares (RFC 8878 §3.1.1.1); null when it isn't a frame. */
function contentSize(frame: Buffer): bigint | 'undeclared' | null {
  if (frame.length < 18 || frame.readUInt32LE() !== FRAME_MAGIC) return null;
  const descriptor = frame.readUInt8(4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const at = 5 + (singleSegment ? 0 : 1) + dictionaryBytes;
  switch (descriptor >> 6) {
    case 0:
      return singleSegment ? BigInt(frame.readUInt8(at)) : 'undeclared';
    case 1:
      return BigInt(frame.readUInt16LE(at) + 256);
    case 2:
      return BigInt(frame.readUInt32LE(at));
    default:
      return frame.readBigUInt64LE(at);
  }
}
