import { Button, Text } from '@mantine/core';
import type { Organisation, XeroSignIn } from '../../shared/snapshot.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { LossPreview } from '../parts/loss-preview.tsx';
import { organisationsOf, signInOf } from '../parts/sign-ins.ts';
import { useAction } from '../parts/use-action.ts';
import { useLoss } from '../parts/use-loss.ts';
import { useIntents } from '../state.ts';

/** Says what ending one connection at Xero does, before it is done. */
export function DisconnectDialog({
  xero,
  organisationId,
  onClose,
}: {
  xero: readonly XeroSignIn[];
  organisationId: string | null;
  onClose: () => void;
}) {
  const organisation = organisationsOf(xero).find(({ id }) => id === organisationId);
  const signIn = organisation && signInOf(xero, organisation.id);
  return (
    <Dialog
      opened={organisation !== undefined}
      title={`Disconnect ${organisation?.name ?? ''}?`}
      onClose={onClose}
    >
      {organisation !== undefined &&
        (signIn?.app === 'custom' ? (
          <EndedAtXero organisation={organisation} onClose={onClose} />
        ) : (
          <Disconnecting
            organisation={organisation}
            xero={xero}
            who={signIn?.who?.name ?? 'the same person'}
            onClose={onClose}
          />
        ))}
    </Dialog>
  );
}

function Disconnecting({
  organisation: { id, name, governed },
  xero,
  who,
  onClose,
}: {
  organisation: Organisation;
  xero: readonly XeroSignIn[];
  who: string;
  onClose: () => void;
}) {
  const intents = useIntents();
  const action = useAction();
  const loss = useLoss([id]);
  const last = !organisationsOf(xero).some((each) => each.governed && each.id !== id);
  const disconnect = async () => {
    const result = await action.run(() => intents.disconnectOrganisation({ id }));
    if (result.ok) onClose();
  };
  return (
    <>
      <Text>
        Xero ends the connection of {name} with your Xero app. It ends for every computer, server
        and command line that uses the same app as {who}.
      </Text>
      <Text>
        The other organisations and the sign-in stay. Nobody’s access in Xero changes, and you can
        connect {name} again.
      </Text>
      <LossPreview loss={loss} afterwards={governed && last ? 'stays' : 'goes'} />
      {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Stay connected
        </Button>
        <Button
          color="red"
          disabled={loss === null}
          loading={action.busy}
          onClick={() => void disconnect()}
        >
          Disconnect
        </Button>
      </DialogActions>
    </>
  );
}

/** A custom connection can't be ended from here: Xero gives its token no say over the connection. */
function EndedAtXero({
  organisation: { name },
  onClose,
}: {
  organisation: Organisation;
  onClose: () => void;
}) {
  return (
    <>
      <Text>
        {name} is reached by a custom connection, which is ended in Xero alone: open {name} there,
        then <b>Settings</b> → <b>Connected apps</b>, and disconnect the app.
      </Text>
      <Text>To stop reading it here only, sign out of the custom connection.</Text>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </>
  );
}
