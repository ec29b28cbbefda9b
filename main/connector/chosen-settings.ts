import { succeed, type Result } from '../../shared/errors.ts';
import type { ChosenSettings } from '../../shared/settings-schema.ts';
import type { Log, StartAtLogin } from '../ports.ts';
import type { HistoryLog } from './history.ts';
import { shownSettings, type SettingsStore } from './settings.ts';
import type { StateHolder } from './state-holder.ts';

interface SettingsSurroundings {
  readonly settings: SettingsStore;
  readonly state: StateHolder;
  readonly startAtLogin: StartAtLogin;
  readonly log: Log;
  readonly history: HistoryLog;
  /** Names what is another than before, once it holds. */
  readonly onChange: (changed: readonly (keyof ChosenSettings)[]) => void;
}

/** What the settings page changes: kept first, then shown; after a failure all is as before. */
export class SettingsChanges {
  readonly #surroundings: SettingsSurroundings;

  constructor(surroundings: SettingsSurroundings) {
    this.#surroundings = surroundings;
  }

  /** The system has the last word on starting at login: its user may have changed it there. */
  async restore(): Promise<void> {
    const { settings, startAtLogin } = this.#surroundings;
    const isOn = await startAtLogin.isOn();
    if (isOn !== settings.read().startAtLogin) this.#keep({ startAtLogin: isOn });
  }

  async change(wanted: Partial<ChosenSettings>): Promise<Result<void>> {
    const { settings, startAtLogin, log, history, onChange } = this.#surroundings;
    const before = settings.read();
    const changed = keysOf(wanted).filter((key) => wanted[key] !== before[key]);
    if (changed.length === 0) return succeed();
    const login = changed.includes('startAtLogin') ? wanted.startAtLogin : undefined;
    const set = login === undefined ? succeed() : await startAtLogin.set(login);
    if (!set.ok) return set;
    const kept = this.#keep(wanted);
    if (kept.ok) {
      log.info('settings.changed', { what: changed.join(' ') });
      for (const setting of changed)
        history.record({ kind: 'setting', setting, to: wanted[setting] ?? null });
      onChange(changed);
    } else if (login !== undefined) {
      await startAtLogin.set(before.startAtLogin);
    }
    return kept;
  }

  #keep(wanted: Partial<ChosenSettings>): Result<void> {
    const { settings, state } = this.#surroundings;
    const kept = settings.change(wanted);
    if (kept.ok) state.tell({ type: 'settingsMoved', to: shownSettings(settings.read()) });
    return kept;
  }
}

function keysOf(wanted: Partial<ChosenSettings>): readonly (keyof ChosenSettings)[] {
  return Object.keys(wanted) as (keyof ChosenSettings)[];
}
