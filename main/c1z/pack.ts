import { fstatSync, readSync, writeSync } from 'node:fs';
import { Zstd } from '@hpcc-js/wasm-zstd';
import { MAGIC } from './container.ts';
import { declareContentBytes } from './frame.ts';

/** Some less than readers of ours take (unpack.ts); over 200,000 accounts fit. */
export const MAX_DATABASE_BYTES = 768 * 1024 * 1024;

/** zstd’s default, as the official SDK's (c1z-and-model.md §1.2). */
const LEVEL = 3;
/** Beyond this zstd’s fastest packs a database no larger, in less time. */
const LARGE_BYTES = 64 * 1024 * 1024;
const LARGE_LEVEL = 1;
/** The codec's copies of it, and of what becomes of it, stay small too. */
const CHUNK = 256 * 1024;

/**
 * Packs a database of at most `MAX_DATABASE_BYTES` into a v1 file, both open, piece by piece: the
 * memory it takes is that of a piece and of the frame's window. Returns the bytes of the file, and
 * throws what the file system throws.
 */
export async function pack(database: number, file: number): Promise<number> {
  const zstd = await Zstd.load();
  // From here on in one go: the codec has one state for all who use it.
  zstd.reset();
  const { size } = fstatSync(database);
  zstd.setCompressionLevel(size > LARGE_BYTES ? LARGE_LEVEL : LEVEL);
  let written = 0;
  let begun = false;
  const put = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    const part = begun ? bytes : declareContentBytes(bytes, size);
    begun = true;
    written += writeWhole(file, part);
  };
  written += writeWhole(file, MAGIC);
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let length = readSync(database, chunk); length > 0; length = readSync(database, chunk)) {
    put(zstd.compressChunk(chunk.subarray(0, length)));
  }
  put(zstd.compressEnd());
  return written;
}

/** The system may take less at once than it is given. */
function writeWhole(file: number, bytes: Uint8Array): number {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
  return bytes.length;
}
