import { Text } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import { XERO_APP_TYPES } from '../../shared/words.ts';
import { NumberedSteps } from '../parts/numbered-steps.tsx';
import { Say } from '../parts/say.tsx';
import { GenerateSecret, NewApp, RedirectUris } from './portal-steps.tsx';

/** How to register a web app, or use one that is there (xero.md §2). */
export function RegisterWeb() {
  return (
    <>
      <NumberedSteps>
        <NewApp />
        <>
          <Say word="registerWeb.chooseGiveItAName" values={{ web: <b>{XERO_APP_TYPES.web}</b> }} />
        </>
        <RedirectUris />
        <GenerateSecret />
      </NumberedSteps>
      <Text size="xs" c="dimmed" mt={12}>
        {say('registerWeb.toUseAWebApp')}
      </Text>
    </>
  );
}
