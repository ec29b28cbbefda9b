import { Switch } from '@mantine/core';
import { LOOK_INTERVALS, REMINDERS, THEMES } from '../../../shared/settings.ts';
import type { ChosenSettings, ShownSettings } from '../../../shared/settings-schema.ts';
import { Choice } from './choice.tsx';
import { Setting } from './setting.tsx';
import { LOGIN, LOOK_OF_APP, LOOKS, REMINDING } from './words.ts';

export interface SettingsProps {
  readonly settings: ShownSettings;
  readonly busy: boolean;
  readonly change: (settings: Partial<ChosenSettings>) => void;
}

/** What many will set once: starting, looking, reminders, appearance. */
export function Everyday({ settings, busy, change }: SettingsProps) {
  return (
    <>
      <Setting title={LOGIN.title}>
        <Switch
          label={LOGIN.label}
          description={LOGIN.says}
          maw={600}
          checked={settings.startAtLogin}
          disabled={busy}
          onChange={({ currentTarget }) => change({ startAtLogin: currentTarget.checked })}
        />
      </Setting>
      <Setting title={LOOKS.title}>
        <Choice
          label={LOOKS.label}
          description={LOOKS.says}
          value={settings.lookEveryMinutes}
          options={LOOK_INTERVALS.map((value) => ({ value, label: LOOKS.every[value] }))}
          disabled={busy}
          onChange={(lookEveryMinutes) => change({ lookEveryMinutes })}
        />
      </Setting>
      <Setting title={REMINDING.title}>
        <Choice
          label={REMINDING.label}
          description={REMINDING.says}
          value={settings.reminderDays}
          options={REMINDERS.map((value) => ({ value, label: REMINDING.after[value ?? 'never'] }))}
          disabled={busy}
          onChange={(reminderDays) => change({ reminderDays })}
        />
      </Setting>
      <Setting title={LOOK_OF_APP.title}>
        <Choice
          label={LOOK_OF_APP.label}
          description={LOOK_OF_APP.says}
          value={settings.theme}
          options={THEMES.map((value) => ({ value, label: LOOK_OF_APP.themes[value] }))}
          disabled={busy}
          onChange={(theme) => change({ theme })}
        />
      </Setting>
    </>
  );
}
