import { Checkbox } from '@mantine/core';
import { say } from '../../../shared/language/say.ts';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';

/** Offered once all is connected: C1 is answered only while this app runs. */
export function StartAtLogin({ on }: { on: boolean }) {
  const intents = useIntents();
  const action = useAction();
  return (
    <Checkbox
      checked={on}
      disabled={action.busy}
      error={action.failure?.message}
      onChange={(event) => {
        const startAtLogin = event.currentTarget.checked;
        void action.run(() => intents.changeSettings({ startAtLogin }));
      }}
      label={say('startAtLogin.startThisAppWheneverI')}
      description={say('startAtLogin.itStaysInTheTray')}
    />
  );
}
