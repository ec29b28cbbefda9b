import { XERO_APP_TYPES } from '../../shared/words.ts';
import { NumberedSteps } from '../parts/numbered-steps.tsx';
import { Say } from '../parts/say.tsx';
import { NewApp, RedirectUris } from './portal-steps.tsx';

/** How to register a desktop app, which has no secret (xero.md §2). */
export function RegisterDesktop() {
  return (
    <NumberedSteps>
      <NewApp />
      <>
        <Say
          word="registerDesktop.chooseGiveItAName"
          values={{ desktop: <b>{XERO_APP_TYPES.desktop}</b> }}
        />
      </>
      <RedirectUris />
      <Say word="registerDesktop.stillUnderConfigurationCopyThe" />
    </NumberedSteps>
  );
}
