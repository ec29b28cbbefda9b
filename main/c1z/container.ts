/** The envelope of a v1 file: five bytes, then one zstd frame of a SQLite file (c1z-and-model.md §1). */

/** `C1ZF\0` */
export const MAGIC = Uint8Array.of(0x43, 0x31, 0x5a, 0x46, 0x00);
/** `C1Z3\0`, the newer format, which we recognise and don't write. */
export const MAGIC_V3 = Uint8Array.of(0x43, 0x31, 0x5a, 0x33, 0x00);
