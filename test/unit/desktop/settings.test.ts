import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Options } from 'conf';
import type { Settings } from '../../../main/connector/settings.ts';
import { failureOf, valueOf } from '../results.ts';

type Kept = Record<string, unknown>;

const disk = vi.hoisted(() => ({ fault: null as Error | null, writes: 0 }));

/** What electron-store is without Electron: conf under another name of its option. */
vi.mock('electron-store', async () => {
  const { default: Conf } = await import('conf');
  class Store extends Conf<Kept> {
    constructor({ name, ...options }: Options<Kept> & { name: string }) {
      if (disk.fault !== null) throw disk.fault;
      super({ ...options, configName: name });
    }
    override set(...given: unknown[]): void {
      if (disk.fault !== null) throw disk.fault;
      disk.writes += 1;
      const [key, value] = given as [string, unknown];
      super.set(key, value);
    }
  }
  return { default: Store };
});

const { StoredSettings, StoredWindow } = await import('../../../main/desktop/settings.ts');

const PLACE = { x: 10, y: 20, width: 1040, height: 720 };
const full = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
const broken = () => Object.assign(new Error('i/o error, settings.json'), { code: 'EIO' });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
  disk.fault = null;
  disk.writes = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => valueOf(StoredSettings.open(folder));
const modeOf = async (name: string) => ((await stat(join(folder, name))).mode & 0o777).toString(8);

describe('stored settings', () => {
  it('are begun once, and come back at the next start', () => {
    const first = open();
    const { hostId } = first.read();
    valueOf(first.change({ setup: 'c1', governed: ['an-organisation'] }));
    expect(open().read()).toMatchObject({ hostId, setup: 'c1', governed: ['an-organisation'] });
    expect(disk.writes).toBe(2);
  });

  it('of a version that knew fewer of them are kept, the installation’s id first of all', async () => {
    const { hostId } = open().read();
    const path = join(folder, 'settings.json');
    const { settings } = JSON.parse(await readFile(path, 'utf8')) as { settings: Kept };
    delete settings['caFile'];
    await writeFile(path, JSON.stringify({ settings }));
    expect(open().read()).toMatchObject({ hostId, caFile: null });
  });

  it.each(['torn {', '{"settings":{"hostId":"not an id"}}'])(
    'are begun anew where they can’t be read: %s',
    async (content) => {
      await writeFile(join(folder, 'settings.json'), content);
      const { hostId } = open().read();
      expect(open().read()).toMatchObject({ hostId, setup: 'xero', signIns: [] });
    },
  );

  it.each([
    ['full', full, 'diskFull', 'freeDisk'],
    ['broken', broken, 'diskFailed', 'tryAgain'],
  ])('stay as they are when the disk is %s, and say so', (_how, fault, code, next) => {
    const settings = open();
    const before: Settings = settings.read();
    disk.fault = fault();
    const failure = failureOf(settings.change({ setup: 'done' }));
    expect(failure).toMatchObject({ code, next });
    expect(failure.message).not.toMatch(/C1|settings\.json/);
    expect(settings.read()).toEqual(before);

    disk.fault = null;
    valueOf(settings.change({ setup: 'done' }));
    expect(open().read().setup).toBe('done');
  });

  it('that can’t be begun are a failure, not an exception', () => {
    disk.fault = full();
    expect(failureOf(StoredSettings.open(folder)).code).toBe('diskFull');
  });

  it('are for the owner’s eyes alone, also where an older file wasn’t', async () => {
    const settings = open();
    expect(await modeOf('settings.json')).toBe('600');
    await chmod(join(folder, 'settings.json'), 0o644);
    valueOf(settings.change({ setup: 'c1' }));
    expect(await modeOf('settings.json')).toBe('600');
  });
});

describe('the window’s place', () => {
  it('comes back at the next start, and is for the owner’s eyes alone', async () => {
    expect(new StoredWindow(folder).read()).toBeNull();
    valueOf(new StoredWindow(folder).write(PLACE));
    expect(new StoredWindow(folder).read()).toEqual(PLACE);
    expect(await modeOf('window.json')).toBe('600');
    expect(await readFile(join(folder, 'window.json'), 'utf8')).not.toContain('settings');
  });

  it('stops nobody when the disk doesn’t take or give it', () => {
    const place = new StoredWindow(folder);
    disk.fault = full();
    expect(failureOf(place.write(PLACE)).code).toBe('diskFull');
    const later = new StoredWindow(folder);
    expect(later.read()).toBeNull();
    expect(failureOf(later.write(PLACE)).code).toBe('diskFull');
  });
});
