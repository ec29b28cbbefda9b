import { fromBinary } from '@bufbuild/protobuf';
import { timestampDate, type Timestamp } from '@bufbuild/protobuf/wkt';
import { byteOrder } from '../access/order.ts';
import {
  C1ZManifestV3Schema,
  PayloadEncoding,
  SyncRunSummary_SyncTypeSchema,
  type C1ZManifestV3,
  type SyncRunSummary,
  type SyncStatsRecord,
} from '../proto/gen/c1/c1z/v3/manifest_pb.ts';
import { MAGIC_V3 } from './container.ts';
import type { FileCounts, FileSummary, FileSync } from './contents.ts';
import { enumName } from './enum-name.ts';
import { damaged } from './read-failures.ts';
import { readAt, type OpenFile } from './unpack.ts';

const LENGTH_BYTES = 4;
/** The official reader's limit too (c1z-and-model.md §1.4). */
const LONGEST_MANIFEST = 16 * 1024 * 1024;
const INDEX_END = 'C1ZIDX1\0';

/**
 * What the manifest at the start of a v3 file says; its rows lie in a store of their own (§1.4).
 * Throws `UnreadableFile`.
 */
export function readManifest(file: OpenFile): FileSummary {
  const manifest = decode(file);
  // A store holds one sync; should there be more, the last is the newest.
  const run = manifest.syncRuns.at(-1);
  return {
    version: 3,
    engine: manifest.engine,
    sync: run === undefined ? null : syncOf(run),
    counts: run?.stats === undefined ? null : countsOf(run.stats),
  };
}

function decode({ descriptor, size }: OpenFile): C1ZManifestV3 {
  const start = MAGIC_V3.length + LENGTH_BYTES;
  if (size < start) throw damaged('its manifest is missing');
  const length = readAt(descriptor, MAGIC_V3.length, LENGTH_BYTES).readUInt32BE();
  if (length > LONGEST_MANIFEST || start + length > size) throw damaged('its manifest is cut off');
  const manifest = parsed(readAt(descriptor, start, length));
  const end = readAt(descriptor, size - INDEX_END.length, INDEX_END.length).toString('latin1');
  const indexed = manifest.payloadEncoding === PayloadEncoding.INDEXED_ZSTD;
  if (indexed && end !== INDEX_END) throw damaged('its end is cut off');
  return manifest;
}

function parsed(bytes: Uint8Array): C1ZManifestV3 {
  try {
    const manifest = fromBinary(C1ZManifestV3Schema, bytes, { readUnknownFields: false });
    if (manifest.engine !== '') return manifest;
  } catch {
    // The library says more than a person can use.
  }
  throw damaged('its manifest is damaged');
}

function syncOf({ syncId, type, startedAt, endedAt }: SyncRunSummary): FileSync {
  return {
    id: syncId,
    type: enumName(SyncRunSummary_SyncTypeSchema, type).toLowerCase(),
    startedAt: startedAt === undefined ? '' : timeText(startedAt),
    endedAt: endedAt === undefined ? null : timeText(endedAt),
  };
}

/** As in version 1, in UTC; empty for what is no date. */
function timeText(time: Timestamp): string {
  const date = timestampDate(time);
  return Number.isNaN(date.valueOf()) ? '' : date.toISOString().replace('T', ' ').replace('Z', '');
}

function countsOf(stats: SyncStatsRecord): FileCounts {
  const { resourcesByResourceType, entitlementsByResourceType, grantsByEntitlementResourceType } =
    stats;
  const types = new Set(
    [resourcesByResourceType, entitlementsByResourceType, grantsByEntitlementResourceType].flatMap(
      Object.keys,
    ),
  );
  return {
    resourceTypes: Number(stats.resourceTypes),
    resources: Number(stats.resources),
    entitlements: Number(stats.entitlements),
    grants: Number(stats.grants),
    assets: Number(stats.assets),
    byType: [...types].sort(byteOrder).map((id) => ({
      id,
      displayName: null,
      resources: Number(resourcesByResourceType[id] ?? 0),
      entitlements: Number(entitlementsByResourceType[id] ?? 0),
      grants: Number(grantsByEntitlementResourceType[id] ?? 0),
    })),
  };
}
