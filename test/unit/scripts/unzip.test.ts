import { lstat, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unzip } from '../../../scripts/unzip.mjs';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unzip-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Packed {
  readonly name: string;
  readonly mode: number;
  readonly data: string;
  readonly deflate?: boolean;
}

/** A zip archive as other programs write it: extra bytes in each local header, and a comment at the end. */
function zip(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const { name, mode, data, deflate = false } of files) {
    const packed = deflate ? deflateRawSync(data) : Buffer.from(data);
    const offset = locals.reduce((sum, part) => sum + part.length, 0);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(4, 28);
    locals.push(local, Buffer.from(name), Buffer.alloc(4), packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(deflate ? 8 : 0, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(mode, 40);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
  }
  const body = Buffer.concat(locals);
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, index, end, Buffer.from('made by a test')]);
}

it('extracts what is chosen to where it is placed, with its mode bits, and leaves the rest', async () => {
  const archive = join(folder, 'a.zip');
  const files = [
    { name: 'App/', mode: 0o40755, data: '' },
    { name: 'App/run', mode: 0o100755, data: 'a program '.repeat(999), deflate: true },
    { name: 'App/text/readme', mode: 0o100644, data: 'words' },
    { name: 'App/empty', mode: 0o100644, data: '' },
    { name: 'App/link', mode: 0o120777, data: 'text/readme' },
    { name: 'App/secret', mode: 0o100644, data: 'no' },
  ];
  await writeFile(archive, zip(files));
  const target = join(folder, 'out');
  await unzip(archive, target, (name: string) =>
    name === 'App/secret' ? undefined : name.replace('App/', ''),
  );

  expect((await readdir(target)).sort()).toEqual(['empty', 'link', 'run', 'text']);
  expect(await readFile(join(target, 'run'), 'utf8')).toBe('a program '.repeat(999));
  expect((await stat(join(target, 'run'))).mode & 0o111).not.toBe(0);
  expect((await stat(join(target, 'text/readme'))).mode & 0o111).toBe(0);
  expect((await lstat(join(target, 'link'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(target, 'link'), 'utf8')).toBe('words');
});

it('refuses a file that is no archive', async () => {
  const archive = join(folder, 'a.zip');
  await writeFile(archive, 'x'.repeat(100));
  await expect(unzip(archive, folder, (name: string) => name)).rejects.toThrow('not a zip archive');
});
