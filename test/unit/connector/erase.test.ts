import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Erasure } from '../../../main/connector/erase.ts';
import type { Consent } from '../../../main/xero/token-keeper.ts';
import { fail, succeed, type Result } from '../../../shared/errors.ts';
import { KeptLog } from '../c1/quiet.ts';
import { keychainLocked, MemorySecrets } from '../store/memory-secrets.ts';
import { MemoryLogin } from './memory-login.ts';
import { settingsDiskFull } from './memory-settings.ts';
import { snapshot } from './snapshots.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'erase-'));
  await mkdir(join(folder, 'logs'));
  await mkdir(join(folder, 'GPUCache'));
  for (const name of ['settings.json', 'memory.sealed', 'logs/app.log', 'GPUCache/data']) {
    await writeFile(join(folder, name), name);
  }
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function installed(end: () => Result<Consent> = () => succeed('givenBack')) {
  const secrets = new MemorySecrets();
  for (const key of ['c1', 'xero/1', 'data-key']) secrets.entries.set(key, 'secret');
  const startAtLogin = new MemoryLogin();
  startAtLogin.on = true;
  const order: string[] = [];
  const erasure = new Erasure({
    folder,
    secrets,
    startAtLogin,
    snapshot: () => snapshot(),
    log: new KeptLog(),
    browserData: { clear: () => Promise.resolve() },
    stop: () => Promise.resolve(void order.push('stop')),
    signIns: {
      kept: [{ id: '1' }],
      end: () => {
        order.push(`sign out with ${secrets.entries.size} secrets`);
        return Promise.resolve(end());
      },
    },
  });
  return { erasure, secrets, startAtLogin, order };
}

describe('erasing everything', () => {
  it('lists what goes, and takes nothing away by that', async () => {
    const { erasure, secrets } = installed();
    const { items } = await erasure.list();
    expect(items.join(' ')).toMatch(/3 entries.*At Xero: 1 sign-in.*history.*login/);
    expect(secrets.entries.size).toBe(3);
    expect(await readdir(folder)).toContain('settings.json');
    expect(erasure.done).toBe(false);
  });

  it('leaves nothing but the browser engine’s own, and signs out while it still can', async () => {
    const { erasure, secrets, startAtLogin, order } = installed();
    const { erased, left } = await erasure.run();
    expect(left).toEqual([]);
    expect(erased).toHaveLength(4);
    expect(order).toEqual(['stop', 'sign out with 3 secrets']);
    expect([...secrets.entries.keys()]).toEqual([]);
    expect(startAtLogin.on).toBe(false);
    expect(await readdir(folder)).toEqual(['GPUCache']);
    expect(erasure.done).toBe(true);
  });

  it.each([
    ['offline', () => succeed('mayRemain' as const)],
    ['refused', () => fail(keychainLocked)],
  ])('says what Xero couldn’t be told (%s), and goes on', async (_how, end) => {
    const { erasure, secrets } = installed(end);
    const { left } = await erasure.run();
    expect(left).toEqual([expect.stringContaining('In Xero, open Settings, Connected apps')]);
    expect([secrets.entries.size, await readdir(folder)]).toEqual([0, ['GPUCache']]);
  });

  it('says what the keychain and the system kept, and goes on', async () => {
    const { erasure, secrets, startAtLogin } = installed();
    secrets.locked = true;
    startAtLogin.trouble = settingsDiskFull;
    const { left } = await erasure.run();
    expect(left).toEqual([
      expect.stringContaining('keychain entries couldn’t be deleted'),
      expect.stringContaining('still starts at login'),
    ]);
    expect(await readdir(folder)).toEqual(['GPUCache']);
  });
});
