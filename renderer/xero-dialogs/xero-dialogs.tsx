import type { XeroSignIn } from '../../shared/snapshot.ts';
import type { Action } from '../parts/use-action.ts';
import { AddSignInDialog } from './add-sign-in-dialog.tsx';
import { ChangeAppDialog } from './change-app-dialog.tsx';
import { ConnectAnotherDialog } from './connect-another-dialog.tsx';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { NewSecretDialog } from './new-secret-dialog.tsx';
import { useXeroDialogs } from './open-dialogs.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';

/** Whichever dialog about Xero is open over the page. */
export function XeroDialogs({
  xero,
  connecting,
}: {
  xero: readonly XeroSignIn[];
  /** How the page's own way through the browser fares. */
  connecting: Action;
}) {
  const { dialog, close } = useXeroDialogs();
  const secretOf = dialog?.kind === 'newSecret' ? dialog.signInId : null;
  return (
    <>
      <AddSignInDialog
        xero={xero}
        opened={dialog?.kind === 'addSignIn'}
        from={dialog?.kind === 'addSignIn' ? dialog.from : undefined}
        onClose={close}
      />
      <ConnectAnotherDialog
        xero={xero}
        opened={dialog?.kind === 'connectAnother'}
        connecting={connecting}
        onClose={close}
      />
      <NewSecretDialog signIn={xero.find(({ id }) => id === secretOf)} onClose={close} />
      <ChangeAppDialog
        xero={xero}
        signIn={xero.find(({ id }) => dialog?.kind === 'changeApp' && id === dialog.signInId)}
        onClose={close}
      />
      <SignOutDialog
        xero={xero}
        signInId={dialog?.kind === 'signOut' ? dialog.signInId : null}
        onClose={close}
      />
      <DisconnectDialog
        xero={xero}
        organisationId={dialog?.kind === 'disconnect' ? dialog.organisationId : null}
        onClose={close}
      />
    </>
  );
}
