/** zstd frames as an encoder wouldn't make them (RFC 8878), after the magic of a v1 file. */

const MAGIC = Buffer.from('C1ZF\0');
const FRAME_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const LARGEST_BLOCK = 128 * 1024;

export interface Header {
  /** 2^(10 + log) bytes; 13 is the SDK's 8 MiB. */
  readonly windowLog?: number;
  /** What it says of its size. */
  readonly declares?: bigint;
}

/** A v1 file whose frame is these blocks, and what follows it. */
export function framed(blocks: readonly Uint8Array[], { windowLog = 13, declares }: Header = {}) {
  const size = Buffer.alloc(declares === undefined ? 0 : 8);
  if (declares !== undefined) size.writeBigUInt64LE(declares);
  const header = Buffer.from([declares === undefined ? 0 : 0xc0, windowLog << 3]);
  return Buffer.concat([MAGIC, FRAME_MAGIC, header, size, ...blocks]);
}

/** A v1 file that holds the database as it is, which is quick. */
export function uncompressed(database: Uint8Array): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < database.length; at += LARGEST_BLOCK) {
    const part = database.subarray(at, at + LARGEST_BLOCK);
    const last = at + LARGEST_BLOCK >= database.length;
    blocks.push(Buffer.concat([blockHeader(part.length, 'raw', last), part]));
  }
  // A small window: its memory is set up for each reading.
  return framed(blocks, { windowLog: 7 });
}

/** Four bytes that unpack to 128 KiB, or to more than the format allows. */
export function bombBlock(last = false, bytes = LARGEST_BLOCK): Buffer {
  return Buffer.concat([blockHeader(bytes, 'repeated', last), Buffer.from('x')]);
}

function blockHeader(bytes: number, kind: 'raw' | 'repeated', last: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((bytes << 3) | (kind === 'raw' ? 0 : 2) | (last ? 1 : 0), 0, 3);
  return header;
}
