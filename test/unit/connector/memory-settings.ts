import type { Settings, SettingsStore } from '../../../main/connector/settings.ts';

/** Settings in memory. */
export class MemorySettings implements SettingsStore {
  #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  read(): Settings {
    return this.#settings;
  }

  change(settings: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }
}
