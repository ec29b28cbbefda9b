import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { Decompress } from 'fzstd';
import xxhash from 'xxhash-wasm';
import { MAGIC } from './container.ts';
import { LONGEST_FRAME_HEADER, readFrameHeader, type FrameHeader } from './frame.ts';
import { systemCode } from './failures.ts';
import { damaged, tooLarge, UnreadableFile } from './read-failures.ts';

const GIBIBYTE = 1024 ** 3;
/** Above what our writer makes. The official readers take 3 or 10 GiB (c1z-and-model.md §1.3). */
export const MAX_UNPACKED_BYTES = GIBIBYTE;

/** The SDK's is 8 MiB at most (§1.2). From 96 MiB on the decoder would silently mistake distances. */
const WIDEST_WINDOW = 64 * 1024 * 1024;
/** RFC 8878 §3.1.1.2.4; the decoder doesn't check it. */
const LARGEST_BLOCK = 128 * 1024;
const CHUNK = 64 * 1024;
const CHECKSUM_BYTES = 4;
const SQLITE_MAGIC = 'SQLite format 3\0';

const hashes = await xxhash();

/** A file open for reading, with its size in bytes. */
export interface OpenFile {
  readonly descriptor: number;
  readonly size: number;
}

/**
 * Unpacks the database of a v1 file to `path`, a new file for its owner alone, piece by piece: the
 * memory it takes is that of the frame's window. Returns the bytes of the database. Throws
 * `UnreadableFile` for anything but one whole zstd frame of a database of at most `maxBytes`,
 * and what the file system throws.
 */
export function unpack(file: OpenFile, path: string, maxBytes: number): number {
  const frame = checkedHeader(file, maxBytes);
  const database = openSync(path, 'wx+', 0o600);
  try {
    const bytes = inflate(file, frame, database, maxBytes);
    checkDatabase(database);
    return bytes;
  } finally {
    closeSync(database);
  }
}

function checkedHeader(file: OpenFile, maxBytes: number): FrameHeader {
  const frame = readFrameHeader(readAt(file.descriptor, MAGIC.length, LONGEST_FRAME_HEADER));
  if (frame === null) throw damaged('it holds no compressed part');
  if (frame.contentBytes !== null && frame.contentBytes > maxBytes) {
    throw tooLarge(maxBytes / GIBIBYTE);
  }
  if (frame.windowBytes > WIDEST_WINDOW) throw damaged('its compression has too wide a window');
  return frame;
}

function inflate(file: OpenFile, frame: FrameHeader, to: number, maxBytes: number): number {
  const checksum = hashes.create64();
  let written = 0;
  const decoder = new Decompress((block) => {
    if (block.length > LARGEST_BLOCK) throw damaged('a block is too large');
    written += block.length;
    if (written > maxBytes) throw tooLarge(maxBytes / GIBIBYTE);
    checksum.update(block);
    writeAll(to, block);
  });
  feed(file, decoder);
  if (frame.contentBytes !== null && frame.contentBytes !== written) {
    throw damaged('it isn’t as long as it says');
  }
  // The file ends with the frame, and the frame with the checksum.
  const last = readAt(file.descriptor, file.size - CHECKSUM_BYTES, CHECKSUM_BYTES);
  if (frame.checksum && last.readUInt32LE() !== Number(checksum.digest() & 0xffffffffn)) {
    throw damaged('its checksum is wrong');
  }
  return written;
}

function feed({ descriptor, size }: OpenFile, decoder: Decompress): void {
  try {
    for (let at = MAGIC.length; at < size; at += CHUNK) {
      decoder.push(readAt(descriptor, at, CHUNK), at + CHUNK >= size);
    }
  } catch (error) {
    if (error instanceof UnreadableFile || systemCode(error) !== null) throw error;
    // All else that it throws, it throws about what it was given.
    throw damaged('the compressed part is damaged');
  }
}

/**
 * The SDK leaves the header of a database in WAL mode, which ours can't open; the log itself is
 * always empty (c1z-and-model.md §2.5), so that the header can say rollback journal instead.
 */
function checkDatabase(database: number): void {
  if (readAt(database, 0, SQLITE_MAGIC.length).toString('latin1') !== SQLITE_MAGIC) {
    throw damaged('it holds something else than a database');
  }
  writeSync(database, Uint8Array.of(1, 1), 0, 2, 18);
}

/** At most `length` bytes; fewer at the end of the file. */
export function readAt(descriptor: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, at));
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}
