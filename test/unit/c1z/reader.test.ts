import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { writeC1z } from '../../../main/c1z/writer.ts';
import { GrantExpandableSchema } from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import { GrantSchema } from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import { OFFICIAL_FILE, request, temporaryFolder } from './build.ts';
import { readHere } from './reading.ts';
import { fileOf, tampered } from './tampered.ts';

async function contentsOf(path: string) {
  const contents = await readHere(path);
  if (!contents.ok) throw new Error(contents.failure.detail ?? contents.failure.message);
  return contents.value;
}

const hex = (bytes: Uint8Array) => `x'${Buffer.from(bytes).toString('hex')}'`;

describe('the official SDK’s file', () => {
  it('is read, though it says neither its size nor that its sync ended', async () => {
    const { summary, resourceTypes, resources } = await contentsOf(fileURLToPath(OFFICIAL_FILE));
    expect(summary).toMatchObject({
      version: 1,
      syncs: 1,
      sync: {
        id: '3ARefY5G8eOytquwYgm41Nq07IZ',
        startedAt: '2026-03-03 09:45:13.056791',
        endedAt: null,
        type: 'full',
      },
    });
    expect(resourceTypes).toContainEqual({
      id: 'user',
      displayName: 'User',
      description: '',
      traits: ['USER'],
    });
    expect(resources).toHaveLength(79);
    const person = resources.find(({ type }) => type === 'user');
    expect(person).toMatchObject({
      status: 'ENABLED',
      account: { email: expect.stringContaining('@') as string },
    });
    expect(Object.keys(person?.profile ?? {})).not.toEqual([]);
  });

  it('is refused when a bit of its content flipped, though it unpacks', async () => {
    const file = await readFile(OFFICIAL_FILE);
    file.writeUInt8(file.readUInt8(file.length - 1) ^ 1, file.length - 1);
    expect(await readHere(await fileOf(file))).toMatchObject({
      ok: false,
      failure: { code: 'fileInvalid', detail: 'its checksum is wrong' },
    });
  });
});

describe('our file', () => {
  it('gives back what was written, in order', async () => {
    const path = join(await temporaryFolder(), 'sync.c1z');
    const { model, syncId } = request(path);
    await writeC1z(request(path));
    const { summary, resourceTypes, resources, entitlements, grants } = await contentsOf(path);
    expect(summary.sync).toMatchObject({ id: syncId, endedAt: '2026-03-03 17:45:15.056000000' });
    expect(resourceTypes.map(({ id }) => id)).toEqual(['org', 'role', 'user']);
    expect(resources).toMatchObject(
      model.resources.map(({ type, id, parent, displayName, profile, rawId }) => {
        return { type, id, parent, displayName, profile, rawId };
      }),
    );
    expect(resources.flatMap(({ account }) => account ?? [])).toEqual(
      model.resources.flatMap((resource) => {
        if (resource.type !== 'user') return [];
        const { email, givenName, familyName } = resource;
        const names = { givenName: givenName ?? '', familyName: familyName ?? '' };
        return { email, login: email ?? '', ...names };
      }),
    );
    expect(entitlements).toMatchObject(
      model.entitlements.map(({ id, resource, slug, purpose, immutable, exclusionGroup }) => {
        return { id, resource, slug, purpose: purpose.toUpperCase(), immutable, exclusionGroup };
      }),
    );
    expect(grants).toMatchObject(
      model.grants.map(({ id, entitlementId, principal, immutable }) => {
        return { id, entitlementId, principal, immutable };
      }),
    );
  });

  it('is counted by type, grants by that of their entitlement', async () => {
    const path = join(await temporaryFolder(), 'sync.c1z');
    const { resources, entitlements, grants } = request(path).model;
    await writeC1z(request(path));
    const { counts } = (await contentsOf(path)).summary;
    expect(counts).toMatchObject({
      resourceTypes: 3,
      resources: resources.length,
      entitlements: entitlements.length,
      grants: grants.length,
      assets: 0,
    });
    const ofType = (type: string) => ({
      resources: resources.filter((each) => each.type === type).length,
      entitlements: entitlements.filter(({ resource }) => resource.type === type).length,
      grants: grants.filter(({ id }) => id.startsWith(`${type}:`)).length,
    });
    expect(counts?.byType).toEqual([
      { id: 'org', displayName: 'Organisation', ...ofType('org') },
      { id: 'role', displayName: 'Role', ...ofType('role') },
      { id: 'user', displayName: 'Account', ...ofType('user') },
    ]);
  });
});

describe('of several syncs', () => {
  const newYear = (year: string | null) => (year === null ? 'null' : `'${year}-01-01 00:00:00'`);
  const run = (id: string, type: string, startedAt: string, endedAt: string | null) =>
    `insert into v1_sync_runs (sync_id, sync_type, started_at, ended_at, sync_token) values
      ('${id.padEnd(27, '0')}', '${type}', ${newYear(startedAt)}, ${newYear(endedAt)}, '');`;
  const chosen = async (sql: string) => {
    const { summary } = await contentsOf(await tampered(sql));
    return summary.version === 1 ? [summary.sync.id.replace(/0+$/, ''), summary.syncs] : [];
  };
  const none = 'delete from v1_sync_runs;';

  it.each([
    [
      'the finished full one before a later unfinished one',
      'old',
      2,
      run('new', 'full', '2030', null),
    ],
    [
      'the finished full one before a later partial one',
      'old',
      2,
      run('new', 'partial', '2030', '2031'),
    ],
    ['the full one that ended last', 'new', 2, run('new', 'full', '2020', '2030')],
    [
      'a finished partial one before an unfinished full one',
      'a',
      2,
      none + run('a', 'partial', '2026', '2027') + run('b', 'full', '2030', null),
    ],
    [
      'the one begun last where none ended',
      'b',
      2,
      none + run('a', 'full', '2026', null) + run('b', 'full', '2027', null),
    ],
  ])('%s is read', async (_which, id, syncs, sql) => {
    const [found, count] = await chosen(
      `update v1_sync_runs set sync_id = 'old${'0'.repeat(24)}', ended_at = ${newYear('2026')};${sql}`,
    );
    expect([found, count]).toEqual([id, syncs]);
  });
});

describe('a file of another SDK', () => {
  it('of the first ones is read without the columns and tables that came later', async () => {
    const path = await tampered(`
      alter table v1_sync_runs drop column sync_type;
      drop index idx_grants_sync_expansion_v1;
      alter table v1_grants drop column expansion;
      drop table v1_connector_sessions;
      drop table v1_assets;
    `);
    const { summary, grants } = await contentsOf(path);
    expect(summary.sync?.type).toBe('full');
    expect(grants).toHaveLength(request(path).model.grants.length);
  });

  it('that keeps grants slim is read by their columns', async () => {
    const { id, principal, entitlementId } = request('').model.grants[0] ?? expect.fail();
    const slim = hex(toBinary(GrantSchema, create(GrantSchema, { id })));
    const path = await tampered(`update v1_grants set data = ${slim} where external_id = '${id}'`);
    expect((await contentsOf(path)).grants[0]).toMatchObject({ id, principal, entitlementId });
  });

  it('gives what a grant expands to, wherever it stands', async () => {
    const expandable = create(GrantExpandableSchema, { entitlementIds: ['group:a:member'] });
    const bytes = hex(toBinary(GrantExpandableSchema, expandable));
    const path = await tampered(`update v1_grants set expansion = ${bytes} where id = 1`);
    expect((await contentsOf(path)).grants.map(({ expandsTo }) => expandsTo)).toEqual([
      ['group:a:member'],
      ...request(path)
        .model.grants.slice(1)
        .map(() => []),
    ]);
  });

  it('may have a parent in the columns that the message has lost', async () => {
    const path = await tampered(
      "update v1_resources set parent_resource_type_id = 'org', parent_resource_id = 'x' where id = 1",
    );
    expect((await contentsOf(path)).resources[0]?.parent).toBeNull();
  });

  it('counts rows of types that it doesn’t list', async () => {
    const path = await tampered("delete from v1_resource_types where external_id = 'role'");
    const { counts } = (await contentsOf(path)).summary;
    expect(counts?.resourceTypes).toBe(2);
    expect(counts?.byType.find(({ id }) => id === 'role')?.displayName).toBeNull();
  });
});
