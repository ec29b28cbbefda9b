import { randomUUID } from 'node:crypto';
import Store from 'electron-store';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { defaultSettings, Settings, type SettingsStore } from '../connector/settings.ts';
import { diskFailure } from '../store/disk.ts';

/** For the owner's eyes alone. */
const FILE_MODE = 0o600;

/**
 * Settings in electron-store; written atomically by it, replaced by the defaults
 * where unreadable. What it throws is trouble with the disk, told as a failure.
 */
export class StoredSettings implements SettingsStore {
  readonly #store: Store<{ settings: unknown }>;
  #settings: Settings;

  private constructor(store: Store<{ settings: unknown }>, settings: Settings) {
    this.#store = store;
    this.#settings = settings;
  }

  /** Reads `settings.json` in this folder, or begins it. Fails when the disk does. */
  static open(folder: string): Result<StoredSettings> {
    return attempt(() => {
      const store = openStore<{ settings: unknown }>(folder, 'settings');
      const parsed = Settings.safeParse(store.get('settings'));
      if (parsed.success) return new StoredSettings(store, parsed.data);
      const begun = defaultSettings(randomUUID());
      store.set('settings', begun);
      return new StoredSettings(store, begun);
    });
  }

  read(): Settings {
    return this.#settings;
  }

  change(settings: Partial<Settings>): Result<void> {
    const changed = { ...this.#settings, ...settings };
    return attempt(() => {
      this.#store.set('settings', changed);
      this.#settings = changed;
    });
  }
}

const Place = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });

/** Where the window was and how large; without a disk that works, it opens where it always did. */
export class StoredWindow {
  readonly #store: Result<Store<{ place: unknown }>>;

  constructor(folder: string) {
    this.#store = attempt(() => openStore<{ place: unknown }>(folder, 'window'));
  }

  read(): Rectangle | null {
    const store = this.#store;
    if (!store.ok) return null;
    const place = attempt(() => Place.safeParse(store.value.get('place')));
    return place.ok && place.value.success ? place.value.data : null;
  }

  write(place: Rectangle): Result<void> {
    const store = this.#store;
    return store.ok ? attempt(() => store.value.set('place', place)) : store;
  }
}

function openStore<T extends Record<string, unknown>>(folder: string, name: string): Store<T> {
  return new Store({ cwd: folder, name, clearInvalidConfig: true, configFileMode: FILE_MODE });
}

function attempt<T>(work: () => T): Result<T> {
  try {
    return succeed(work());
  } catch (error) {
    return fail(diskFailure(error));
  }
}
