import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Settings, type SettingsStore } from '../../../main/connector/settings.ts';
import { succeed, type Result } from '../../../shared/errors.ts';

/** Settings in a file, as electron-store keeps them: each change is whole or not at all. */
export class SettingsFile implements SettingsStore {
  readonly #path: string;
  readonly #onChange: (settings: Partial<Settings>, before: Settings) => void;
  #settings: Settings;

  /** @param onChange told before each change is written */
  constructor(path: string, onChange: (change: Partial<Settings>, before: Settings) => void) {
    this.#path = path;
    this.#onChange = onChange;
    this.#settings = Settings.parse(JSON.parse(readFileSync(path, 'utf8')));
  }

  read(): Settings {
    return this.#settings;
  }

  change(change: Partial<Settings>): Result<void> {
    this.#onChange(change, this.#settings);
    const changed = { ...this.#settings, ...change };
    writeFileSync(`${this.#path}.tmp`, JSON.stringify(changed), { mode: 0o600 });
    renameSync(`${this.#path}.tmp`, this.#path);
    this.#settings = changed;
    return succeed();
  }
}
