import { Switch, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { say } from '../../../shared/language/say.ts';
import { REQUEST_WINDOWS } from '../../../shared/requests.ts';
import { useNamedPart } from '../../page.ts';
import { Choice } from './choice.tsx';
import type { SettingsProps } from './everyday.tsx';
import { Setting } from './setting.tsx';
import classes from './settings.module.css';
import { REQUEST_WINDOW_NAMES } from './words.ts';

/** Whether C1 may ask a person for changes in Xero, and what that needs on C1's side. */
export function RequestsSetting({ settings, busy, change }: SettingsProps) {
  const first = useRef<HTMLInputElement>(null);
  const isNamed = useNamedPart() === 'requests';
  useEffect(() => {
    if (!isNamed) return;
    first.current?.scrollIntoView({ block: 'center' });
    first.current?.focus({ preventScroll: true });
  }, [isNamed]);
  return (
    <Setting title={say('common.requests')}>
      <Switch
        ref={first}
        label={say('settings.takeRequestsFromC1')}
        description={say('settings.c1AsksYouMakeTheChange')}
        maw={600}
        checked={settings.requests}
        disabled={busy}
        onChange={({ currentTarget }) => change({ requests: currentTarget.checked })}
      />
      <div>
        <Text fw={600}>{say('settings.whatC1NeedsForIt')}</Text>
        <ul className={classes['items']}>
          <li>{say('settings.provisioningByTheConnector')}</li>
          <li>{say('settings.theManualFallback')}</li>
        </ul>
      </div>
      <Choice
        label={say('settings.howLongARequestWaits')}
        description={say('settings.afterThatC1IsTold')}
        value={settings.requestMinutes}
        options={REQUEST_WINDOWS.map((value) => ({ value, label: REQUEST_WINDOW_NAMES[value] }))}
        disabled={busy || !settings.requests}
        onChange={(requestMinutes) => change({ requestMinutes })}
      />
      <Switch
        label={say('settings.tellC1ThatItIsOpen')}
        description={say('settings.tellsC1ThatARequest')}
        maw={600}
        checked={settings.requestHeartbeats}
        disabled={busy || !settings.requests}
        onChange={({ currentTarget }) => change({ requestHeartbeats: currentTarget.checked })}
      />
    </Setting>
  );
}
