import type { Settings, SettingsStore } from '../../../main/connector/settings.ts';
import { fail, succeed, type Failure, type Result } from '../../../shared/errors.ts';

/** Settings in memory, on a disk that a test can fill. */
export class MemorySettings implements SettingsStore {
  #settings: Settings;
  #trouble: Failure | undefined;
  #room = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** From now on nothing can be changed, once `room` more changes were made. */
  breakDown(because: Failure, room = 0): void {
    this.#trouble = because;
    this.#room = room;
  }

  mend(): void {
    this.#trouble = undefined;
  }

  read(): Settings {
    return this.#settings;
  }

  change(settings: Partial<Settings>): Result<void> {
    if (this.#trouble !== undefined && this.#room === 0) return fail(this.#trouble);
    this.#room -= 1;
    this.#settings = { ...this.#settings, ...settings };
    return succeed();
  }
}

export const settingsDiskFull: Failure = {
  code: 'diskFull',
  message: 'The disk is full.',
  next: 'freeDisk',
};
