import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePrivately } from '../../../main/store/private-export.ts';
import { failureOf, valueOf } from '../results.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a file that the admin takes out of the app', () => {
  it('holds all pieces, for its owner alone', async () => {
    const path = join(folder, 'history.csv');
    valueOf(await writePrivately(path, ['one, ', Buffer.from('two')]));
    expect(await readFile(path, 'utf8')).toBe('one, two');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['history.csv']);
  });

  it('is as it was before when making it breaks off, and leaves nothing beside it', async () => {
    const path = join(folder, 'history.csv');
    await writeFile(path, 'before');
    function* broken() {
      yield 'after';
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    }
    const failure = failureOf(await writePrivately(path, broken()));
    expect(failure).toMatchObject({ code: 'diskFull', next: 'freeDisk' });
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['history.csv']);
  });

  it('doesn’t become readable for others through what a crash left', async () => {
    const path = join(folder, 'history.csv');
    await writeFile(`${path}.tmp`, 'left', { mode: 0o644 });
    valueOf(await writePrivately(path, ['new']));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('says so where nothing can be written', async () => {
    await mkdir(join(folder, 'history.csv'));
    const failure = failureOf(await writePrivately(join(folder, 'history.csv'), ['new']));
    expect(failure).toMatchObject({ code: 'diskFailed', next: 'tryAgain' });
    expect(failure.message).toContain('Choose another folder');
    expect(await readdir(folder)).toEqual(['history.csv']);
  });
});
