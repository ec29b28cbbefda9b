import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sqlite from 'node-sqlite3-wasm';
import { describe, expect, it } from 'vitest';
import { readFailure } from '../../../main/c1z/read-failures.ts';
import { readC1z } from '../../../main/c1z/reader.ts';
import { failureOf } from '../results.ts';
import { OFFICIAL_FILE, temporaryFolder } from './build.ts';
import { endless } from './endless-table.ts';
import { bombBlock, framed, uncompressed } from './frames.ts';
import { readHere } from './reading.ts';
import { changed, fileOf, ourDatabase } from './tampered.ts';
import { packed } from './packed.ts';

const MEBIBYTE = 1024 * 1024;

/** Why the file can't be read: its detail, or else what is said. */
async function whyNot(path: string, maxBytes?: number): Promise<string> {
  const failure = failureOf(await readHere(path, maxBytes === undefined ? {} : { maxBytes }));
  expect(failure.code).toBe('fileInvalid');
  return failure.detail ?? failure.message;
}

const whyNotOf = async (bytes: Uint8Array, maxBytes?: number) =>
  await whyNot(await fileOf(bytes), maxBytes);

const official = await readFile(OFFICIAL_FILE);

let written: Promise<Uint8Array> | undefined;
/** The database of one and the same file of ours. */
const ours = async () => await (written ??= ourDatabase());

describe('what isn’t a .c1z', () => {
  it.each([
    ['a zip archive', 'PK\x03\x04 and more'],
    ['a gzip archive', gzipSync('some text')],
    ['a zstd archive', '\x28\xb5\x2f\xfd and more'],
    ['a bare SQLite database', 'SQLite format 3\0 and more'],
    ['a PDF document', '%PDF-1.7 and more'],
  ])('is named: %s', async (what, content) => {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
    expect(await whyNotOf(bytes)).toMatch(new RegExp(`^This is ${what}, not a \\.c1z file\\.`));
  });

  it('and has no name isn’t guessed at', async () => {
    const encrypted = createHash('sha512').update('a key').digest();
    for (const bytes of [encrypted, Buffer.from('{"not": "a c1z"}'), Buffer.from('C1Z')]) {
      expect(await whyNotOf(bytes)).toContain('it doesn’t begin as one');
    }
    expect(await whyNotOf(Buffer.alloc(0))).toContain('is empty');
  });

  it('may be no file at all', async () => {
    const folder = await temporaryFolder();
    expect(await whyNot(folder)).toContain('This is a folder');
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await whyNot(pipe)).toContain('a device or a pipe');
    expect(failureOf(await readHere(join(folder, 'none.c1z')))).toMatchObject({
      code: 'diskFailed',
      message: 'There is no such file. Check its name and its folder.',
    });
  });

  it('or is out of reach is told as that', () => {
    const error = (code: string) => readFailure(Object.assign(new Error('x'), { code }));
    expect(error('EACCES')?.message).toContain('You may not read this file');
    expect(error('ENOSPC')).toMatchObject({ code: 'diskFull', next: 'freeDisk' });
    expect(error('EIO')?.code).toBe('diskFailed');
    expect(error('ERR_INVALID_ARG_TYPE')).toBeNull();
  });
});

describe('a compressed part', () => {
  it('that was cut off anywhere is damaged', async () => {
    for (const length of [5, 7, 20, 300, 3000, official.length - 5, official.length - 1]) {
      expect(await whyNotOf(official.subarray(0, length))).toMatch(
        /it holds no compressed part|the compressed part is damaged|its checksum is wrong/,
      );
    }
  });

  it('that something follows is damaged', async () => {
    const twice = Buffer.concat([official, official.subarray(5)]);
    for (const bytes of [twice, Buffer.concat([official, Buffer.from('more')])]) {
      expect(await whyNotOf(bytes)).toMatch(/damaged|checksum/);
    }
  });

  it('that isn’t as long as it says, or has blocks too large, is damaged', async () => {
    expect(await whyNotOf(framed([bombBlock(true)], { declares: 5n }))).toBe(
      'it isn’t as long as it says',
    );
    expect(
      await whyNotOf(framed([bombBlock(), bombBlock(), bombBlock(true, 2 * MEBIBYTE - 1)])),
    ).toBe('a block is too large');
    expect(await whyNotOf(framed([bombBlock(), bombBlock(), bombBlock(true)]))).toBe(
      'it holds something else than a database',
    );
  });

  it('that needs too much memory, or a dictionary, isn’t begun', async () => {
    expect(
      await whyNotOf(framed([bombBlock(), bombBlock(), bombBlock(true)], { windowLog: 17 })),
    ).toContain('window');
    const dictionary = framed([bombBlock(), bombBlock(), bombBlock(true)]);
    dictionary.writeUInt8(1, 9);
    expect(await whyNotOf(dictionary)).toBe('it holds no compressed part');
  });

  it('that says it is huge isn’t begun', async () => {
    const bomb = framed([bombBlock(true)], { declares: 2n ** 40n });
    expect(await whyNotOf(bomb)).toContain('holds more than 1 GiB');
  });

  it('that is a bomb ends at the limit, on the disk too', async () => {
    const bomb = await fileOf(framed(Array.from({ length: 25_000 }, () => bombBlock())));
    const folder = await temporaryFolder();
    const order = { path: bomb, folder, want: 'summary', maxBytes: 8 * MEBIBYTE } as const;
    expect(failureOf(readC1z(order, () => undefined)).message).toContain('holds more than');
    expect((await stat(join(folder, 'sync.db'))).size).toBeLessThanOrEqual(8 * MEBIBYTE);
  });
});

/** Numbers without end. */
const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n)';

describe('a database', () => {
  const whyNotWith = async (sql: string) =>
    await whyNotOf(await packed(await changed(await ours(), sql)));

  it.each([
    [
      'v1_grants isn’t a plain table',
      `drop table v1_grants; create view v1_grants as ${ENDLESS} select i as id, 'x' as external_id,
        x'' as data, (select sync_id from v1_sync_runs) as sync_id from n`,
    ],
    [
      'v1_sync_runs isn’t a plain table',
      'drop table v1_sync_runs; create virtual table v1_sync_runs using fts5(sync_id)',
    ],
    [
      'v1_assets has columns that are computed',
      'alter table v1_assets add column more blob as (zeroblob(1000000000))',
    ],
    ['it has no v1_entitlements', 'drop table v1_entitlements'],
    ['it holds no sync', 'drop table v1_sync_runs'],
    ['it holds no sync', 'delete from v1_sync_runs'],
    ['v1_resources has no data', 'alter table v1_resources rename column data to date'],
    ['a row’s started_at isn’t a text', "update v1_sync_runs set started_at = x'00'"],
    ['a row’s external_id isn’t a text', "update v1_grants set external_id = x'00' where id = 2"],
    ['a row’s data isn’t a message', "update v1_resources set data = 'text' where id = 2"],
    ['a row’s data isn’t a message', 'update v1_resources set data = 12.5 where id = 2'],
    [
      'a row’s data isn’t a message',
      `update v1_grants set data = zeroblob(${17 * MEBIBYTE}) where id = 1`,
    ],
    ['a Resource is damaged', "update v1_resources set data = x'ff' where id = 2"],
    ['a GrantExpandable is damaged', "update v1_grants set expansion = x'0aff' where id = 1"],
    [
      'a row’s principal_resource_id contradicts its message',
      "update v1_grants set principal_resource_id = 'x' where id = 3",
    ],
    [
      'a row’s external_id contradicts its message',
      "update v1_resources set external_id = 'x' where id = 3",
    ],
    [
      'it has too many types of resources',
      `${ENDLESS} insert into v1_resource_types (external_id, data, sync_id, discovered_at)
        select printf('t%05d', i), cast(x'0a06' || printf('t%05d', i) as blob), sync_id, started_at
        from n, v1_sync_runs limit 10001`,
    ],
    ['the database is damaged', "pragma writable_schema = on; update sqlite_schema set sql = 'x'"],
  ])('is refused: %s', async (why, sql) => {
    expect(await whyNotWith(sql)).toBe(why);
  });

  it('may have triggers, checks and indexes, which never run', async () => {
    const database = await changed(
      await ours(),
      `create trigger t after insert on v1_grants begin select zeroblob(1000000000); end;
       create index i on v1_grants (sync_id) where length(data) < 0;
       alter table v1_assets add column c text check (length(hex(zeroblob(1000000000))) > 0);`,
    );
    expect(await readHere(await fileOf(await packed(database)))).toMatchObject({ ok: true });
  });

  it('is refused when its pages are damaged, wherever', async () => {
    const database = await ours();
    const pageBytes = 4096;
    for (let page = 0; page < database.length / pageBytes; page += 1) {
      const copy = Buffer.from(database);
      copy.fill(0xff, page * pageBytes + (page === 0 ? 100 : 0), (page + 1) * pageBytes);
      // An index isn't read, and may be damaged.
      const read = await readHere(await fileOf(uncompressed(copy)));
      expect(read.ok || read.failure.code === 'fileInvalid').toBe(true);
      if (page === 0) expect(read.ok).toBe(false);
    }
  });

  it('is refused when its rows have no end', async () => {
    const few = await changed(await ours(), 'delete from v1_grants where id > 3; vacuum');
    const path = join(await temporaryFolder(), 'some.db');
    const root = await rootPage(few, path);
    expect(await whyNotOf(uncompressed(endless(few, root)))).toBe(
      'its tables hold more than the database',
    );
  });
});

async function rootPage(database: Uint8Array, path: string): Promise<number> {
  await writeFile(path, database);
  const open = new sqlite.Database(path, { readOnly: true });
  const row = open.get("select rootpage from sqlite_schema where name = 'v1_grants'");
  open.close();
  return Number(row?.['rootpage']);
}
