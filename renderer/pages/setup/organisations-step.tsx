import { Button, Group, Skeleton, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { Organisation, Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { LeftOut } from '../../parts/left-out.tsx';
import { MendsProvider, useMends } from '../../parts/mends.tsx';
import { OrganisationChooser } from '../../parts/organisation-chooser.tsx';
import { organisationsOf } from '../../parts/sign-ins.ts';
import { useAction } from '../../parts/use-action.ts';
import type { Action } from '../../parts/use-action.ts';
import { useChosenOrganisations } from '../../parts/use-chosen-organisations.ts';
import { useIntents } from '../../state.ts';
import { useXeroDialogs } from '../../xero-dialogs/open-dialogs.tsx';
import { SignInDialog } from '../../xero-dialogs/sign-in-dialog.tsx';
import { useConnectAnother } from '../../xero-dialogs/use-connect-another.ts';
import { StepFrame } from './step-frame.tsx';

/** First run, step two: which organisations C1 is to govern. */
export function OrganisationsStep({ snapshot, mending }: { snapshot: Snapshot; mending: Action }) {
  const intents = useIntents();
  const onward = useAction();
  const chosen = useChosenOrganisations();
  const mends = useMends();
  const [noneChosen, setNoneChosen] = useState(false);
  const organisations = organisationsOf(snapshot.xero);

  const goOn = async () => {
    const ids = chosen.ids(organisations);
    setNoneChosen(ids.length === 0);
    if (ids.length === 0) return;
    const saved = await onward.run(() => intents.chooseOrganisations({ ids }));
    if (saved.ok) await onward.run(() => intents.goToStep({ step: 'c1' }));
  };
  return (
    <StepFrame
      title={say('common.chooseOrganisations')}
      lead={say('organisationsStep.c1ReceivesTheAccessOf')}
      back={
        <Button
          variant="default"
          onClick={() => void mending.run(() => intents.goToStep({ step: 'xero' }))}
        >
          {say('common.back')}
        </Button>
      }
      onward={
        <Button loading={onward.busy} onClick={() => void goOn()}>
          {say('organisationsStep.goOnToC1')}
        </Button>
      }
    >
      {onward.failure !== null && (
        <MendsProvider value={{ ...mends, checkXero: () => void goOn() }}>
          <FailureNotice failure={onward.failure} place="look" />
        </MendsProvider>
      )}
      {onward.failure === null && mending.failure !== null && (
        <FailureNotice failure={mending.failure} place="look" />
      )}
      <ConnectedOrganisations
        xero={snapshot.xero}
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
          {say('organisationsStep.noOrganisationIsChosenTick')}
        </Text>
      )}
      <ConnectMore xero={snapshot.xero} connecting={mending} />
      <SignInDialog xero={snapshot.xero} />
    </StepFrame>
  );
}

/** The ways to more organisations: Xero's page once more, or somebody else's sign-in. */
function ConnectMore({ xero, connecting }: { xero: readonly XeroSignIn[]; connecting: Action }) {
  const { open } = useXeroDialogs();
  const connectAnother = useConnectAnother(xero, connecting);
  return (
    <div>
      <Group gap="sm">
        {connectAnother !== null && (
          <Button
            variant="light"
            leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
            onClick={connectAnother}
          >
            {say('common.connectAnotherOrganisation')}
          </Button>
        )}
        <Button
          variant={connectAnother === null ? 'light' : 'subtle'}
          onClick={() => open({ kind: 'addSignIn' })}
        >
          {say('common.addAnotherSignIn')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" mt={8}>
        {connectAnother === null
          ? say('organisationsStep.aCustomConnectionHoldsOne')
          : say('organisationsStep.xeroLetsAnAppIn')}
      </Text>
    </div>
  );
}

function ConnectedOrganisations({
  xero,
  reading,
  isChosen,
  onToggle,
}: {
  xero: readonly XeroSignIn[];
  reading: boolean;
  isChosen: (organisation: Organisation) => boolean;
  onToggle: (organisation: Organisation, chosen: boolean) => void;
}) {
  if (organisationsOf(xero).length > 0) {
    return <OrganisationChooser xero={xero} isChosen={isChosen} onToggle={onToggle} />;
  }
  if (reading) {
    return (
      <div role="status" aria-label={say('organisationsStep.readingYourOrganisations')}>
        <Skeleton height={64} radius="lg" mb={8} />
        <Skeleton height={64} radius="lg" />
      </div>
    );
  }
  return <Text>{say('organisationsStep.noOrganisationIsConnectedYet')}</Text>;
}
