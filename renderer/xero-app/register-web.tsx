import { Text } from '@mantine/core';
import { XERO_APP_TYPES } from '../../shared/words.ts';
import { NumberedSteps } from '../parts/numbered-steps.tsx';
import { GenerateSecret, NewApp, RedirectUris } from './portal-steps.tsx';

/** How to register a web app, or use one that is there (xero.md §2). */
export function RegisterWeb() {
  return (
    <>
      <NumberedSteps>
        <NewApp />
        <>
          Choose <b>{XERO_APP_TYPES.web}</b>. Give it a name that doesn’t contain “Xero”, and your
          company’s website as <b>Company or application URL</b>: Xero asks for one, and nothing is
          sent there.
        </>
        <RedirectUris />
        <GenerateSecret />
      </NumberedSteps>
      <Text size="xs" c="dimmed" mt={12}>
        To use a web app that you have, add the three redirect URIs to it and leave those it has.
      </Text>
    </>
  );
}
