import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { say } from '../../shared/language/say.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { STARTER_CONNECTIONS } from '../../shared/words.ts';
import { connectAnotherOf, connectionsOf, isFull } from '../parts/connect-another.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Note } from '../parts/note.tsx';
import { RadioRow } from '../parts/radio-row.tsx';
import { markOf, nameOf } from '../parts/sign-ins.ts';
import type { Action } from '../parts/use-action.ts';
import { useIntents } from '../state.ts';
import { wordsOf } from '../xero-app/kinds.ts';
import { OpenPortal } from '../xero-app/portal-steps.tsx';
import { useXeroDialogs } from './open-dialogs.tsx';

/** What there is to choose or to know before Xero's page opens for one more organisation. */
export function ConnectAnotherDialog({
  xero,
  opened,
  connecting,
  onClose,
}: {
  xero: readonly XeroSignIn[];
  opened: boolean;
  /** The sign-in that this begins; the page shows how it fares. */
  connecting: Action;
  onClose: () => void;
}) {
  const ways = connectAnotherOf(xero);
  return (
    <Dialog
      opened={opened}
      title={say('common.connectAnotherOrganisation')}
      width={560}
      onClose={onClose}
    >
      {ways.kind === 'ask' && (
        <Choice xero={xero} signIns={ways.signIns} connecting={connecting} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Choice({
  xero,
  signIns,
  connecting,
  onClose,
}: {
  xero: readonly XeroSignIn[];
  signIns: readonly XeroSignIn[];
  connecting: Action;
  onClose: () => void;
}) {
  const intents = useIntents();
  const { open } = useXeroDialogs();
  const [chosenId, choose] = useState(
    (signIns.find((each) => !isFull(xero, each)) ?? signIns[0])?.id,
  );
  const chosen = signIns.find(({ id }) => id === chosenId) ?? signIns[0];
  if (chosen === undefined) return null;
  const goOn = () => {
    onClose();
    void connecting.run(() => intents.connectAnother({ signInId: chosen.id }));
  };
  return (
    <>
      {signIns.length > 1 && (
        <Radio.Group
          value={chosen.id}
          onChange={choose}
          label={say('connectAnotherDialog.throughWhichSignIn')}
        >
          <Stack gap={8} mt={8}>
            {signIns.map((signIn) => (
              <RadioRow
                key={signIn.id}
                value={signIn.id}
                explanation={`${markOf(signIn)} · ${wordsOf(signIn.app).name} · ${say('count.connection', { count: connectionsOf(xero, signIn) })}`}
              >
                {nameOf(signIn)}
              </RadioRow>
            ))}
          </Stack>
        </Radio.Group>
      )}
      {isFull(xero, chosen) ? (
        <Full connections={connectionsOf(xero, chosen)} />
      ) : (
        <Text>{say('connectAnotherDialog.xeroLetsAnAppIn')}</Text>
      )}
      <DialogActions justify="space-between">
        <Button variant="subtle" onClick={() => open({ kind: 'addSignIn' })}>
          {say('common.addAnotherSignIn')}
        </Button>
        <Group gap="sm">
          <Button variant="default" onClick={onClose}>
            {say('common.cancel')}
          </Button>
          <Button onClick={goOn}>{say('connectAnotherDialog.goOnToXero')}</Button>
        </Group>
      </DialogActions>
    </>
  );
}

/** The ceiling of Xero's free tier; which tier an app is on, Xero doesn't tell. */
function Full({ connections }: { connections: number }) {
  return (
    <Note tone="attention">
      <Text>
        {say('connectAnotherDialog.xerosFreeTierStarterTakes', {
          starterConnections: STARTER_CONNECTIONS,
          connections,
        })}
      </Text>
      <div>
        <OpenPortal />
      </div>
    </Note>
  );
}
