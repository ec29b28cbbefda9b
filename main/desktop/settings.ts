import { randomUUID } from 'node:crypto';
import Store from 'electron-store';
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
