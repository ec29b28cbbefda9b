import { Button, Text } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import type { Organisation, XeroSignIn } from '../../shared/snapshot.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { LossPreview } from '../parts/loss-preview.tsx';
import { Say } from '../parts/say.tsx';
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
      title={say('disconnectDialog.disconnectOrganisation', {
        organisation: organisation?.name ?? '',
      })}
      onClose={onClose}
    >
      {organisation !== undefined &&
        (signIn?.app === 'custom' ? (
          <EndedAtXero organisation={organisation} onClose={onClose} />
        ) : (
          <Disconnecting
            organisation={organisation}
            xero={xero}
            who={signIn?.who?.name ?? say('disconnectDialog.theSamePerson')}
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
      <Text>{say('disconnectDialog.xeroEndsTheConnectionOf', { name, who })}</Text>
      <Text>{say('disconnectDialog.theOtherOrganisationsAndThe', { name })}</Text>
      <LossPreview loss={loss} afterwards={governed && last ? 'stays' : 'goes'} />
      {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          {say('disconnectDialog.stayConnected')}
        </Button>
        <Button
          color="red"
          disabled={loss === null}
          loading={action.busy}
          onClick={() => void disconnect()}
        >
          {say('disconnectDialog.disconnect')}
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
        <Say word="disconnectDialog.isReachedByACustom" values={{ name }} />
      </Text>
      <Text>{say('disconnectDialog.toStopReadingItHere')}</Text>
      <DialogActions>
        <Button onClick={onClose}>{say('common.close')}</Button>
      </DialogActions>
    </>
  );
}
