import { Button, Group, Text } from '@mantine/core';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { useIntents } from '../state.ts';
import { Dialog } from './dialog.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { MendsProvider, useMends } from './mends.tsx';
import { keptSignIns } from './sign-ins.ts';
import { useAction } from './use-action.ts';

/** Says what signing out does before it is done. Open while it names one of the sign-ins. */
export function SignOutDialog({
  xero,
  signInId,
  onClose,
}: {
  xero: readonly XeroSignIn[];
  signInId: string | null;
  onClose: () => void;
}) {
  const signIn = xero.find(({ id }) => id === signInId) ?? null;
  const several = keptSignIns(xero).length > 1;
  const intents = useIntents();
  const action = useAction();
  const mends = useMends();
  const signOut = async ({ id }: XeroSignIn) => {
    const result = await action.run(() => intents.signOut({ signInId: id, where: 'everywhere' }));
    if (result.ok) onClose();
  };
  return (
    <Dialog opened={signIn !== null} title="Sign out of Xero?" onClose={onClose}>
      {several && signIn?.who && (
        <Text>
          This ends the sign-in of <b>{signIn.who.name}</b>, and no other.
        </Text>
      )}
      <Text>
        Xero withdraws this app’s access, and the sign-in is erased from this computer’s keychain.
        Every organisation connected with it is disconnected, also for another computer that uses
        the same Xero app as the same person.
      </Text>
      <Text>
        {several
          ? 'With the next sync C1 sees everyone leave the organisations that no other sign-in reaches. On a big drop C1 pauses until somebody presses Confirm changes there.'
          : 'C1 keeps what it has received, and gets nothing new until you sign in again.'}{' '}
        Nobody’s access in Xero changes.
      </Text>
      {action.failure !== null && signIn !== null && (
        <MendsProvider value={{ ...mends, signIn: () => void signOut(signIn) }}>
          <FailureNotice failure={action.failure} place="xero" />
        </MendsProvider>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Stay signed in
        </Button>
        <Button
          color="red"
          loading={action.busy}
          onClick={() => {
            if (signIn !== null) void signOut(signIn);
          }}
        >
          Sign out of Xero
        </Button>
      </Group>
    </Dialog>
  );
}
