import { Button, Group } from '@mantine/core';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { useIntents } from '../state.ts';
import { Dialog } from './dialog.tsx';
import { signInUnderWay } from './sign-ins.ts';
import { WaitingForBrowser } from './waiting-for-browser.tsx';

/** The waiting screen over another page; open for as long as a sign-in is under way. */
export function SignInDialog({ xero }: { xero: readonly XeroSignIn[] }) {
  const intents = useIntents();
  const underWay = signInUnderWay(xero);
  const cancel = () => void intents.cancelSignIn();
  return (
    <Dialog
      opened={underWay !== null}
      title={underWay?.waiting === null ? 'Finishing the sign-in' : 'Finish in your browser'}
      width={600}
      onClose={cancel}
      mustBeAnswered
    >
      {underWay !== null && <WaitingForBrowser signIn={underWay} />}
      {underWay?.waiting != null && (
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel} data-autofocus>
            Cancel
          </Button>
        </Group>
      )}
    </Dialog>
  );
}
