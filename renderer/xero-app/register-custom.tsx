import { CUSTOM_CONNECTION_SCOPE, XERO_APP_TYPES } from '../../shared/words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { NumberedSteps } from '../parts/numbered-steps.tsx';
import { ValueLine, ValueList } from '../parts/value-line.tsx';
import { GenerateSecret, NewApp } from './portal-steps.tsx';

/** How to set up a custom connection: no redirect URI, and somebody authorises it once (xero.md §2). */
export function RegisterCustom() {
  return (
    <NumberedSteps>
      <NewApp />
      <>
        Choose <b>{XERO_APP_TYPES.custom}</b>, and give it a name that doesn’t contain “Xero”. It
        needs no redirect URI.
      </>
      <>
        Under scopes, tick this one and no other:
        <ValueList>
          <ValueLine name="Scope" value={CUSTOM_CONNECTION_SCOPE}>
            <CopyButton copy={{ what: 'customScope' }} what="the scope" />
          </ValueLine>
        </ValueList>
      </>
      <>
        Choose who is to authorise it: somebody who may connect apps in that organisation. Then save
        it with <b>Save and connect</b>.
      </>
      <>
        Xero sends that person an e-mail. They press <b>Connect</b> in it, choose the organisation,
        and press <b>Allow access</b>. Until then Xero lets nobody in.
      </>
      <GenerateSecret />
    </NumberedSteps>
  );
}
