import { XERO_APP_TYPES } from '../../shared/words.ts';
import { NumberedSteps } from '../parts/numbered-steps.tsx';
import { NewApp, RedirectUris } from './portal-steps.tsx';

/** How to register a desktop app, which has no secret (xero.md §2). */
export function RegisterDesktop() {
  return (
    <NumberedSteps>
      <NewApp />
      <>
        Choose <b>{XERO_APP_TYPES.desktop}</b>. Give it a name that doesn’t contain “Xero”, and your
        company’s website as <b>Company or application URL</b>.
      </>
      <RedirectUris />
      <>
        Still under <b>Configuration</b>, copy the <b>Client ID</b>, and paste it below. No client
        secret is needed.
      </>
    </NumberedSteps>
  );
}
