import { Switch } from '@mantine/core';
import { say } from '../../../shared/language/say.ts';
import { LOOK_INTERVALS, REMINDERS, THEMES } from '../../../shared/settings.ts';
import type { ChosenSettings, ShownSettings } from '../../../shared/settings-schema.ts';
import { Choice } from './choice.tsx';
import { Setting } from './setting.tsx';
import { DUE_AFTER, INTERVALS, THEME_NAMES } from './words.ts';

export interface SettingsProps {
  readonly settings: ShownSettings;
  readonly busy: boolean;
  readonly change: (settings: Partial<ChosenSettings>) => void;
}

/** What many will set once: starting, looking, reminders, appearance. */
export function Everyday({ settings, busy, change }: SettingsProps) {
  return (
    <>
      <Setting title={say('settings.starting')}>
        <Switch
          label={say('settings.startWhenILogIn')}
          description={say('settings.theAppStartsWithThe')}
          maw={600}
          checked={settings.startAtLogin}
          disabled={busy}
          onChange={({ currentTarget }) => change({ startAtLogin: currentTarget.checked })}
        />
      </Setting>
      <Setting title={say('settings.lookingAtXero')}>
        <Choice
          label={say('settings.lookAtXeroByItself')}
          description={say('settings.keepsThisWindowTheAccess')}
          value={settings.lookEveryMinutes}
          options={LOOK_INTERVALS.map((value) => ({ value, label: INTERVALS[value] }))}
          disabled={busy}
          onChange={(lookEveryMinutes) => change({ lookEveryMinutes })}
        />
      </Setting>
      <Setting title={say('settings.theC1Credential')}>
        <Choice
          label={say('settings.remindMeToRotateIt')}
          description={say('settings.aCredentialThatIsChanged')}
          value={settings.reminderDays}
          options={REMINDERS.map((value) => ({ value, label: DUE_AFTER[value ?? 'never'] }))}
          disabled={busy}
          onChange={(reminderDays) => change({ reminderDays })}
        />
      </Setting>
      <Setting title={say('settings.appearance')}>
        <Choice
          label={say('settings.theme')}
          description={say('settings.languageAndTheWayDates')}
          value={settings.theme}
          options={THEMES.map((value) => ({ value, label: THEME_NAMES[value] }))}
          disabled={busy}
          onChange={(theme) => change({ theme })}
        />
      </Setting>
    </>
  );
}
