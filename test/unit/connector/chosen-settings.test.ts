import { describe, expect, it } from 'vitest';
import { SettingsChanges } from '../../../main/connector/chosen-settings.ts';
import { defaultSettings, shownSettings } from '../../../main/connector/settings.ts';
import { initialSnapshot } from '../../../main/connector/state.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import type { HistoryEvent } from '../../../shared/history.ts';
import { KeptLog } from '../c1/quiet.ts';
import { MemoryLogin } from './memory-login.ts';
import { MemorySettings, settingsDiskFull } from './memory-settings.ts';
import { APP, HARBOUR } from './snapshots.ts';

function page() {
  const settings = new MemorySettings(defaultSettings(HARBOUR));
  const state = new StateHolder(initialSnapshot(APP));
  const startAtLogin = new MemoryLogin();
  const told: string[] = [];
  const recorded: HistoryEvent[] = [];
  const changes = new SettingsChanges({
    settings,
    state,
    startAtLogin,
    log: new KeptLog(),
    history: { record: (event) => void recorded.push(event) },
    onChange: (changed) => told.push(...changed),
  });
  return { settings, state, startAtLogin, told, recorded, changes };
}

describe('a setting that is changed', () => {
  it('is kept, shown, told and recorded', async () => {
    const { settings, state, told, recorded, changes } = page();
    await changes.change({ lookEveryMinutes: 15, theme: 'system' });
    expect(settings.read().lookEveryMinutes).toBe(15);
    expect(state.snapshot.settings).toEqual(shownSettings(settings.read()));
    expect(told).toEqual(['lookEveryMinutes']);
    expect(recorded).toEqual([{ kind: 'setting', setting: 'lookEveryMinutes', to: 15 }]);
  });

  it('of starting at login holds in the system too', async () => {
    const { startAtLogin, changes } = page();
    await changes.change({ startAtLogin: true });
    expect(startAtLogin.on).toBe(true);
  });

  it('stays as it was, in the system too, where the disk doesn’t take it', async () => {
    const { settings, state, startAtLogin, told, changes } = page();
    settings.breakDown(settingsDiskFull);
    expect(await changes.change({ startAtLogin: true })).toMatchObject({ ok: false });
    expect([startAtLogin.on, state.snapshot.settings.startAtLogin, told]).toEqual([
      false,
      false,
      [],
    ]);
  });

  it('stays as it was where the system refuses', async () => {
    const { settings, startAtLogin, changes } = page();
    startAtLogin.trouble = settingsDiskFull;
    expect(await changes.change({ startAtLogin: true })).toMatchObject({ ok: false });
    expect(settings.read().startAtLogin).toBe(false);
  });

  it('in the system alone is found at the next start', async () => {
    const { state, startAtLogin, changes } = page();
    startAtLogin.on = true;
    await changes.restore();
    expect(state.snapshot.settings.startAtLogin).toBe(true);
  });
});
