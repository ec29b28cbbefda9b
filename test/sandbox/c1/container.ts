import { decompress } from 'fzstd';

/** Why bytes aren't a file that we can read. */
export class Unreadable extends Error {}

const MAGIC_V1 = 'C1ZF\0';
const MAGIC_V3 = 'C1Z3\0';
const ZSTD_MAGIC = 0xfd2fb528;
const SQLITE_MAGIC = 'SQLite format 3\0';
/** What the official reader takes at most (c1z-and-model.md §1.3). */
const WIDEST_WINDOW = 128 * 1024 * 1024;
/** This sandbox's own limit: the decompressed file is held in memory. */
const LARGEST = 1024 * 1024 * 1024;

/**
 * The SQLite database in a `.c1z` of version 1: the magic, then one zstd frame (c1z-and-model.md §1).
 * Throws `Unreadable`.
 */
export function unpack(file: Buffer): Uint8Array {
  const magic = file.toString('latin1', 0, 5);
  if (magic === MAGIC_V3)
    throw new Unreadable('a .c1z of version 3 (Pebble), which the sandbox cannot read');
  if (magic !== MAGIC_V1)
    throw new Unreadable('no .c1z: its first five bytes are neither C1ZF nor C1Z3');
  const database = inflate(file.subarray(MAGIC_V1.length));
  if (Buffer.from(database.subarray(0, 16)).toString('latin1') !== SQLITE_MAGIC) {
    throw new Unreadable('no SQLite database inside');
  }
  // A write-ahead log never travels with the file, so its mark in the header may go: this SQLite can't open it.
  database.fill(1, 18, 20);
  return database;
}

/** By another decompressor than the app's, which would mix up its memories if it were started twice. */
function inflate(frame: Buffer): Uint8Array {
  const { window, content } = readHeader(frame);
  if (window > WIDEST_WINDOW) throw new Unreadable('a zstd window above 128 MiB');
  if (content !== null && content > LARGEST) throw new Unreadable('more than a gigabyte');
  const inflated = decompressed(frame);
  if (content !== null && inflated.byteLength !== content) {
    throw new Unreadable("a zstd frame that isn't as long as it says");
  }
  return inflated;
}

function decompressed(frame: Buffer): Uint8Array {
  try {
    return decompress(frame);
  } catch {
    throw new Unreadable('a broken zstd frame');
  }
}

/** Sizes in bytes from the header of a zstd frame (RFC 8878 §3.1.1.1); content is null when it isn't recorded. */
function readHeader(frame: Buffer): { window: number; content: number | null } {
  if (frame.length < 18 || frame.readUInt32LE(0) !== ZSTD_MAGIC) {
    throw new Unreadable('no zstd frame after the magic');
  }
  const descriptor = frame.readUInt8(4);
  const single = (descriptor & 0x20) !== 0;
  if ((descriptor & 3) !== 0) throw new Unreadable('a zstd frame with a dictionary');
  const at = single ? 5 : 6;
  const content = [
    () => (single ? frame.readUInt8(at) : null),
    () => frame.readUInt16LE(at) + 256,
    () => frame.readUInt32LE(at),
    () => Number(frame.readBigUInt64LE(at)),
  ][descriptor >> 6]?.();
  if (single) return { window: content ?? 0, content: content ?? null };
  const shape = frame.readUInt8(5);
  const base = 2 ** (10 + (shape >> 3));
  return { window: base + (base / 8) * (shape & 7), content: content ?? null };
}
