import { say } from '../../shared/language/say.ts';
import { CUSTOM_CONNECTION_SCOPE, XERO_APP_TYPES } from '../../shared/words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { NumberedSteps } from '../parts/numbered-steps.tsx';
import { Say } from '../parts/say.tsx';
import { ValueLine, ValueList } from '../parts/value-line.tsx';
import { GenerateSecret, NewApp } from './portal-steps.tsx';

/** How to set up a custom connection: no redirect URI, and somebody authorises it once (xero.md §2). */
export function RegisterCustom() {
  return (
    <NumberedSteps>
      <NewApp />
      <>
        <Say
          word="registerCustom.chooseAndGiveItA"
          values={{ custom: <b>{XERO_APP_TYPES.custom}</b> }}
        />
      </>
      <>
        {say('registerCustom.underScopesTickThisOne')}
        <ValueList>
          <ValueLine name={say('registerCustom.scope')} value={CUSTOM_CONNECTION_SCOPE}>
            <CopyButton copy={{ what: 'customScope' }} what={say('registerCustom.theScope')} />
          </ValueLine>
        </ValueList>
      </>
      <Say word="registerCustom.chooseWhoIsToAuthorise" />
      <Say word="registerCustom.xeroSendsThatPersonAn" />
      <GenerateSecret />
    </NumberedSteps>
  );
}
