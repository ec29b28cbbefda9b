import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileTable } from '../../../main/c1z/schema.ts';
import { writeDatabaseFile } from '../../../main/c1z/sqlite/database-file.ts';
import type { Value } from '../../../main/c1z/sqlite/record.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const index = (name: string, ...columns: readonly string[]) => ({
  name,
  columns,
  sql: `create index ${name} on things (${columns.join(', ')})`,
  empty: false,
});

const THINGS: FileTable = {
  name: 'things',
  columns: ['id', 'key', 'kind', 'data', 'size'],
  // The comment makes a schema that takes more than the first page, as the file's own does.
  sql: `create table things (id integer primary key, key text, kind text, data blob, size integer /* ${'-'.repeat(3000)} */)`,
  indexes: [
    index('by_key', 'key'),
    index('by_kind', 'kind', 'key'),
    index('by_kind_and_row', 'kind', 'id'),
    {
      ...index('by_nothing', 'kind'),
      sql: 'create index by_nothing on things (kind) where size = -9',
      empty: true,
    },
    {
      ...index('long', 'kind'),
      sql: `create index long on things (kind /* ${'-'.repeat(2000)} */)`,
    },
  ],
};

type Thing = readonly [null, string, string | null, Uint8Array, number];

/** Writes the things and asks the engine, which checks every page, pointer, order and index entry. */
async function written(things: readonly Thing[], path = join(folder, 'things.db')) {
  await writeFile(path, '');
  writeDatabaseFile(path, [{ ...THINGS, rows: things as Iterable<readonly Value[]> }]);
  const database = new sqlite.Database(path, { readOnly: true });
  try {
    return {
      verdict: database.all('pragma integrity_check'),
      rows: database.all('select * from things order by id'),
      indexed: database.all('select key from things indexed by by_key order by key'),
    };
  } finally {
    database.close();
  }
}

function thing(number: number, keyLength: number, dataLength: number): Thing {
  // Neighbours in the order of keys aren't neighbours in the order of rows.
  const key = `${(number * 7919) % 10_007}`.padStart(keyLength, 'k');
  return [
    null,
    key,
    number % 3 === 0 ? null : `kind ${number % 5}`,
    Buffer.alloc(dataLength, number),
    number * 37,
  ];
}

const OK = [{ integrity_check: 'ok' }];

describe('a database written from its leaves up', () => {
  // Keys of this length: four a page of an index, so that few rows make trees of several levels.
  it.each([0, 1, 2, 4, 5, 6, 9, 10, 11, 14, 15, 16, 19, 20, 21, 25, 30, 64, 200])(
    'is sound to SQLite and holds %i rows',
    async (count) => {
      const things = Array.from({ length: count }, (_, number) => thing(number, 900, 50));
      const { verdict, rows, indexed } = await written(things);
      expect(verdict).toEqual(OK);
      expect(rows.map(({ key }) => key)).toEqual(things.map(([, key]) => key));
      expect(indexed.map(({ key }) => key)).toEqual(things.map(([, key]) => key).sort());
    },
  );

  it('keeps what takes pages of its own, in tables and in indexes', async () => {
    const lengths = [900, 1002, 1003, 4057, 4061, 4062, 4092, 8190, 20_000];
    const things = lengths.map((length, number) => thing(number, length, length));
    const { verdict, rows } = await written(things);
    expect(verdict).toEqual(OK);
    expect(rows).toEqual(
      things.map(([, key, kind, data, size], number) => ({
        id: number + 1,
        key,
        kind,
        data: new Uint8Array(data),
        size,
      })),
    );
  });

  it('keeps whole numbers of every length', async () => {
    const sizes = [0, 1, 2, -1, 127, 128, -129, 32_768, 8_388_608, 2_147_483_648, -2_147_483_649];
    const { verdict, rows } = await written(
      sizes.map((size) => [null, 'k', null, Buffer.of(), size]),
    );
    expect(verdict).toEqual(OK);
    expect(rows.map(({ size }) => size)).toEqual(sizes);
  });

  it('orders keys by their bytes, beyond the first plane too', async () => {
    const keys = ['z', '\u{1F600}', '\uFB01', 'é', ''];
    const { verdict, indexed } = await written(
      keys.map((key) => [null, key, null, Buffer.of(1), 0]),
    );
    expect(verdict).toEqual(OK);
    expect(indexed.map(({ key }) => key)).toEqual(['', 'z', 'é', '\uFB01', '\u{1F600}']);
  });
});
