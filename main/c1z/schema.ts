/** A table of a v1 file, and the indexes on it. */
export interface FileTable {
  readonly name: string;
  /** By name; the first is the number of the row. */
  readonly columns: readonly string[];
  readonly sql: string;
  readonly indexes: readonly FileIndex[];
}

export interface FileIndex {
  readonly name: string;
  readonly columns: readonly string[];
  readonly sql: string;
}

/**
 * The SQLite tables of a v1 file (c1z-and-model.md §2.2). `v1_sync_runs` has the columns of SDK
 * v0.7.27: newer readers add theirs themselves, and the stand-alone CLI's `export c1z` fails on
 * any that it doesn't know (§2.3). Two names of indexes on `v1_resources` don't say what they
 * cover; that is how the SDK has them, and it goes by the name.
 */
export const TABLES = {
  resourceTypes: table(
    'v1_resource_types',
    [
      'external_id text not null',
      'data blob not null',
      'sync_id text not null',
      'discovered_at datetime not null',
    ],
    [
      {
        name: 'idx_resource_types_external_sync_v1',
        columns: ['external_id', 'sync_id'],
        unique: true,
      },
    ],
  ),
  resources: table(
    'v1_resources',
    [
      'resource_type_id text not null',
      'external_id text not null',
      'parent_resource_type_id text',
      'parent_resource_id text',
      'data blob not null',
      'sync_id text not null',
      'discovered_at datetime not null',
    ],
    [
      { name: 'idx_resources_resource_type_id_v1', columns: ['resource_type_id'] },
      {
        name: 'idx_resources_external_sync_v1',
        columns: ['parent_resource_type_id', 'parent_resource_id'],
      },
      {
        name: 'idx_resources_parent_resource_id_v1',
        columns: ['external_id', 'sync_id'],
        unique: true,
      },
    ],
  ),
  entitlements: table(
    'v1_entitlements',
    [
      'resource_type_id text not null',
      'resource_id text not null',
      'external_id text not null',
      'data blob not null',
      'sync_id text not null',
      'discovered_at datetime not null',
    ],
    [
      { name: 'idx_entitlements_resource_id_v1', columns: ['resource_type_id', 'resource_id'] },
      {
        name: 'idx_entitlements_external_sync_v1',
        columns: ['external_id', 'sync_id'],
        unique: true,
      },
    ],
  ),
  grants: table(
    'v1_grants',
    [
      'resource_type_id text not null',
      'resource_id text not null',
      'entitlement_id text not null',
      'principal_resource_type_id text not null',
      'principal_resource_id text not null',
      'external_id text not null',
      'expansion blob',
      'needs_expansion integer not null default 0',
      'data blob not null',
      'sync_id text not null',
      'discovered_at datetime not null',
    ],
    [
      {
        name: 'idx_grants_resource_type_id_resource_id_v1',
        columns: ['resource_type_id', 'resource_id'],
      },
      {
        name: 'idx_grants_principal_id_v1',
        columns: ['principal_resource_type_id', 'principal_resource_id'],
      },
      {
        name: 'idx_grants_entitlement_id_principal_id_v1',
        columns: ['entitlement_id', 'principal_resource_type_id', 'principal_resource_id'],
      },
      { name: 'idx_grants_external_sync_v1', columns: ['external_id', 'sync_id'], unique: true },
      {
        name: 'idx_grants_entitlement_sync_grant_v1',
        columns: ['entitlement_id', 'sync_id', 'id'],
      },
      {
        name: 'idx_grants_sync_expansion_v1',
        columns: ['sync_id'],
        where: 'expansion is not null',
      },
      {
        name: 'idx_grants_sync_needs_expansion_v1',
        columns: ['sync_id'],
        where: 'needs_expansion = 1',
      },
    ],
  ),
  syncRuns: table(
    'v1_sync_runs',
    [
      'sync_id text not null',
      'started_at datetime not null',
      'ended_at datetime',
      'sync_token text not null',
      "sync_type text not null default 'full'",
      "parent_sync_id text not null default ''",
      "linked_sync_id text not null default ''",
      'supports_diff integer not null default 0',
    ],
    [{ name: 'idx_sync_runs_sync_id_v1', columns: ['sync_id'], unique: true }],
  ),
  assets: table(
    'v1_assets',
    [
      'external_id text not null',
      'content_type text not null',
      'data blob not null',
      'sync_id text not null',
      'discovered_at datetime not null',
    ],
    [{ name: 'idx_assets_external_sync_v1', columns: ['external_id', 'sync_id'], unique: true }],
  ),
  sessions: table(
    'v1_connector_sessions',
    ['sync_id text not null', 'key text not null', 'value blob not null'],
    [{ name: 'idx_session_store_sync_key_v1', columns: ['sync_id', 'key'], unique: true }],
  ),
} as const;

interface IndexFacts {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique?: true;
  readonly where?: string;
}

/** @param columns as SQL declares them, but for the row's number, which every table has */
function table(
  name: string,
  columns: readonly string[],
  indexes: readonly IndexFacts[],
): FileTable {
  const declared = ['id integer primary key', ...columns];
  return {
    name,
    columns: declared.map((column) => column.slice(0, column.indexOf(' '))),
    sql: `CREATE TABLE ${name} (\n  ${declared.join(',\n  ')}\n)`,
    indexes: indexes.map((each) => indexOn(name, each)),
  };
}

function indexOn(table: string, { name, columns, unique, where }: IndexFacts): FileIndex {
  const kind = unique === undefined ? 'INDEX' : 'UNIQUE INDEX';
  const condition = where === undefined ? '' : ` where ${where}`;
  return {
    name,
    columns,
    sql: `CREATE ${kind} ${name} on ${table} (${columns.join(', ')})${condition}`,
  };
}

/**
 * A time as the SDK writes it, in UTC: `YYYY-MM-DD HH:MM:SS.fffffffff`, no zone, always nine
 * digits, since the columns are compared as text (c1z-and-model.md §2.4).
 */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '000000');
}
