import type { Database } from 'node-sqlite3-wasm';
import { z } from 'zod';

/** c1z-and-model.md §2.2: `name type`, `!` for NOT NULL. Later columns of newer writers are welcome. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  v1_resource_types: [
    'external_id text!',
    'data blob!',
    'sync_id text!',
    'discovered_at datetime!',
  ],
  v1_resources: [
    'resource_type_id text!',
    'external_id text!',
    'parent_resource_type_id text',
    'parent_resource_id text',
    'data blob!',
    'sync_id text!',
    'discovered_at datetime!',
  ],
  v1_entitlements: [
    'resource_type_id text!',
    'resource_id text!',
    'external_id text!',
    'data blob!',
    'sync_id text!',
    'discovered_at datetime!',
  ],
  v1_grants: [
    'resource_type_id text!',
    'resource_id text!',
    'entitlement_id text!',
    'principal_resource_type_id text!',
    'principal_resource_id text!',
    'external_id text!',
    'expansion blob',
    'needs_expansion integer!',
    'data blob!',
    'sync_id text!',
    'discovered_at datetime!',
  ],
  v1_sync_runs: [
    'sync_id text!',
    'started_at datetime!',
    'ended_at datetime',
    'sync_token text!',
    'sync_type text!',
    'parent_sync_id text!',
    'linked_sync_id text!',
    'supports_diff integer!',
  ],
  v1_assets: [
    'external_id text!',
    'content_type text!',
    'data blob!',
    'sync_id text!',
    'discovered_at datetime!',
  ],
  v1_connector_sessions: ['sync_id text!', 'key text!', 'value blob!'],
};

/** By name, since an index that exists under its name is kept whatever it covers; the swap is the official one. */
const INDEXES: Readonly<Record<string, string>> = {
  idx_resource_types_external_sync_v1: 'unique external_id sync_id',
  idx_resources_resource_type_id_v1: 'resource_type_id',
  idx_resources_external_sync_v1: 'parent_resource_type_id parent_resource_id',
  idx_resources_parent_resource_id_v1: 'unique external_id sync_id',
  idx_entitlements_resource_id_v1: 'resource_type_id resource_id',
  idx_entitlements_external_sync_v1: 'unique external_id sync_id',
  idx_grants_resource_type_id_resource_id_v1: 'resource_type_id resource_id',
  idx_grants_principal_id_v1: 'principal_resource_type_id principal_resource_id',
  idx_grants_entitlement_id_principal_id_v1:
    'entitlement_id principal_resource_type_id principal_resource_id',
  idx_grants_external_sync_v1: 'unique external_id sync_id',
  idx_sync_runs_sync_id_v1: 'unique sync_id',
  idx_assets_external_sync_v1: 'unique external_id sync_id',
  idx_session_store_sync_key_v1: 'unique sync_id key',
};

const Columns = z.array(z.object({ name: z.string(), type: z.string(), notnull: z.number() }));
const IndexList = z.array(z.object({ name: z.string(), unique: z.number() }));
const IndexColumns = z.array(z.object({ name: z.string() }));

/** How the database differs from the official one; empty when it doesn't. */
export function schemaProblems(database: Database): string[] {
  const problems: string[] = [];
  const indexes = new Map<string, string>();
  for (const [table, expected] of Object.entries(COLUMNS)) {
    const columns = Columns.parse(database.all(`PRAGMA table_info('${table}')`)).map(
      ({ name, type, notnull }) => `${name} ${type.toLowerCase()}${notnull === 1 ? '!' : ''}`,
    );
    const missing = expected.filter((column) => !columns.includes(column));
    for (const column of missing) problems.push(`${table} has no column "${column}"`);
    for (const { name, unique } of IndexList.parse(database.all(`PRAGMA index_list('${table}')`))) {
      const covered = IndexColumns.parse(database.all(`PRAGMA index_info('${name}')`));
      const shape = covered.map((column) => column.name).join(' ');
      indexes.set(name, `${unique === 1 ? 'unique ' : ''}${shape}`);
    }
  }
  for (const [name, expected] of Object.entries(INDEXES)) {
    const actual = indexes.get(name) ?? 'nothing';
    if (actual !== expected) problems.push(`${name} covers ${actual} instead of ${expected}`);
  }
  return problems;
}
