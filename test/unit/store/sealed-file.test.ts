import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemRandom } from '../../../main/clock.ts';
import { DATA_KEY } from '../../../main/store/data-key.ts';
import { SealedFile } from '../../../main/store/sealed-file.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from './memory-secrets.ts';

const Value = z.object({ name: z.string() });
const ANA = { name: 'Ana Reyes' };
const BEN = { name: 'Ben Okafor' };

let folder: string;
let secrets: MemorySecrets;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealed-'));
  secrets = new MemorySecrets();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const path = () => join(folder, 'profile', 'memory.sealed');
const open = (at = path()) =>
  new SealedFile({ path: at, schema: Value, secrets, random: systemRandom });

describe('a sealed file', () => {
  it('is none before the first write', async () => {
    expect(valueOf(await open().read())).toBeNull();
  });

  it('is read by the next start with the key of the keychain', async () => {
    valueOf(await open().write(ANA));
    expect(valueOf(await open().read())).toEqual(ANA);
  });

  it('shows nobody what it holds, and nobody else may read it', async () => {
    valueOf(await open().write(ANA));
    const bytes = await readFile(path());
    expect(bytes.includes('Ana')).toBe(false);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'profile'))).mode & 0o777).toBe(0o700);
  });

  it('is never the same twice, so that nobody sees whether something changed', async () => {
    const file = open();
    valueOf(await file.write(ANA));
    const before = await readFile(path());
    valueOf(await file.write(ANA));
    expect(before.equals(await readFile(path()))).toBe(false);
  });

  it('holds what was written last, in the order asked for', async () => {
    const file = open();
    const written = await Promise.all([file.write(ANA), file.write(BEN), file.write(ANA)]);
    expect(written.every(({ ok }) => ok)).toBe(true);
    expect(valueOf(await open().read())).toEqual(ANA);
    expect(await readdir(join(folder, 'profile'))).toEqual(['memory.sealed']);
  });

  it('has its key made once, and kept in the keychain alone', async () => {
    const file = open();
    await Promise.all([file.write(ANA), file.write(BEN)]);
    valueOf(await open().write(ANA));
    expect(secrets.changes).toEqual([`write ${DATA_KEY}`]);
    const key = secrets.entries.get(DATA_KEY) ?? '';
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
  });

  it('counts as none when it was changed, torn, or is another file', async () => {
    valueOf(await open().write(ANA));
    const whole = await readFile(path());
    await writeFile(path(), whole.subarray(0, whole.length - 5));
    expect(valueOf(await open().read())).toBeNull();
    await writeFile(path(), '');
    expect(valueOf(await open().read())).toBeNull();
    await writeFile(path(), whole);
    const elsewhere = join(folder, 'profile', 'history.sealed');
    await rename(path(), elsewhere);
    expect(valueOf(await open(elsewhere).read())).toBeNull();
  });

  it('counts as none when it holds what this version doesn’t know', async () => {
    valueOf(await open().write(ANA));
    const other = new SealedFile({
      path: path(),
      schema: z.object({ age: z.number() }),
      secrets,
      random: systemRandom,
    });
    expect(valueOf(await other.read())).toBeNull();
  });

  it('counts as none when its key is gone', async () => {
    valueOf(await open().write(ANA));
    secrets.entries.clear();
    expect(valueOf(await open().read())).toBeNull();
  });

  it('gets a new key where the keychain holds none that can be one', async () => {
    secrets.entries.set(DATA_KEY, 'not a key');
    expect(valueOf(await open().read())).toBeNull();
    valueOf(await open().write(ANA));
    expect(valueOf(await open().read())).toEqual(ANA);
  });
});

describe('trouble with a sealed file', () => {
  it('is told when the keychain is locked, on reading and on writing', async () => {
    valueOf(await open().write(ANA));
    secrets.locked = true;
    expect(failureOf(await open().read()).code).toBe('keychainLocked');
    expect(failureOf(await open().write(BEN)).code).toBe('keychainLocked');
    secrets.locked = false;
    expect(valueOf(await open().read())).toEqual(ANA);
  });

  it('writes nothing when its new key can’t be kept', async () => {
    secrets.readOnly = true;
    expect(failureOf(await open().write(ANA)).code).toBe('keychainLocked');
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps the old value and no half-written file when the disk refuses', async () => {
    const file = open();
    valueOf(await file.write(ANA));
    // A folder in the temporary file’s place: nothing can be written there.
    await mkdir(`${path()}.tmp`);
    expect(failureOf(await file.write(BEN))).toMatchObject({
      code: 'diskFailed',
      next: 'tryAgain',
    });
    expect(valueOf(await open().read())).toEqual(ANA);
    await rm(`${path()}.tmp`, { recursive: true });
    valueOf(await file.write(BEN));
    expect(valueOf(await open().read())).toEqual(BEN);
  });

  it('says that the folder can’t be made', async () => {
    await writeFile(join(folder, 'profile'), 'a file');
    expect(failureOf(await open().write(ANA))).toMatchObject({
      code: 'diskFailed',
      detail: expect.stringMatching(/^(ENOTDIR|EEXIST)$/) as string,
    });
  });

  it('isn’t taken for an absent file when it can’t be read', async () => {
    valueOf(await open().write(ANA));
    await rm(path());
    await mkdir(path());
    expect(failureOf(await open().read()).code).toBe('diskFailed');
  });
});
