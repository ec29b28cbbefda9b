import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../main/clock.ts';
import { HistoryFile } from '../../../main/store/history-file.ts';
import type { HistoryEntry } from '../../../shared/history.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from './memory-secrets.ts';

const NOVEMBER = Date.UTC(2026, 10, 23);
const signedIn = (id: string, at = NOVEMBER): HistoryEntry => ({
  id,
  at,
  event: { kind: 'signIn', what: 'signedIn', who: 'Ana Reyes', app: 'desktop' },
});

let profile: string;
let secrets: MemorySecrets;
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'history-'));
  secrets = new MemorySecrets();
});
afterEach(() => rm(profile, { recursive: true, force: true }));

const folder = () => join(profile, 'history');
const path = (month = '2026-11') => join(folder(), `${month}.history`);
const open = () => new HistoryFile({ folder: folder(), secrets, random: systemRandom });
const idsOf = async (file = open(), month = '2026-11') =>
  valueOf(await file.read(month)).entries.map(({ id }) => id);

describe('the history on disk', () => {
  it('is empty before the first entry', async () => {
    expect(valueOf(await open().months())).toEqual([]);
    expect(await idsOf()).toEqual([]);
  });

  it('keeps entries in order over a restart, one file a month', async () => {
    valueOf(await open().append([signedIn('a'), signedIn('b')]));
    valueOf(await open().append([signedIn('c'), signedIn('d', Date.UTC(2026, 11, 1))]));
    expect(valueOf(await open().months())).toEqual(['2026-12', '2026-11']);
    expect(valueOf(await open().read('2026-11')).entries[0]).toEqual(signedIn('a'));
    expect(await idsOf()).toEqual(['a', 'b', 'c']);
    expect(await idsOf(open(), '2026-12')).toEqual(['d']);
  });

  it('shows nobody what it holds, and nobody else may read it', async () => {
    valueOf(await open().append([signedIn('a')]));
    expect(Buffer.from(await readFile(path(), 'utf8'), 'base64').includes('Ana')).toBe(false);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect((await stat(folder())).mode & 0o777).toBe(0o700);
  });

  it('drops the line that a crash tore, and goes on after it', async () => {
    valueOf(await open().append([signedIn('a'), signedIn('b')]));
    const whole = await readFile(path(), 'utf8');
    await writeFile(path(), whole.slice(0, -20));
    expect(valueOf(await open().read('2026-11'))).toMatchObject({ unreadable: 0 });
    valueOf(await open().append([signedIn('c')]));
    expect(await idsOf()).toEqual(['a', 'c']);
  });

  it('counts the lines that were tampered with, and reads the others', async () => {
    valueOf(await open().append([signedIn('a'), signedIn('b'), signedIn('c')]));
    const lines = (await readFile(path(), 'utf8')).split('\n');
    const [first = '', second = '', third = ''] = lines;
    const changed = Buffer.from(second, 'base64');
    changed.writeUInt8(changed.readUInt8(40) ^ 1, 40);
    await writeFile(path(), `${first}\n${changed.toString('base64')}\n\n${third}\n`);
    expect(await idsOf()).toEqual(['a', 'c']);
    expect(valueOf(await open().read('2026-11')).unreadable).toBe(2);
  });

  it('takes no line of another month, and none of another installation', async () => {
    valueOf(await open().append([signedIn('a')]));
    await writeFile(path('2026-10'), await readFile(path()));
    expect(valueOf(await open().read('2026-10'))).toEqual({ entries: [], unreadable: 1 });
    secrets = new MemorySecrets();
    expect(await idsOf()).toEqual([]);
  });

  it('passes over an entry that a newer version wrote', async () => {
    const entry = { ...signedIn('new'), event: { kind: 'teleport' } } as unknown as HistoryEntry;
    valueOf(await open().append([entry, signedIn('a')]));
    expect(valueOf(await open().read('2026-11'))).toMatchObject({ unreadable: 1 });
    expect(await idsOf()).toEqual(['a']);
  });

  it('tells of a locked keychain, and writes nothing in the clear', async () => {
    secrets.locked = true;
    expect(failureOf(await open().append([signedIn('a')])).code).toBe('keychainLocked');
    expect(await readdir(profile)).toEqual([]);
  });

  it('adds all or nothing where the disk fails, and then adds each once', async () => {
    const file = open();
    valueOf(await file.append([signedIn('a')]));
    await rm(folder(), { recursive: true });
    await writeFile(folder(), 'not a folder');
    expect(failureOf(await file.append([signedIn('b'), signedIn('c')])).code).toBe('diskFailed');
    await rm(folder());
    valueOf(await file.append([signedIn('b'), signedIn('c')]));
    expect(await idsOf(file)).toEqual(['b', 'c']);
  });

  it('keeps this month and the twelve before it', async () => {
    const months = Array.from({ length: 15 }, (_, back) => Date.UTC(2026, 10 - back, 3));
    valueOf(await open().append(months.map((at, n) => signedIn(`entry-${n}`, at))));
    await writeFile(join(folder(), 'notes.txt'), 'somebody’s own');
    await open().removeOld(NOVEMBER);
    const kept = valueOf(await open().months());
    expect(kept).toHaveLength(13);
    expect(kept.at(-1)).toBe('2025-11');
    expect(await readdir(folder())).toContain('notes.txt');
  });

  it('lets the oldest months go where it is too much, and never the newest', async () => {
    const months = Array.from({ length: 4 }, (_, back) => Date.UTC(2026, 10 - back, 3));
    valueOf(await open().append(months.map((at, n) => signedIn(`entry-${n}`, at))));
    const { size } = await stat(path());
    await open().removeOld(NOVEMBER, 2.5 * size);
    expect(valueOf(await open().months())).toEqual(['2026-11', '2026-10']);
    await open().removeOld(NOVEMBER, 1);
    expect(valueOf(await open().months())).toEqual(['2026-11']);
  });
});
