import { Button, Group, Text } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { inWords } from '../../shared/language/formats.ts';
import { Note } from '../parts/note.tsx';
import { organisationsOnlyOf } from '../parts/sign-ins.ts';
import type { Action } from '../parts/use-action.ts';
import { useIntents } from '../state.ts';
import { useXeroDialogs } from './open-dialogs.tsx';

/** How far the change from one Xero app to another has come, with the next step and the way back. */
export function AppChangeNote({
  snapshot: { xero, appChange },
  connecting,
}: {
  snapshot: Pick<Snapshot, 'xero' | 'appChange'>;
  /** How the way through the browser fares. */
  connecting: Action;
}) {
  const intents = useIntents();
  const { open } = useXeroDialogs();
  const fresh = xero.find(
    ({ id, clientId }) => id !== appChange?.from && clientId === appChange?.clientId,
  );
  if (appChange === undefined || fresh === undefined) return null;
  const left = organisationsOnlyOf(xero, appChange.from).filter(({ governed }) => governed);
  const signInId = fresh.id;
  return (
    <Note tone="attention">
      <Text>
        {left.length === 0
          ? say('appChange.settling')
          : say('appChange.left', {
              names: inWords(left.map(({ name }) => name)),
              count: left.length,
            })}
      </Text>
      {left.length > 0 && (
        <Group gap="sm">
          <Button
            size="xs"
            loading={connecting.busy}
            onClick={() => void connecting.run(() => intents.connectAnother({ signInId }))}
          >
            {say('appChange.connect')}
          </Button>
          <Button size="xs" variant="default" onClick={() => open({ kind: 'signOut', signInId })}>
            {say('appChange.keepOld')}
          </Button>
        </Group>
      )}
    </Note>
  );
}
