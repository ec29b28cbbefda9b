import { Button, Skeleton, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Organisation, Snapshot } from '../../../shared/snapshot.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { LeftOut } from '../../parts/left-out.tsx';
import { MendsProvider, useMends } from '../../parts/mends.tsx';
import { OrganisationChooser } from '../../parts/organisation-chooser.tsx';
import { SignInDialog } from '../../parts/sign-in-dialog.tsx';
import { isSignedIn, organisationsOf } from '../../parts/sign-ins.ts';
import { useAction } from '../../parts/use-action.ts';
import type { Action } from '../../parts/use-action.ts';
import { useChosenOrganisations } from '../../parts/use-chosen-organisations.ts';
import { useIntents } from '../../state.ts';
import { StepFrame } from './step-frame.tsx';

/** First run, step two: which organisations C1 is to govern. */
export function OrganisationsStep({ snapshot, mending }: { snapshot: Snapshot; mending: Action }) {
  const intents = useIntents();
  const onward = useAction();
  const connecting = useAction();
  const chosen = useChosenOrganisations();
  const mends = useMends();
  const [noneChosen, setNoneChosen] = useState(false);
  const organisations = organisationsOf(snapshot.xero);
  const signIn = snapshot.xero.find(isSignedIn);

  const goOn = async () => {
    const ids = chosen.ids(organisations);
    setNoneChosen(ids.length === 0);
    if (ids.length === 0) return;
    const saved = await onward.run(() => intents.chooseOrganisations({ ids }));
    if (saved.ok) await onward.run(() => intents.goToStep({ step: 'c1' }));
  };
  const failure = connecting.failure ?? mending.failure;
  return (
    <StepFrame
      title="Choose organisations"
      lead="C1 receives the access of all ticked organisations together, or none of it."
      back={
        <Button
          variant="default"
          onClick={() => void mending.run(() => intents.goToStep({ step: 'xero' }))}
        >
          Back
        </Button>
      }
      onward={
        <Button loading={onward.busy} onClick={() => void goOn()}>
          Go on to C1
        </Button>
      }
    >
      {onward.failure !== null && (
        <MendsProvider value={{ ...mends, checkXero: () => void goOn() }}>
          <FailureNotice failure={onward.failure} place="look" />
        </MendsProvider>
      )}
      {onward.failure === null && failure !== null && (
        <FailureNotice failure={failure} place="look" />
      )}
      <ConnectedOrganisations
        organisations={organisations}
        reading={snapshot.sync.kind === 'reading'}
        isChosen={chosen.isChosen}
        onToggle={(organisation, tick) => {
          setNoneChosen(false);
          chosen.toggle(organisation, tick);
        }}
      />
      <LeftOut xero={snapshot.xero} />
      {noneChosen && (
        <Text role="alert" c="var(--tone-bad)">
          No organisation is chosen. Tick at least one to go on.
        </Text>
      )}
      <div>
        <Button
          variant="light"
          leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
          disabled={signIn === undefined}
          onClick={() => {
            if (signIn !== undefined) {
              void connecting.run(() => intents.connectAnother({ signInId: signIn.id }));
            }
          }}
        >
          Connect another organisation
        </Button>
        <Text size="xs" c="dimmed" mt={8}>
          Xero lets an app in to one organisation at a time, so this opens Xero’s page again.
        </Text>
      </div>
      <SignInDialog xero={snapshot.xero} />
    </StepFrame>
  );
}

function ConnectedOrganisations({
  organisations,
  reading,
  isChosen,
  onToggle,
}: {
  organisations: readonly Organisation[];
  reading: boolean;
  isChosen: (organisation: Organisation) => boolean;
  onToggle: (organisation: Organisation, chosen: boolean) => void;
}) {
  if (organisations.length > 0) {
    return (
      <OrganisationChooser organisations={organisations} isChosen={isChosen} onToggle={onToggle} />
    );
  }
  if (reading) {
    return (
      <div role="status" aria-label="Reading your organisations">
        <Skeleton height={64} radius="lg" mb={8} />
        <Skeleton height={64} radius="lg" />
      </div>
    );
  }
  return (
    <Text>
      No organisation is connected yet. Press “Connect another organisation” and choose one on
      Xero’s page.
    </Text>
  );
}
