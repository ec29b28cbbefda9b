import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SpentToken, TokenFile } from '../../../main/command-line/token-file.ts';
import { failureOf, valueOf } from '../results.ts';

const KEY = 'refresh-token';
const SEED = { refreshToken: 'seed-token', clientId: 'xero-app' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'token-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const path = () => join(folder, 'xero-token.json');
const held = { isHeld: () => Promise.resolve(true) };
const open = (seed = SEED) => new TokenFile(path(), seed, held);

describe('the token file', () => {
  it('gives no token once another process has taken it over', async () => {
    const lost = { isHeld: () => Promise.resolve(false) };
    expect(failureOf(await new TokenFile(path(), SEED, lost).read()).code).toBe('inUse');
  });

  describe('whose lock was lost while Xero was asked', () => {
    const lock = { held: true, isHeld: () => Promise.resolve(lock.held) };
    beforeEach(() => {
      lock.held = true;
    });

    it('takes the new token as long as the new holder has stored none', async () => {
      const file = new TokenFile(path(), SEED, lock);
      valueOf(await file.read());
      lock.held = false;
      valueOf(await file.write(KEY, 'newer-token'));
      expect(valueOf(await open().read())).toBe('newer-token');
    });

    it('keeps the one that the new holder stored', async () => {
      const file = new TokenFile(path(), SEED, lock);
      valueOf(await file.read());
      lock.held = false;
      valueOf(await open().write(KEY, 'of-the-new-holder'));
      expect(failureOf(await file.write(KEY, 'newer-token')).code).toBe('inUse');
      expect(valueOf(await open().read())).toBe('of-the-new-holder');
    });
  });

  describe('that a crash left half replaced', () => {
    const content = (token: string, seed = 'seed-token') =>
      JSON.stringify({
        token,
        seed: createHash('sha256').update(seed).digest('hex'),
        clientId: 'xero-app',
      });

    it('gives the newest token where it had been written whole', async () => {
      valueOf(await open().write(KEY, 'newer-token'));
      await writeFile(`${path()}.tmp`, content('newest-token'));
      expect(valueOf(await open().read())).toBe('newest-token');
      expect(await readdir(folder)).toEqual(['xero-token.json']);
    });

    it.each([
      ['is cut', content('newest-token').slice(0, 30)],
      ['is empty', ''],
      ['stems from another seed', content('newest-token', 'another-seed')],
    ])('gives the older one where the newer %s, and leaves nothing of it', async (_how, text) => {
      valueOf(await open().write(KEY, 'newer-token'));
      await writeFile(`${path()}.tmp`, text);
      expect(valueOf(await open().read())).toBe('newer-token');
      expect(await readdir(folder)).toEqual(['xero-token.json']);
    });
  });

  it('gives the seed before the first refresh', async () => {
    expect(valueOf(await open().read())).toBe('seed-token');
    expect(await readdir(folder)).toEqual([]);
  });

  it('wins over the seed afterwards, also for the next process', async () => {
    valueOf(await open().write(KEY, 'newer-token'));
    expect(valueOf(await open().read())).toBe('newer-token');
  });

  it('holds the token, the seed’s hash and the client ID, for its owner alone', async () => {
    valueOf(await open().write(KEY, 'newer-token'));
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({
      token: 'newer-token',
      seed: createHash('sha256').update('seed-token').digest('hex'),
      clientId: 'xero-app',
    });
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['xero-token.json']);
  });

  it.each([
    ['the seed', { ...SEED, refreshToken: 'another-seed' }, 'another-seed'],
    ['the app', { ...SEED, clientId: 'another-app' }, 'seed-token'],
  ])('loses when %s has changed', async (_what, seed, token) => {
    valueOf(await open().write(KEY, 'newer-token'));
    expect(valueOf(await open(seed).read())).toBe(token);
  });

  it.each(['', '{', '{"token":"x"}', 'the admin’s notes'])(
    'isn’t a foreign file that holds “%s”, and leaves it alone',
    async (text) => {
      await writeFile(path(), text);
      expect(failureOf(await open().read())).toMatchObject({
        code: 'diskFailed',
        detail: 'not a token file',
      });
      expect(await readFile(path(), 'utf8')).toBe(text);
    },
  );

  it('keeps the old token when the disk refuses, and tells the next process before it spends one', async () => {
    const file = open();
    valueOf(await file.read());
    valueOf(await file.write(KEY, 'newer-token'));
    await mkdir(`${path()}.tmp`);
    const failure = failureOf(await file.write(KEY, 'newest-token'));
    expect(failure.code).toBe('diskFailed');
    expect(JSON.stringify(failure)).not.toContain('newest-token');
    expect(valueOf(await file.read())).toBe('newer-token');
    expect(failureOf(await open().read()).code).toBe('diskFailed');
  });

  it('tells that its folder is missing', async () => {
    const lost = new TokenFile(join(folder, 'missing', 'token.json'), SEED, held);
    expect(valueOf(await lost.read())).toBe('seed-token');
    expect(failureOf(await lost.write(KEY, 'newer-token')).code).toBe('diskFailed');
  });

  it('can’t be a folder', async () => {
    await mkdir(path());
    expect(failureOf(await open().read()).code).toBe('diskFailed');
  });

  it('is erased', async () => {
    valueOf(await open().write(KEY, 'newer-token'));
    valueOf(await open().erase());
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a token without a file', () => {
  it('is kept for this run, and that the seed is spent is told once', async () => {
    let told = 0;
    const token = new SpentToken('seed-token', () => (told += 1));
    expect(valueOf(await token.read())).toBe('seed-token');
    expect(told).toBe(0);
    valueOf(await token.write(KEY, 'second'));
    valueOf(await token.write(KEY, 'third'));
    expect(valueOf(await token.read())).toBe('third');
    expect(told).toBe(1);
  });
});
