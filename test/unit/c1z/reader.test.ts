import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import sqlite from 'node-sqlite3-wasm';
import { describe, expect, it } from 'vitest';
import { MAX_DATABASE_BYTES, pack, unpack } from '../../../main/c1z/container.ts';
import { readC1z } from '../../../main/c1z/reader.ts';
import { writeC1z } from '../../../main/c1z/writer.ts';
import { UserTraitSchema } from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import { OFFICIAL_FILE, request, temporaryFolder } from './build.ts';

async function read(path: string) {
  const folder = await temporaryFolder();
  const contents = await readC1z(path, folder);
  expect(await readdir(folder)).toEqual([]);
  return contents;
}

async function contentsOf(path: string) {
  const contents = await read(path);
  if (!contents.ok) throw new Error(contents.failure.detail);
  return contents.value;
}

/** A file of ours whose database was changed by some SQL. */
async function tampered(sql: string): Promise<string> {
  const folder = await temporaryFolder();
  const path = join(folder, 'sync.c1z');
  await writeC1z(request(path));
  const copy = join(folder, 'copy.db');
  await writeFile(copy, unpack(await readFile(path), MAX_DATABASE_BYTES) ?? '');
  const database = new sqlite.Database(copy);
  database.exec(sql);
  database.close();
  await writeFile(path, pack(await readFile(copy)));
  return path;
}

async function file(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'some.c1z');
  await writeFile(path, bytes);
  return path;
}

describe('the official SDK’s file', () => {
  it('is read, though it says neither its size nor that its sync ended', async () => {
    const { sync, resourceTypes, resources } = await contentsOf(fileURLToPath(OFFICIAL_FILE));
    expect(sync).toEqual({
      id: '3ARefY5G8eOytquwYgm41Nq07IZ',
      startedAt: '2026-03-03 09:45:13.056791',
      endedAt: null,
      type: 'full',
    });
    expect(resourceTypes.map(({ id }) => id)).toContain('user');
    expect(resources).toHaveLength(79);
    const person = resources.find(({ id }) => id?.resourceType === 'user');
    const trait = person?.annotations.map((any) => anyUnpack(any, UserTraitSchema)).find(Boolean);
    expect(trait).toMatchObject({
      emails: [{ isPrimary: true }],
      status: { status: 1, details: 'Enabled' },
      accountType: 1,
    });
  });
});

describe('our file', () => {
  it('gives back what was written, in order', async () => {
    const path = join(await temporaryFolder(), 'sync.c1z');
    const { model, syncId } = request(path);
    await writeC1z(request(path));
    const { sync, resourceTypes, resources, entitlements, grants } = await contentsOf(path);
    expect(sync).toMatchObject({ id: syncId, endedAt: '2026-03-03 17:45:15.056000000' });
    expect(resourceTypes.map(({ id }) => id)).toEqual(['org', 'role', 'user']);
    expect(resources.map(({ id }) => [id?.resourceType, id?.resource])).toEqual(
      model.resources.map(({ type, id }) => [type, id]),
    );
    expect(entitlements.map(({ id }) => id)).toEqual(model.entitlements.map(({ id }) => id));
    expect(grants.map(({ id }) => id)).toEqual(model.grants.map(({ id }) => id));
  });

  it('with an unfinished sync beside it still gives the finished one', async () => {
    const path = await tampered(
      "insert into v1_sync_runs (sync_id, started_at, sync_token) values ('3zzzzzzzzzzzzzzzzzzzzzzzzzz', '2030-01-01 00:00:00', '')",
    );
    expect((await contentsOf(path)).resources.length).toBeGreaterThan(0);
  });
});

describe('a file that isn’t whole', () => {
  it.each([
    [
      'whose column contradicts its message',
      "update v1_grants set principal_resource_id = 'x' where id = 3",
    ],
    ['whose message is damaged', "update v1_resources set data = x'ff' where id = 2"],
    ['that holds no sync', 'delete from v1_sync_runs'],
    ['that lacks a table', 'drop table v1_entitlements'],
  ])('%s is refused', async (_what, sql) => {
    expect(await read(await tampered(sql))).toMatchObject({
      ok: false,
      failure: { code: 'fileInvalid' },
    });
  });

  it('is refused when it was cut off, and whatever else it is', async () => {
    const whole = await readFile(OFFICIAL_FILE);
    const text = Buffer.from('{"not": "a c1z"}');
    const notADatabase = pack(Buffer.alloc(5000, 'x'));
    for (const bytes of [whole.subarray(0, 3000), whole.subarray(0, 7), text, notADatabase]) {
      expect(await read(await file(bytes))).toMatchObject({
        ok: false,
        failure: { code: 'fileInvalid' },
      });
    }
  });

  it('is told apart from one of the newer version', async () => {
    const contents = await read(await file(Buffer.from('C1Z3\0...')));
    expect(contents.ok ? null : contents.failure.message).toContain('version 3');
  });

  it('is refused unread when it claims to be huge', () => {
    const frame = Buffer.from(
      '28b52ffd c0 58 0000000000010000 000000000000000000'.replaceAll(' ', ''),
      'hex',
    );
    expect(unpack(Buffer.concat([Buffer.from('C1ZF\0'), frame]), MAX_DATABASE_BYTES)).toBeNull();
    expect(unpack(pack(new Uint8Array(5000)), 4999)).toBeNull();
  });

  it('is a trouble of the disk when it isn’t there', async () => {
    expect(await read('/no/such/file.c1z')).toMatchObject({
      ok: false,
      failure: { code: 'diskFailed' },
    });
  });
});
