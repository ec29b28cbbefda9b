import { useCallback, useState } from 'react';
import type { Organisation, Snapshot } from '../../../shared/snapshot.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Frame } from '../../parts/frame.tsx';
import { MendsProvider } from '../../parts/mends.tsx';
import { newDemoOf } from '../../parts/organisation-ways.ts';
import { useAction } from '../../parts/use-action.ts';
import type { Choices } from '../../parts/use-chosen-organisations.ts';
import { RotationReminder } from '../../rotation/reminder.tsx';
import { RotationSheet } from '../../rotation/rotation-sheet.tsx';
import { AppChangeNote } from '../../xero-dialogs/app-change-note.tsx';
import { SignInDialog } from '../../xero-dialogs/sign-in-dialog.tsx';
import { useConnectAnother } from '../../xero-dialogs/use-connect-another.ts';
import { useMendsThrough } from '../../xero-dialogs/use-mends.ts';
import { XeroDialogs } from '../../xero-dialogs/xero-dialogs.tsx';
import { Events, Warnings } from './events.tsx';
import { HeroBanner } from './hero-banner.tsx';
import { heroOf } from './hero.ts';
import { OrganisationsDialog } from './organisations-dialog.tsx';
import { Organisations } from './organisations.tsx';
import { Path } from './path.tsx';
import { Received } from './received.tsx';
import { RemoveCredentialDialog } from './remove-credential-dialog.tsx';
import { useLedTo } from './use-led-to.ts';

/** Dialogs of this page alone; those about Xero are `XeroDialogs`. */
type OpenDialog =
  | { readonly kind: 'organisations'; readonly choices: Choices }
  | { readonly kind: 'credential' }
  | { readonly kind: 'removeCredential' };

/** How everything stands, after first run. */
export function Status({ snapshot }: { snapshot: Snapshot }) {
  const action = useAction();
  const pausing = useAction();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const close = () => setDialog(null);
  const { xero } = snapshot;
  const choose = useCallback(
    (...choices: readonly (readonly [string, boolean])[]) =>
      setDialog({ kind: 'organisations', choices: new Map(choices) }),
    [],
  );
  const toOrganisations = useCallback(() => choose(), [choose]);
  const toCredential = useCallback(() => setDialog({ kind: 'credential' }), []);
  useLedTo(toCredential);
  const stopGoverning = useCallback(({ id }: Organisation) => choose([id, false]), [choose]);
  const governNewDemo = useCallback(
    (old: Organisation) => {
      const fresh = newDemoOf(old, xero);
      choose([old.id, false], ...(fresh === undefined ? [] : [[fresh.id, true] as const]));
    },
    [choose, xero],
  );
  const mends = useMendsThrough(action, xero, {
    toOrganisations,
    toCredential,
    stopGoverning,
    governNewDemo,
  });
  const connectAnother = useConnectAnother(xero, action);
  const hero = heroOf(snapshot);
  return (
    <MendsProvider value={mends}>
      <Frame app={snapshot.app} page="status">
        <HeroBanner hero={hero} />
        {action.failure !== null && <FailureNotice failure={action.failure} place="look" />}
        {pausing.failure !== null && <FailureNotice failure={pausing.failure} ways={[]} />}
        <AppChangeNote snapshot={snapshot} connecting={action} />
        <RotationReminder snapshot={snapshot} onOpen={toCredential} />
        <Path
          snapshot={snapshot}
          told={hero.failure}
          pausing={pausing}
          onReplaceCredential={toCredential}
          onRemoveCredential={() => setDialog({ kind: 'removeCredential' })}
        />
        <Received snapshot={snapshot} calm={hero.tone === 'good'} />
        <Organisations
          snapshot={snapshot}
          onConnectAnother={connectAnother}
          onChange={toOrganisations}
        />
        <Warnings access={snapshot.access} />
        <Events snapshot={snapshot} />
      </Frame>
      <SignInDialog xero={xero} />
      <XeroDialogs xero={xero} connecting={action} />
      <OrganisationsDialog
        snapshot={snapshot}
        choices={dialog?.kind === 'organisations' ? dialog.choices : null}
        onClose={close}
      />
      <RotationSheet snapshot={snapshot} opened={dialog?.kind === 'credential'} onClose={close} />
      <RemoveCredentialDialog opened={dialog?.kind === 'removeCredential'} onClose={close} />
    </MendsProvider>
  );
}
