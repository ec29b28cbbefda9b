import { constants } from 'node:fs';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccessModel } from '../../../main/access/types.ts';
import { MAGIC } from '../../../main/c1z/container.ts';
import { ksuid } from '../../../main/c1z/ksuid.ts';
import { writeC1z, type C1zRequest } from '../../../main/c1z/writer.ts';
import { harbour, model, shuffled, TOWN, user } from '../access/build.ts';
import {
  OFFICIAL_FILE,
  openFile,
  request,
  STARTED_AT,
  temporaryFolder,
  type Query,
  type TableRow,
} from './build.ts';

const OBJECT_TABLES = ['v1_resource_types', 'v1_resources', 'v1_entitlements', 'v1_grants'];

async function write(overrides: Partial<C1zRequest> = {}): Promise<string> {
  const path = join(await temporaryFolder(), 'sync.c1z');
  expect(await writeC1z(request(path, overrides))).toMatchObject({ ok: true });
  return path;
}

const normal = (sql: unknown) => String(sql).toLowerCase().replaceAll(/\s+/g, ' ').trim();

function tablesOf(query: Query): Record<string, readonly TableRow[]> {
  const tables = query("select name from sqlite_master where type = 'table' order by name");
  return Object.fromEntries(
    tables.map(({ name }) => [
      String(name),
      query(
        `select name, lower(type) type, "notnull", dflt_value, pk from pragma_table_info('${String(name)}')`,
      ),
    ]),
  );
}

function indexesOf(query: Query): readonly string[] {
  return query("select sql from sqlite_master where type = 'index' order by name").map(({ sql }) =>
    normal(sql),
  );
}

describe('the file', () => {
  it('is the magic and one zstd frame with its content size and a window of at most 8 MiB', async () => {
    const file = await readFile(await write());
    expect(file.subarray(0, 5)).toEqual(Buffer.from(MAGIC));
    expect(file.readUInt32LE(5)).toBe(0xfd2fb528);
    const descriptor = file.readUInt8(9);
    expect(descriptor >> 6).toBeGreaterThan(0);
    const singleSegment = (descriptor & 0x20) !== 0;
    expect(singleSegment || file.readUInt8(10) >> 3 <= 13).toBe(true);
  });

  it('has the tables of the official one, with the older columns of sync runs', async () => {
    const official = tablesOf(await openFile(OFFICIAL_FILE));
    const ours = tablesOf(await openFile(await write()));
    expect(ours).toEqual({
      ...official,
      v1_sync_runs: official['v1_sync_runs']?.filter(({ name }) => name !== 'grants_backfilled'),
    });
  });

  it('has the indexes of the official one, and the one that newer readers would add', async () => {
    const official = indexesOf(await openFile(OFFICIAL_FILE));
    const ours = indexesOf(await openFile(await write()));
    const added =
      'create index idx_grants_entitlement_sync_grant_v1 on v1_grants (entitlement_id, sync_id, id)';
    expect(ours.filter((index) => index !== added)).toEqual(official);
    expect(ours).toContain(added);
  });

  it('has pages of 4096 bytes and a rollback journal', async () => {
    const query = await openFile(await write());
    expect(query('pragma page_size')).toEqual([{ page_size: 4096 }]);
    expect(query('pragma user_version')).toEqual([{ user_version: 0 }]);
    expect(query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('holds one finished full sync, its times in UTC', async () => {
    const query = await openFile(await write());
    expect(query('select * from v1_sync_runs')).toEqual([
      {
        id: 1,
        sync_id: ksuid(STARTED_AT, new Uint8Array(16).fill(7)),
        started_at: '2026-03-03 17:45:13.056000000',
        ended_at: '2026-03-03 17:45:15.056000000',
        sync_token: '',
        sync_type: 'full',
        parent_sync_id: '',
        linked_sync_id: '',
        supports_diff: 1,
      },
    ]);
    expect(query('select count(*) n from v1_assets')).toEqual([{ n: 0 }]);
    expect(query('select count(*) n from v1_connector_sessions')).toEqual([{ n: 0 }]);
  });

  it('numbers its rows in byte order of their keys', async () => {
    const query = await openFile(await write());
    for (const table of OBJECT_TABLES) {
      const ids = query(`select external_id from ${table} order by id`).map(
        (row) => row['external_id'],
      );
      expect(ids.length).toBeGreaterThan(0);
      expect(ids).toEqual(
        [...ids].sort((a, b) => Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))),
      );
    }
  });

  it('says how much it holds', async () => {
    const path = join(await temporaryFolder(), 'sync.c1z');
    expect(await writeC1z(request(path))).toEqual({
      ok: true,
      value: {
        bytes: (await stat(path)).size,
        counts: { organisations: 2, accounts: 8, roles: 13, entitlements: 17, grants: 17 },
        outside: { grants: 0, targets: 0 },
      },
    });
  });

  it('can hold organisations that nobody has access to', async () => {
    const query = await openFile(await write({ model: model([harbour()]) }));
    expect(query('select count(*) n from v1_grants')).toEqual([{ n: 0 }]);
  });

  it.skipIf(process.platform === 'win32')('is its owner’s alone', async () => {
    const { mode } = await stat(await write());
    expect(mode & (constants.S_IRWXG | constants.S_IRWXO)).toBe(0);
  });
});

describe('two files of the same access', () => {
  const later = {
    model: model(shuffled(TOWN)),
    syncId: ksuid(STARTED_AT + 3_600_000, new Uint8Array(16).fill(9)),
    startedAt: STARTED_AT + 3_600_000,
    endedAt: STARTED_AT + 3_601_000,
  };

  it('differ in sync id and times only, whatever order Xero answered in', async () => {
    const first = await openFile(await write());
    const second = await openFile(await write(later));
    for (const table of OBJECT_TABLES) {
      const rows = (query: Query) =>
        query(`select * from ${table} order by id`).map((row) => ({
          ...row,
          sync_id: '',
          discovered_at: '',
        }));
      expect(rows(second)).toEqual(rows(first));
    }
  });

  it('are the same bytes when those are equal too', async () => {
    const first = await readFile(await write());
    expect(await readFile(await write({ model: later.model }))).toEqual(first);
  });
});

describe('a write that fails', () => {
  it('isn’t made when the work is stopped on the way, and the one that was there stays', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'sync.c1z');
    await writeFile(path, 'the last one');
    const stopped = await writeC1z(request(path), AbortSignal.abort());
    expect(stopped).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual(['sync.c1z']);
    expect(await readFile(path, 'utf8')).toBe('the last one');
  });

  it('into a missing folder says so and makes nothing', async () => {
    const folder = await temporaryFolder();
    const written = await writeC1z(request(join(folder, 'missing', 'sync.c1z')));
    expect(written).toMatchObject({ ok: false, failure: { code: 'diskFailed', detail: 'ENOENT' } });
    expect(await readdir(folder)).toEqual([]);
  });

  // Linux's /dev/full refuses every write as a full disk does.
  it.runIf(process.platform === 'linux').each(['.db', '.tmp'])(
    'on a full disk, at its %s, says so, leaves nothing and spares the older file',
    async (suffix) => {
      const folder = await temporaryFolder();
      const path = join(folder, 'sync.c1z');
      await writeFile(path, 'older');
      await symlink('/dev/full', `${path}${suffix}`);
      expect(await writeC1z(request(path))).toMatchObject({
        ok: false,
        failure: { code: 'diskFull', next: 'freeDisk' },
      });
      expect(await readdir(folder)).toEqual(['sync.c1z']);
      expect(await readFile(path, 'utf8')).toBe('older');
    },
  );

  it('at the very last step leaves nothing of its own', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'sync.c1z'));
    const written = await writeC1z(request(join(folder, 'sync.c1z')));
    expect(written).toMatchObject({ ok: false, failure: { code: 'diskFailed' } });
    expect(await readdir(folder)).toEqual(['sync.c1z']);
  });

  it('doesn’t stumble over what a killed one left', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'sync.c1z');
    await writeFile(`${path}.db`, 'half a database');
    await writeFile(`${path}.tmp`, 'half a file');
    expect(await writeC1z(request(path))).toMatchObject({ ok: true });
    expect(await readdir(folder)).toEqual(['sync.c1z']);
  });
});

describe('access that contradicts itself', () => {
  const whole = model([harbour(user({ subscriber: true }))]);
  const contradictions: readonly (readonly [string, Partial<AccessModel>])[] = [
    ['a grant of an account that isn’t there', { resources: whole.resources.slice(0, -1) }],
    ['a grant of an entitlement that isn’t there', { entitlements: whole.entitlements.slice(1) }],
    ['roles whose organisation isn’t there', { resources: whole.resources.slice(1) }],
    ['an object twice', { grants: whole.grants.flatMap((grant) => [grant, grant]) }],
    ['objects out of order', { entitlements: whole.entitlements.toReversed() }],
    ['an empty id', { resources: whole.resources.map((resource) => ({ ...resource, id: '' })) }],
    [
      'an exclusion group over types of resources',
      {
        entitlements: whole.entitlements.map((entitlement) => ({
          ...entitlement,
          exclusionGroup: { id: 'xero-role:all', order: 1 },
        })),
      },
    ],
  ];

  it.each(contradictions)('(%s) is never written', async (_what, change) => {
    const folder = await temporaryFolder();
    const path = join(folder, 'sync.c1z');
    const written = await writeC1z(request(path, { model: { ...whole, ...change } }));
    expect(written).toMatchObject({ ok: false, failure: { code: 'fileInvalid' } });
    expect(JSON.stringify(written)).not.toContain('g-ana');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['without a sync id', { syncId: 'sync-1' }],
    ['that ended before it began', { endedAt: STARTED_AT - 1 }],
  ])('and a sync %s isn’t written either', async (_what, change) => {
    const path = join(await temporaryFolder(), 'sync.c1z');
    const written = await writeC1z(request(path, change));
    expect(written).toMatchObject({ ok: false, failure: { code: 'fileInvalid' } });
  });
});
