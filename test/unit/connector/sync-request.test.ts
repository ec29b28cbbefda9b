import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { WHOLE } from '../../../main/c1z/scope.ts';
import { syncPlanOf } from '../../../main/connector/sync-request.ts';
import { Task_SyncFullTaskSchema } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';

type Options = MessageInitShape<typeof Task_SyncFullTaskSchema>;

const read = (options: Options) => syncPlanOf(create(Task_SyncFullTaskSchema, options));

function plan(options: Options) {
  const result = read(options);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const target = (resourceType: string, resource: string) => ({ id: { resourceType, resource } });

describe('a plain sync_full', () => {
  it('is a full sync of everything', () => {
    expect(plan({})).toEqual({ scope: WHOLE, whole: true, strangers: 0, notes: [] });
  });

  it('stays one when there is nothing to expand and the engine is chosen', () => {
    const options = { skipExpandGrants: true, storageEngine: 'pebble' };
    expect(plan(options)).toMatchObject({
      scope: WHOLE,
      whole: true,
      notes: ['nothingToExpand', 'engineIsSqlite'],
    });
    expect(plan({ storageEngine: 'sqlite' }).notes).toEqual([]);
  });
});

describe('options that leave something out', () => {
  it.each<[Options, object]>([
    [
      { syncResourceTypeIds: ['user', 'org', 'user'] },
      { syncType: 'full', types: ['org', 'user'] },
    ],
    [{ skipGrants: true }, { syncType: 'full', rows: 'withoutGrants' }],
    [{ skipEntitlementsAndGrants: true }, { syncType: 'resources_only', rows: 'resourcesOnly' }],
    [
      { skipEntitlementsAndGrants: true, skipGrants: true },
      { syncType: 'resources_only', rows: 'resourcesOnly' },
    ],
    [
      { skipEntitlementsAndGrants: true, syncResourceTypeIds: ['role'] },
      { syncType: 'resources_only', rows: 'resourcesOnly', types: ['role'] },
    ],
    [
      { targetedSyncResources: [target('role', 'r')] },
      { syncType: 'partial', rows: 'all', targets: [{ type: 'role', id: 'r' }] },
    ],
    [
      { targetedSyncResources: [target('role', 'r')], skipEntitlementsAndGrants: true },
      { syncType: 'partial', rows: 'resourcesOnly', targets: [{ type: 'role', id: 'r' }] },
    ],
    [
      { targetedSyncResources: [target('role', 'r')], skipGrants: true },
      { syncType: 'partial', rows: 'withoutGrants', targets: [{ type: 'role', id: 'r' }] },
    ],
  ])('%j', (options, scope) => {
    expect(plan(options)).toMatchObject({ scope: { ...WHOLE, ...scope }, whole: false });
  });

  it('targets of a type that is filtered out are passed over', () => {
    const targetedSyncResources = [target('role', 'r'), target('user', 'u')];
    const { scope } = plan({ targetedSyncResources, syncResourceTypeIds: ['user'] });
    expect(scope.targets).toEqual([{ type: 'user', id: 'u' }]);
  });

  it('when the filter leaves no target, all that it names is synced, as partial', () => {
    const targetedSyncResources = [target('role', 'r')];
    const { scope } = plan({ targetedSyncResources, syncResourceTypeIds: ['org'] });
    expect(scope).toEqual({ syncType: 'partial', types: ['org'], rows: 'all', targets: 'all' });
  });

  it('targets of a type that we don’t have are not found', () => {
    const { scope, strangers } = plan({ targetedSyncResources: [target('group', 'g')] });
    expect(scope.targets).toEqual([]);
    expect(strangers).toBe(1);
  });
});

describe('a request that can’t be met', () => {
  it('names the type that doesn’t exist, short and without control characters', () => {
    const result = read({ syncResourceTypeIds: ['org', 'group'] });
    expect(result).toMatchObject({
      ok: false,
      failure: {
        code: 'syncRequestInvalid',
        message:
          'C1 asked to sync “group”, a resource type that this connector doesn’t have. It has org, role, user.',
      },
    });
    const hostile = read({ syncResourceTypeIds: [`\u001b[2J${'x'.repeat(100_000)}`] });
    const message = hostile.ok ? '' : hostile.failure.message;
    expect(message).toContain('“??2Jxxx');
    expect(message.length).toBeLessThan(200);
  });

  it.each([{ id: {} }, {}, target('role', ''), target('', 'r')])('a target %j', (resource) => {
    const result = read({ targetedSyncResources: [target('role', 'r'), resource] });
    expect(result).toMatchObject({ ok: false, failure: { code: 'syncRequestInvalid' } });
  });
});
