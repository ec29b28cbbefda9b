import { readFile } from 'node:fs/promises';
import { Code, type Client } from '@connectrpc/connect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatonService } from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import {
  Bench,
  HOST,
  OFFICIAL,
  refusal,
  sent,
  uploadOf,
  type UploadMessage,
} from '../sandbox/c1/bench.ts';
import { changeOfficialFile, finish } from '../sandbox/c1/sample-file.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

describe('an upload', () => {
  let client: Client<typeof BatonService>;
  let taskId: string;
  beforeEach(async () => {
    client = await bench.signIn();
    taskId = bench.sandbox.enqueue('sync_full');
    await client.getTask({ hostId: HOST });
  });

  it.each<[string, string, (good: UploadMessage[]) => UploadMessage[]]>([
    ['no metadata', 'metadata in the first', ([, ...rest]) => rest],
    ['metadata twice', 'second time', ([first = {}, ...rest]) => [first, first, ...rest]],
    ['no data', 'data before eof', (good) => [...good.slice(0, 1), ...good.slice(-1)]],
    ['no end', 'ended before eof', (good) => good.slice(0, -1)],
    ['something after the end', 'follow eof', (good) => [...good, ...good.slice(-1)]],
    ['a chunk missing', 'SHA-256', ([first = {}, , ...rest]) => [first, ...rest]],
    ['an empty message', 'msg is required', ([first = {}, ...rest]) => [first, {}, ...rest]],
    [
      'an empty chunk',
      'data.data must have',
      ([first = {}, ...rest]) => [first, { msg: { case: 'data', value: {} } }, ...rest],
    ],
    [
      'a chunk above a mebibyte',
      'data.data must have',
      ([first = {}]) => [
        first,
        { msg: { case: 'data', value: { data: new Uint8Array(1_048_577) } } },
      ],
    ],
  ])('is refused with %s', async (_, why, change) => {
    const good = [...uploadOf(taskId, Buffer.alloc(2500, 'x'))];
    const { code, rawMessage } = await refusal(client.uploadAsset(sent(change(good))));
    expect(code).toBe(Code.InvalidArgument);
    expect(rawMessage).toContain(why);
    expect(bench.sandbox.violations()).toEqual([`UploadAsset: ${rawMessage}`]);
    expect(bench.sandbox.uploads()).toEqual([]);
  });

  it('is refused for a task of another host', async () => {
    const [first = {}] = uploadOf(bench.sandbox.enqueue('sync_full'), Buffer.from('x'));
    const { code } = await refusal(client.uploadAsset(sent([first])));
    expect(code).toBe(Code.FailedPrecondition);
  });

  it('is cut after some bytes when told to, and accepted the next time', async () => {
    await bench.sandbox.control('faults/upload', { afterBytes: 2000 });
    const bytes = await readFile(OFFICIAL);
    await refusal(client.uploadAsset(sent(uploadOf(taskId, bytes))));
    const fault = await bench.sandbox.waitFor('fault');
    expect(fault.where).toContain('2000 bytes');
    await client.uploadAsset(sent(uploadOf(taskId, bytes)));
    expect(bench.sandbox.uploads().map((upload) => upload.bytes)).toEqual([bytes.length]);
    expect(bench.sandbox.violations()).toEqual([]);
  });

  it('of a log is told from a file by its content', async () => {
    const log = Buffer.from('{"event":"a"}\n{"event":"b"}\n');
    await client.uploadAsset(sent(uploadOf(taskId, log)));
    expect(bench.sandbox.uploads()[0]?.content).toMatchObject({
      kind: 'log',
      lines: { length: 2 },
    });
  });

  it('that is no good file is flagged, and the task can still be finished', async () => {
    await client.uploadAsset(sent(uploadOf(taskId, Buffer.from('C1Z3\0 something'))));
    const finalState = { case: 'success' as const, value: {} };
    await client.finishTask({ hostId: HOST, taskId, finalState });
    expect(bench.sandbox.access()).toBeUndefined();
    expect(await bench.page('/connectors/baton')).toContain('a .c1z of version 3');
  });
});

describe('the decoder', () => {
  const decoded = async (bytes: Uint8Array) => {
    await bench.sync(await bench.signIn(), bytes);
    const content = bench.sandbox.uploads().at(-1)?.content;
    return content?.kind === 'access' ? content : expect.fail(`it is ${content?.kind ?? 'absent'}`);
  };

  it('reads the file that the official SDK wrote, which only lacks its end', async () => {
    const { sync, problems } = await decoded(await readFile(OFFICIAL));
    expect(problems).toEqual(['the sync is not finished']);
    expect(sync.syncId).toBe('3ARefY5G8eOytquwYgm41Nq07IZ');
    expect(sync.resourceTypes.map(({ id }) => id)).toEqual([
      'user',
      'group',
      'role',
      'scoped_role',
      'project',
    ]);
    expect(sync.resources).toHaveLength(79);
    expect(bench.sandbox.access()).toBeUndefined();
  });

  it('finds nothing wrong with it once it is finished', async () => {
    const { problems, sync } = await decoded(await changeOfficialFile(OFFICIAL, finish));
    expect(problems).toEqual([]);
    expect(sync.grants).toHaveLength(1);
    expect(bench.sandbox.access()).toEqual(sync);
  });

  it.each<[string, string, string]>([
    [
      'a column that contradicts its row',
      "UPDATE v1_resources SET resource_type_id = 'group' WHERE external_id = 'user:user-0000000'",
      'resource_type_id differs from its data',
    ],
    [
      'a grant whose entitlement is missing',
      'DELETE FROM v1_entitlements',
      "its entitlement isn't in the file",
    ],
    [
      'a grant whose principal is missing',
      "DELETE FROM v1_resources WHERE external_id = 'user:user-0000000'",
      "user:user-0000000 isn't in the file",
    ],
    [
      'resources without their type',
      "DELETE FROM v1_resource_types WHERE external_id = 'project'",
      "its resource type isn't in the file",
    ],
    [
      'a time in another form',
      "UPDATE v1_grants SET discovered_at = '2026-03-03T09:45:14Z'",
      'discovered_at',
    ],
    ['a missing index', 'DROP INDEX idx_grants_principal_id_v1', 'idx_grants_principal_id_v1'],
    [
      'a missing column',
      'ALTER TABLE v1_sync_runs DROP COLUMN linked_sync_id',
      'no column "linked_sync_id text!"',
    ],
    ['a partial sync', "UPDATE v1_sync_runs SET sync_type = 'partial'", 'partial, not full'],
    [
      'a user without its trait',
      "UPDATE v1_resources SET data = X'0A140A0475736572120C757365722D30303030303030' WHERE external_id = 'user:user-0000000'",
      'user:user-0000000: has no UserTrait',
    ],
  ])('flags %s', async (_, sql, problem) => {
    const bytes = await changeOfficialFile(OFFICIAL, finish, (database) => database.exec(sql));
    const { problems } = await decoded(bytes);
    expect(problems.join('\n')).toContain(problem);
    expect(bench.sandbox.access()).toBeUndefined();
  });
});
