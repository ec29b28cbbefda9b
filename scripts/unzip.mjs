import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const END_RECORD = 0x06054b50;
const END_RECORD_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const FILE_KIND = 0o170000;
const LINK = 0o120000;

/**
 * Extracts chosen files of a zip archive, with their mode bits. For archives whose hash was checked before: it trusts their names.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} place where in `folder` a file goes; undefined leaves it out
 */
export async function unzip(archive, folder, place) {
  const file = await open(archive);
  try {
    for (const entry of await list(file)) {
      const name = entry.name.endsWith('/') ? undefined : place(entry.name);
      if (name !== undefined) await extract(file, archive, entry, join(folder, name));
    }
  } finally {
    await file.close();
  }
}

async function extract(file, archive, entry, target) {
  await mkdir(dirname(target), { recursive: true });
  // The local header repeats the name and has extra bytes of its own before the data.
  const header = await read(file, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if ((entry.mode & FILE_KIND) === LINK) {
    await symlink((await read(file, start, entry.packed)).toString(), target);
    return;
  }
  const mode = entry.mode & 0o777;
  if (entry.packed === 0) {
    await writeFile(target, '', { mode });
    return;
  }
  const out = createWriteStream(target, { mode });
  const packed = createReadStream(archive, { start, end: start + entry.packed - 1 });
  await (entry.method === 0 ? pipeline(packed, out) : pipeline(packed, createInflateRaw(), out));
}

/** The central directory: it alone has the mode bits. */
async function list(file) {
  const { size } = await file.stat();
  const tailStart = Math.max(0, size - END_RECORD_BYTES - LONGEST_COMMENT);
  const tail = await read(file, tailStart, size - tailStart);
  let end = tail.length - END_RECORD_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END_RECORD) end -= 1;
  if (end < 0) throw new Error('not a zip archive');
  const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries = [];
  for (let at = 0; at < directory.length;) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, nameEnd),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      mode: directory.readUInt16LE(at + 40),
      offset: directory.readUInt32LE(at + 42),
    });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function read(file, position, length) {
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer;
}
