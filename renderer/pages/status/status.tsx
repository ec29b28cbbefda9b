import { useCallback, useState } from 'react';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Frame } from '../../parts/frame.tsx';
import { MendsProvider } from '../../parts/mends.tsx';
import { SignInDialog } from '../../parts/sign-in-dialog.tsx';
import { isSignedIn } from '../../parts/sign-ins.ts';
import { SignOutDialog } from '../../parts/sign-out-dialog.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useMendsThrough } from '../../parts/use-mends.ts';
import { useIntents } from '../../state.ts';
import { CredentialDialog } from './credential-dialog.tsx';
import { Events, Warnings } from './events.tsx';
import { HeroBanner } from './hero-banner.tsx';
import { heroOf } from './hero.ts';
import { OrganisationsDialog } from './organisations-dialog.tsx';
import { Organisations } from './organisations.tsx';
import { Path } from './path.tsx';
import { Received } from './received.tsx';
import { RemoveCredentialDialog } from './remove-credential-dialog.tsx';

type OpenDialog =
  | { readonly kind: 'organisations' }
  | { readonly kind: 'credential' }
  | { readonly kind: 'removeCredential' }
  | { readonly kind: 'signOut'; readonly signInId: string };

/** How everything stands, after first run. */
export function Status({ snapshot }: { snapshot: Snapshot }) {
  const intents = useIntents();
  const action = useAction();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const close = () => setDialog(null);
  const { xero } = snapshot;
  const connectable = xero.find(isSignedIn);
  const toOrganisations = useCallback(() => setDialog({ kind: 'organisations' }), []);
  const toCredential = useCallback(() => setDialog({ kind: 'credential' }), []);
  const mends = useMendsThrough(action, xero, { toOrganisations, toCredential });
  const hero = heroOf(snapshot);
  return (
    <MendsProvider value={mends}>
      <Frame app={snapshot.app} page="status">
        <HeroBanner hero={hero} />
        {action.failure !== null && <FailureNotice failure={action.failure} place="look" />}
        <Path
          snapshot={snapshot}
          told={hero.failure}
          onSignOut={(signInId) => setDialog({ kind: 'signOut', signInId })}
          onReplaceCredential={toCredential}
          onRemoveCredential={() => setDialog({ kind: 'removeCredential' })}
        />
        <Received snapshot={snapshot} calm={hero.tone === 'good'} />
        <Organisations
          snapshot={snapshot}
          onConnectAnother={
            connectable === undefined
              ? null
              : () => void action.run(() => intents.connectAnother({ signInId: connectable.id }))
          }
          onChange={toOrganisations}
        />
        <Warnings access={snapshot.access} />
        <Events events={snapshot.events} />
      </Frame>
      <SignInDialog xero={xero} />
      <OrganisationsDialog
        snapshot={snapshot}
        opened={dialog?.kind === 'organisations'}
        onClose={close}
      />
      <CredentialDialog
        snapshot={snapshot}
        opened={dialog?.kind === 'credential'}
        onClose={close}
      />
      <RemoveCredentialDialog opened={dialog?.kind === 'removeCredential'} onClose={close} />
      <SignOutDialog
        xero={xero}
        signInId={dialog?.kind === 'signOut' ? dialog.signInId : null}
        onClose={close}
      />
    </MendsProvider>
  );
}
