import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { STARTER_CONNECTIONS } from '../../shared/words.ts';
import { connectAnotherOf, connectionsOf, isFull } from '../parts/connect-another.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Note } from '../parts/note.tsx';
import { count } from '../parts/numbers.ts';
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
    <Dialog opened={opened} title="Connect another organisation" width={560} onClose={onClose}>
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
        <Radio.Group value={chosen.id} onChange={choose} label="Through which sign-in?">
          <Stack gap={8} mt={8}>
            {signIns.map((signIn) => (
              <RadioRow
                key={signIn.id}
                value={signIn.id}
                explanation={`${markOf(signIn)} · ${wordsOf(signIn.app).name} · ${count(connectionsOf(xero, signIn), 'connection')}`}
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
        <Text>
          Xero lets an app in to one organisation at a time, so this opens its page again.
        </Text>
      )}
      <DialogActions justify="space-between">
        <Button variant="subtle" onClick={() => open({ kind: 'addSignIn' })}>
          Add another sign-in
        </Button>
        <Group gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={goOn}>Go on to Xero</Button>
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
        Xero’s free tier, Starter, takes {STARTER_CONNECTIONS} connections for an app, and this app
        has {connections}. For another, choose the Core tier for it on Xero’s app page, or
        disconnect an organisation first. If it has a higher tier already, go on.
      </Text>
      <div>
        <OpenPortal />
      </div>
    </Note>
  );
}
