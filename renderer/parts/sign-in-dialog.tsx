import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { useIntents } from '../state.ts';
import { signInUnderWay } from './sign-ins.ts';
import { WaitingForBrowser } from './waiting-for-browser.tsx';

/** The waiting screen over another page; open for as long as a sign-in is under way. */
export function SignInDialog({ xero }: { xero: readonly XeroSignIn[] }) {
  const intents = useIntents();
  const underWay = signInUnderWay(xero);
  const cancel = () => void intents.cancelSignIn();
  return (
    <Modal
      opened={underWay !== null}
      onClose={cancel}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={<Text fw={600}>Finish in your browser</Text>}
      size={560}
    >
      {underWay !== null && (
        <Stack gap="md">
          <WaitingForBrowser signIn={underWay} />
          {underWay.waiting !== null && (
            <Group justify="flex-end">
              <Button variant="default" onClick={cancel} data-autofocus>
                Cancel
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Modal>
  );
}
