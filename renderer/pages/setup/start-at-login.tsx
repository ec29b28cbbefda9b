import { Checkbox } from '@mantine/core';
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
      label="Start this app whenever I log in to this computer"
      description="It stays in the tray. C1 gets an answer only while it runs."
    />
  );
}
