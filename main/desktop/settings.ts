import { randomUUID } from 'node:crypto';
import Store from 'electron-store';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { defaultSettings, Settings, type SettingsStore } from '../connector/settings.ts';

/** Settings in electron-store; written atomically by it, replaced by the defaults where unreadable. */
export class StoredSettings implements SettingsStore {
  readonly #store: Store<{ settings: unknown }>;

  constructor(folder: string) {
    this.#store = new Store({ cwd: folder, name: 'settings', clearInvalidConfig: true });
    const parsed = Settings.safeParse(this.#store.get('settings'));
    if (!parsed.success) this.#store.set('settings', defaultSettings(randomUUID()));
  }

  read(): Settings {
    return Settings.parse(this.#store.get('settings'));
  }

  change(settings: Partial<Settings>): void {
    this.#store.set('settings', { ...this.read(), ...settings });
  }
}

const Place = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });

/** Where the window was and how large. */
export class StoredWindow {
  readonly #store: Store<{ place: unknown }>;

  constructor(folder: string) {
    this.#store = new Store({ cwd: folder, name: 'window', clearInvalidConfig: true });
  }

  read(): Rectangle | null {
    const parsed = Place.safeParse(this.#store.get('place'));
    return parsed.success ? parsed.data : null;
  }

  write(place: Rectangle): void {
    this.#store.set('place', place);
  }
}
