import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { create, toBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { readC1z } from '../../../main/c1z/reader.ts';
import {
  C1ZManifestV3Schema,
  SyncRunSummary_SyncType,
} from '../../../main/proto/gen/c1/c1z/v3/manifest_pb.ts';
import { SeededRandom } from '../../sandbox/random.ts';
import { temporaryFolder } from './build.ts';
import { uncompressed } from './frames.ts';
import { changed, ourDatabase } from './tampered.ts';
import { packed as packedFile } from './packed.ts';

const SEED = 20_261_126;
const MEBIBYTE = 1024 * 1024;
/** Many times what a quiet computer takes. */
const PATIENCE_MS = 600_000;

/** On the smallest pages and with few rows, so that most changes hit something. */
const WITHOUT_INDEXES = `
  pragma writable_schema = on;
  delete from sqlite_schema where type = 'index';
`;
const SMALL = `
  delete from v1_resources where id > 4;
  delete from v1_entitlements where id > 4;
  delete from v1_grants where id > 4;
  pragma page_size = 512;
  vacuum;
`;

it(
  '10,000 mutated files each end in a summary or a failure, and take no more memory than one',
  async () => {
    const database = await changed(await changed(await ourDatabase(), WITHOUT_INDEXES), SMALL);
    const packed = await packedFile(database);
    const manifest = v3File();
    const random = new SeededRandom(SEED);
    const reader = await openReader();
    const collect = collector();

    for (const whole of [uncompressed(database), packed, manifest]) {
      expect(reader.read(whole)).toBe('summary');
    }
    collect();
    const before = process.memoryUsage();
    const ends = { summary: 0, fileInvalid: 0 };
    for (let count = 0; count < 10_000; count += 1) {
      const file = [
        () => uncompressed(mutated(database, random)),
        () => mutated(packed, random),
        () => mutated(manifest, random),
      ][count % 10 < 2 ? 0 : count % 10 < 8 ? 1 : 2]?.();
      ends[reader.read(file ?? packed)] += 1;
    }
    collect();
    const after = process.memoryUsage();

    expect(ends.summary).toBeGreaterThan(1000);
    expect(ends.fileInvalid).toBeGreaterThan(5000);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(16 * MEBIBYTE);
    // SQLite’s memory stays as large as it ever was: a lie about a value’s size takes 50 MB once.
    expect(after.external - before.external).toBeLessThan(96 * MEBIBYTE);
  },
  PATIENCE_MS,
);

function v3File(): Buffer {
  const manifest = create(C1ZManifestV3Schema, {
    engine: 'pebble3',
    syncRuns: [
      {
        syncId: '3ARefY5G8eOytquwYgm41Nq07IZ',
        type: SyncRunSummary_SyncType.FULL,
        startedAt: { seconds: 1_772_559_913n },
        stats: { resources: 3n, resourcesByResourceType: { user: 3n } },
      },
    ],
  });
  const bytes = toBinary(C1ZManifestV3Schema, manifest);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([Buffer.from('C1Z3\0'), length, bytes, Buffer.alloc(64, 'x')]);
}

/** Reads one file after the other; whatever it can't read must be the file's fault. */
async function openReader() {
  const folder = await temporaryFolder();
  const path = join(folder, 'some.c1z');
  return {
    read: (bytes: Uint8Array): 'summary' | 'fileInvalid' => {
      // Ten thousand times there and back costs more than the reading.
      writeFileSync(path, bytes);
      const read = readC1z({ path, folder, want: 'summary' }, () => undefined);
      rmSync(join(folder, 'sync.db'), { force: true });
      if (read.ok) return 'summary';
      if (read.failure.code === 'fileInvalid') return 'fileInvalid';
      throw new Error(`${read.failure.code} ${read.failure.detail ?? ''}`);
    },
  };
}

/** The bytes with one to four changes. */
function mutated(bytes: Buffer, random: SeededRandom): Buffer {
  let changing = bytes;
  for (let left = 1 + random.integer(4); left > 0; left -= 1) {
    changing = random.pick([flipped, replaced, overwritten, cut, repeated, lost])(changing, random);
  }
  return changing;
}

type Mutation = (bytes: Buffer, random: SeededRandom) => Buffer;

const flipped: Mutation = (bytes, random) => {
  const at = random.integer(bytes.length);
  return replacedAt(bytes, at, (bytes[at] ?? 0) ^ (1 << random.integer(8)));
};

/** Limits of numbers, and of their encodings. */
const replaced: Mutation = (bytes, random) =>
  replacedAt(
    bytes,
    random.integer(bytes.length),
    random.pick([0, 1, 0x7f, 0x80, 0xff, random.integer(256)]),
  );

const overwritten: Mutation = (bytes, random) => {
  const at = random.integer(bytes.length);
  const end = Math.min(bytes.length, at + random.integer(64));
  return Buffer.from(bytes).fill(random.pick([0, 0xff, 0x41]), at, end);
};

const cut: Mutation = (bytes, random) =>
  // Rarely: nothing else is tried on what isn't there.
  random.integer(8) === 0 ? bytes.subarray(0, 1 + random.integer(bytes.length)) : bytes;

const repeated: Mutation = (bytes, random) => {
  const from = random.integer(bytes.length);
  const part = bytes.subarray(from, from + random.integer(600));
  const to = random.integer(bytes.length);
  return Buffer.concat([bytes.subarray(0, to), part, bytes.subarray(to + part.length)]);
};

const lost: Mutation = (bytes, random) => {
  const at = random.integer(bytes.length);
  return random.integer(4) === 0
    ? Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.integer(8))])
    : bytes;
};

function replacedAt(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(value, at);
  return copy;
}

/** Collects garbage, so that what is left is used. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return () => {
    if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
  };
}
