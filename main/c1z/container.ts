import { compress, init } from '@bokuweb/zstd-wasm';

/** The envelope of a v1 file: five bytes, then one zstd frame of a SQLite file (c1z-and-model.md §1). */

/** `C1ZF\0` */
export const MAGIC = Uint8Array.of(0x43, 0x31, 0x5a, 0x46, 0x00);
/** `C1Z3\0`, the newer format, which we recognise and don't write. */
export const MAGIC_V3 = Uint8Array.of(0x43, 0x31, 0x5a, 0x33, 0x00);

/** The codec holds input and output at once in a memory of 2 GiB; over 200,000 accounts fit. */
export const MAX_DATABASE_BYTES = 768 * 1024 * 1024;

/** zstd’s fastest: our files come out no larger than at its default. Readers take any (§1.3). */
const LEVEL = 1;

// Once, as part of the import: a second `init` would leave the codec with two memories, mixed up.
await init();

/** The database as the bytes of a v1 file. It has at most `MAX_DATABASE_BYTES`. */
export function pack(database: Uint8Array): Uint8Array {
  return Buffer.concat([MAGIC, compress(database, LEVEL)]);
}
