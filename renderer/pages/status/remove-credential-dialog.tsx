import { Button, Text } from '@mantine/core';
import { say } from '../../../shared/language/say.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { MendsProvider, useMends } from '../../parts/mends.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';

/** Says what removing the C1 credential does before it is done. */
export function RemoveCredentialDialog({
  opened,
  onClose,
}: {
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      opened={opened}
      title={say('removeCredentialDialog.removeTheC1Credential')}
      onClose={onClose}
    >
      <Removal onClose={onClose} />
    </Dialog>
  );
}

/** Its state lives as long as the dialog is open, so that each opening begins without an old failure. */
function Removal({ onClose }: { onClose: () => void }) {
  const intents = useIntents();
  const action = useAction();
  const mends = useMends();
  const remove = async () => {
    const result = await action.run(() => intents.removeCredential());
    if (result.ok) onClose();
  };
  return (
    <>
      <Text>{say('removeCredentialDialog.itIsErasedFromThis')}</Text>
      <Text>{say('removeCredentialDialog.inC1TheCredentialStays')}</Text>
      {action.failure !== null && (
        <MendsProvider value={{ ...mends, retryC1: () => void remove() }}>
          <FailureNotice failure={action.failure} place="c1" />
        </MendsProvider>
      )}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          {say('removeCredentialDialog.keepCredential')}
        </Button>
        <Button color="red" loading={action.busy} onClick={() => void remove()}>
          {say('common.removeCredential')}
        </Button>
      </DialogActions>
    </>
  );
}
