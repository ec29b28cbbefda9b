import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SealedLedgerFile } from '../../../main/store/ledger-file.ts';
import { steady } from '../c1/quiet.ts';
import { MemorySecrets } from './memory-secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('gives back what it was given, and shows none of it on disk', async () => {
  const path = join(folder, 'tasks.sealed');
  const options = { path, secrets: new MemorySecrets(), random: steady };
  expect(await new SealedLedgerFile(options).read()).toEqual({ ok: true, value: null });
  await new SealedLedgerFile(options).write('an answer');
  expect(await new SealedLedgerFile(options).read()).toEqual({ ok: true, value: 'an answer' });
  expect((await readFile(path)).toString('latin1')).not.toContain('answer');
});

it('sets a damaged file aside and begins anew', async () => {
  const path = join(folder, 'tasks.sealed');
  const file = new SealedLedgerFile({ path, secrets: new MemorySecrets(), random: steady });
  await file.write('an answer');
  await writeFile(path, 'not sealed');
  expect(await file.read()).toEqual({ ok: true, value: null });
  expect(await readFile(`${path}.damaged`, 'utf8')).toBe('not sealed');
});
