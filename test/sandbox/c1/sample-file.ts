import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import sqlite, { type Database } from 'node-sqlite3-wasm';
import { EntitlementSchema } from '../../../main/proto/gen/c1/connector/v2/entitlement_pb.ts';
import { GrantSchema } from '../../../main/proto/gen/c1/connector/v2/grant_pb.ts';
import { unpack } from './container.ts';

const SYNC = '3ARefY5G8eOytquwYgm41Nq07IZ';
const RAW_BLOCK = 128 * 1024;
const TIME = '2026-03-03 09:45:14';
const ROLE = { resourceType: 'role', resource: 'role-0000000' };
const USER = { resourceType: 'user', resource: 'user-0000000' };
const ENTITLEMENT = 'role:role-0000000:assigned';

/**
 * The file that the official SDK wrote, changed by SQL and packed again. On its own it holds an unfinished
 * sync with 79 resources and no access: `finish` makes it a good one.
 */
export async function changeOfficialFile(
  original: string,
  ...changes: ((database: Database) => void)[]
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'c1-sample-'));
  try {
    const path = join(folder, 'sample.db');
    await writeFile(path, unpack(await readFile(original)));
    const database = new sqlite.Database(path);
    for (const change of changes) change(database);
    database.close();
    return Buffer.concat([Buffer.from('C1ZF\0'), stored(await readFile(path))]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ends the sync and gives the first user the first role. */
export function finish(database: Database): void {
  database.run('UPDATE v1_sync_runs SET ended_at = ?, supports_diff = 1', [TIME]);
  const entitlement = create(EntitlementSchema, {
    id: ENTITLEMENT,
    resource: { id: ROLE },
    displayName: 'Assigned',
    slug: 'assigned',
  });
  const grant = create(GrantSchema, {
    id: `${ENTITLEMENT}:user:user-0000000`,
    entitlement,
    principal: { id: USER },
  });
  database.run(
    `INSERT INTO v1_entitlements
       (resource_type_id, resource_id, external_id, data, sync_id, discovered_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [
      ROLE.resourceType,
      ROLE.resource,
      ENTITLEMENT,
      toBinary(EntitlementSchema, entitlement),
      SYNC,
      TIME,
    ],
  );
  database.run(
    `INSERT INTO v1_grants
       (resource_type_id, resource_id, entitlement_id, principal_resource_type_id,
        principal_resource_id, external_id, data, sync_id, discovered_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ROLE.resourceType,
      ROLE.resource,
      ENTITLEMENT,
      USER.resourceType,
      USER.resource,
      grant.id,
      toBinary(GrantSchema, grant),
      SYNC,
      TIME,
    ],
  );
}

/** A zstd frame of raw blocks, with its content size (RFC 8878 §3.1.1). */
function stored(content: Buffer): Buffer {
  const header = Buffer.alloc(10);
  header.writeUInt32LE(0xfd2fb528, 0);
  header.writeUInt8(0x80, 4);
  header.writeUInt8(0x68, 5);
  header.writeUInt32LE(content.length, 6);
  const parts: Buffer[] = [header];
  for (let at = 0; at < content.length; at += RAW_BLOCK) {
    const block = content.subarray(at, at + RAW_BLOCK);
    const last = at + RAW_BLOCK >= content.length ? 1 : 0;
    const size = Buffer.alloc(3);
    size.writeUIntLE((block.length << 3) | last, 0, 3);
    parts.push(size, block);
  }
  return Buffer.concat(parts);
}
