import { Button, Group, Text } from '@mantine/core';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { useIntents } from '../state.ts';
import { Dialog } from './dialog.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { useAction } from './use-action.ts';

/** Says what signing out does before it is done. Open while it has a sign-in. */
export function SignOutDialog({
  signIn,
  onClose,
}: {
  signIn: XeroSignIn | null;
  onClose: () => void;
}) {
  const intents = useIntents();
  const action = useAction();
  const signOut = async (signInId: string) => {
    const result = await action.run(() => intents.signOut({ signInId }));
    if (result.ok) onClose();
  };
  return (
    <Dialog opened={signIn !== null} title="Sign out of Xero?" onClose={onClose}>
      <Text>
        Xero withdraws this app’s access, and the sign-in is erased from this computer’s keychain.
        Every organisation connected with it is disconnected, also for another computer that uses
        the same Xero app as the same person.
      </Text>
      <Text>
        C1 keeps what it has received, and gets nothing new until you sign in again. Nobody’s access
        in Xero changes.
      </Text>
      {action.failure !== null && <FailureNotice failure={action.failure} place="xero" />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Stay signed in
        </Button>
        <Button
          color="red"
          loading={action.busy}
          onClick={() => {
            if (signIn !== null) void signOut(signIn.id);
          }}
        >
          Sign out of Xero
        </Button>
      </Group>
    </Dialog>
  );
}
