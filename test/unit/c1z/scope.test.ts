import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyScope, WHOLE, type FileScope } from '../../../main/c1z/scope.ts';
import { writeC1z } from '../../../main/c1z/writer.ts';
import { FARM, HARBOUR, model, TOWN } from '../access/build.ts';
import { openFile, request, temporaryFolder } from './build.ts';
import { readHere } from './reading.ts';

const ALL = model(TOWN);
const apply = (scope: Partial<FileScope>) => applyScope(ALL, { ...WHOLE, ...scope });
const of = <T extends { readonly type: string }>(items: readonly T[], ...types: string[]) =>
  items.filter(({ type }) => types.includes(type));

describe('the part of the access that goes into a file', () => {
  it('is all of it unless something is asked for', () => {
    const { resources, entitlements, grants } = ALL;
    expect(apply({})).toEqual({
      lists: { resources, entitlements, grants },
      outside: { grants: 0, targets: 0 },
    });
  });

  it('without accounts has no grants to them, and says how many were left out', () => {
    const { lists, outside } = apply({ types: ['org', 'role'] });
    expect(lists.resources).toEqual(of(ALL.resources, 'org', 'role'));
    expect(lists.entitlements).toEqual(ALL.entitlements);
    expect(lists.grants).toEqual([]);
    expect(outside).toEqual({ grants: ALL.grants.length, targets: 0 });
  });

  it('without roles has no entitlements of roles and no grants of those', () => {
    const { lists, outside } = apply({ types: ['org', 'user'] });
    expect(lists.entitlements.every(({ resource }) => resource.type === 'org')).toBe(true);
    expect(lists.grants).toEqual(ALL.grants.filter(({ id }) => id.startsWith('org:')));
    expect(outside.grants).toBe(0);
  });

  it('of roles alone keeps them under their organisations', () => {
    const { lists } = apply({ types: ['role'] });
    expect(lists.resources).toEqual(of(ALL.resources, 'role'));
  });

  it('can leave out grants, or entitlements as well', () => {
    expect(apply({ rows: 'withoutGrants' }).lists).toEqual({
      resources: ALL.resources,
      entitlements: ALL.entitlements,
      grants: [],
    });
    expect(apply({ rows: 'resourcesOnly' }).lists).toEqual({
      resources: ALL.resources,
      entitlements: [],
      grants: [],
    });
  });
});

describe('single resources', () => {
  const partial = (scope: Partial<FileScope>) => apply({ ...scope, syncType: 'partial' });
  const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

  it('a role brings its entitlement and all who hold it, though they aren’t in the file', () => {
    const id = `${HARBOUR}/standard`;
    const { lists } = partial({ targets: [{ type: 'role', id }] });
    expect(ids(lists.resources)).toEqual([id]);
    expect(ids(lists.entitlements)).toEqual([`role:${id}:assigned`]);
    expect(lists.grants).toEqual(
      ALL.grants.filter(({ entitlementId }) => entitlementId === `role:${id}:assigned`),
    );
    expect(lists.grants.length).toBeGreaterThan(0);
  });

  it('an organisation brings its roles’ rows, but only what can be granted on itself', () => {
    const { lists } = partial({ targets: [{ type: 'org', id: FARM }] });
    const roles = of(ALL.resources, 'role').filter(({ parent }) => parent?.id === FARM);
    expect(ids(lists.resources)).toEqual([FARM, ...ids(roles)]);
    expect(ids(lists.entitlements)).toEqual([`org:${FARM}:member`, `org:${FARM}:subscriber`]);
    const alone = partial({ targets: [{ type: 'org', id: FARM }], types: ['org'] });
    expect(ids(alone.lists.resources)).toEqual([FARM]);
  });

  it('an account brings its row, and what doesn’t exist is counted', () => {
    const [account] = of(ALL.resources, 'user');
    const targets = [
      { type: 'user', id: account?.id ?? '' },
      { type: 'user', id: 'nobody' },
      { type: 'user', id: 'nobody' },
    ] as const;
    const { lists, outside } = partial({ targets });
    expect(lists).toEqual({ resources: [account], entitlements: [], grants: [] });
    expect(outside).toEqual({ grants: 0, targets: 1 });
  });

  it('none gives none', () => {
    expect(partial({ targets: [] }).lists).toEqual({ resources: [], entitlements: [], grants: [] });
  });
});

describe('the file', () => {
  async function write(scope?: FileScope) {
    const path = join(await temporaryFolder(), 'sync.c1z');
    const written = await writeC1z(request(path, scope === undefined ? {} : { scope }));
    const query = await openFile(path);
    const read = await readHere(path);
    if (!written.ok || !read.ok) throw new Error('The file is not whole.');
    return { written: written.value, runs: query('select * from v1_sync_runs'), read: read.value };
  }

  it.each<[string, Partial<FileScope>]>([
    ['full', {}],
    ['full', { types: ['user'] }],
    ['full', { rows: 'withoutGrants' }],
    ['resources_only', { rows: 'resourcesOnly', syncType: 'resources_only' }],
    ['partial', { targets: [{ type: 'org', id: HARBOUR }], syncType: 'partial' }],
    ['partial', { targets: [], syncType: 'partial' }],
  ])('is a finished %s sync without a parent, with what %j leaves', async (type, part) => {
    const scope = { ...WHOLE, ...part };
    const { written, runs, read } = await write(scope);
    expect(runs).toMatchObject([{ sync_type: type, parent_sync_id: '', linked_sync_id: '' }]);
    expect(read.summary.sync).toMatchObject({ type, endedAt: expect.any(String) as string });
    const { lists } = applyScope(ALL, scope);
    expect(read.resourceTypes.map(({ id }) => id)).toEqual(scope.types);
    expect(read.resources.map(({ id }) => id)).toEqual(lists.resources.map(({ id }) => id));
    expect(read.entitlements.map(({ id }) => id)).toEqual(lists.entitlements.map(({ id }) => id));
    expect(read.grants.map(({ id }) => id)).toEqual(lists.grants.map(({ id }) => id));
    expect(written.counts.grants).toBe(lists.grants.length);
  });

  it('is a full sync of everything when nothing is said', async () => {
    expect((await write()).runs).toMatchObject([{ sync_type: 'full' }]);
  });
});
