import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import sqlite from 'node-sqlite3-wasm';
import { onTestFinished } from 'vitest';
import { ksuid } from '../../../main/c1z/ksuid.ts';
import type { C1zRequest } from '../../../main/c1z/writer.ts';
import { unpack } from '../../sandbox/c1/container.ts';
import { model, TOWN } from '../access/build.ts';

export const OFFICIAL_FILE = new URL('../../fixtures/official-sdk-v1.c1z', import.meta.url);

/** An empty folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'c1-xero-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export const STARTED_AT = Date.UTC(2026, 2, 3, 17, 45, 13, 56);

export function request(path: string, overrides: Partial<C1zRequest> = {}): C1zRequest {
  const { resources, entitlements, grants } = model(TOWN);
  return {
    model: { resources, entitlements, grants },
    path,
    syncId: ksuid(STARTED_AT, new Uint8Array(16).fill(7)),
    startedAt: STARTED_AT,
    endedAt: STARTED_AT + 2000,
    exclusionGroups: true,
    ...overrides,
  };
}

export type TableRow = Readonly<Record<string, unknown>>;
export type Query = (sql: string) => readonly TableRow[];

/** Opens the database inside a file, until the test ends. */
export async function openFile(path: string | URL): Promise<Query> {
  const copy = join(await temporaryFolder(), 'copy.db');
  await writeFile(copy, unpack(await readFile(path)));
  const database = new sqlite.Database(copy);
  onTestFinished(() => database.close());
  return (sql) => database.all(sql);
}
