import { Anchor, Button, Group } from '@mantine/core';
import { useRef, useState } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { AppInfo, C1State, Snapshot } from '../../../shared/snapshot.ts';
import { ClearClipboard } from '../../parts/clear-clipboard.tsx';
import { CredentialForm } from '../../parts/credential-form.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { MendsProvider } from '../../parts/mends.tsx';
import { useAction } from '../../parts/use-action.ts';
import type { Action } from '../../parts/use-action.ts';
import { usePasteMends } from '../../parts/use-paste-mends.ts';
import { useIntents, useNow } from '../../state.ts';
import { C1Checklist } from './c1-checklist.tsx';
import { C1Checks, C1Progress } from './c1-progress.tsx';
import { firstUploadOf } from './first-upload.ts';
import { SampleValue } from './sample.tsx';
import { StartAtLogin } from './start-at-login.tsx';
import { StepFrame } from './step-frame.tsx';

const FORM = 'c1-credential';
const CHECKING = say('c1Step.checkingTheCredential');

/** First run, step three: the credential from C1, its verification, and the first upload. */
export function C1Step({ snapshot, mending }: { snapshot: Snapshot; mending: Action }) {
  const { c1 } = snapshot;
  const connect = useAction();
  const [replacing, setReplacing] = useState(false);
  const [pasted, setPasted] = useState(false);
  const asks = c1.kind === 'none' || c1.kind === 'rejected' || replacing || connect.busy;
  if (asks) {
    return (
      <PasteCredential
        app={snapshot.app}
        c1={c1}
        connect={connect}
        mending={mending}
        onConnected={() => {
          setReplacing(false);
          setPasted(true);
        }}
      />
    );
  }
  return (
    <Connected
      snapshot={snapshot}
      mending={mending}
      pasted={pasted}
      onReplace={() => setReplacing(true)}
    />
  );
}

function Back({ mending }: { mending: Action }) {
  const intents = useIntents();
  return (
    <Button
      variant="default"
      onClick={() => void mending.run(() => intents.goToStep({ step: 'organisations' }))}
    >
      {say('common.back')}
    </Button>
  );
}

/** The form stays while the credential is checked: should C1 be out of reach, nothing is pasted twice. */
function PasteCredential({
  app,
  c1,
  connect,
  mending,
  onConnected,
}: {
  app: AppInfo;
  c1: C1State;
  connect: Action;
  mending: Action;
  onConnected: () => void;
}) {
  const confirmation = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const mends = usePasteMends(form, confirmation);
  const because = c1.kind === 'none' || c1.kind === 'rejected' ? c1.because : null;
  const earlier = connect.failure === null ? (mending.failure ?? because) : null;
  return (
    <MendsProvider value={mends}>
      <StepFrame
        title={connect.busy ? CHECKING : say('c1Step.connectC1')}
        lead={connect.busy ? say('common.thisTakesAFewSeconds') : say('c1Step.makeAConnectorInC1')}
        back={<Back mending={mending} />}
        onward={
          <Button type="submit" form={FORM} loading={connect.busy}>
            {say('common.connectToC1')}
          </Button>
        }
      >
        {connect.busy && <C1Checks c1={c1} />}
        {!connect.busy && earlier !== null && <FailureNotice failure={earlier} place="c1" />}
        {!connect.busy && <C1Checklist />}
        {!connect.busy && <SampleValue app={app} of="c1Page" />}
        <div hidden={connect.busy}>
          <CredentialForm
            form={form}
            formId={FORM}
            action={connect}
            confirmation={confirmation}
            onConnected={onConnected}
          />
        </div>
      </StepFrame>
    </MendsProvider>
  );
}

function Connected({
  snapshot,
  mending,
  pasted,
  onReplace,
}: {
  snapshot: Snapshot;
  mending: Action;
  /** Whether the credential was pasted just now, and may still be on the clipboard. */
  pasted: boolean;
  onReplace: () => void;
}) {
  const intents = useIntents();
  const finishing = useAction();
  const { c1 } = snapshot;
  const upload = firstUploadOf(snapshot, useNow());
  // Before the first upload has come to an end of some sort, waiting is the better advice.
  const underWay = upload.kind === 'waiting' || upload.kind === 'running';
  const failure = finishing.failure ?? mending.failure;
  return (
    <StepFrame
      title={titleOf(c1)}
      lead={
        c1.kind === 'verifying'
          ? say('common.thisTakesAFewSeconds')
          : say('c1Step.c1DecidesWhenDataIs')
      }
      back={<Back mending={mending} />}
      onward={
        c1.kind === 'connected' && (
          <Button
            variant={underWay ? 'default' : 'filled'}
            loading={finishing.busy}
            onClick={() => void finishing.run(() => intents.goToStep({ step: 'done' }))}
          >
            {say('c1Step.finishSetUp')}
          </Button>
        )
      }
    >
      {failure !== null && <FailureNotice failure={failure} place="c1" />}
      <C1Progress snapshot={snapshot} />
      {c1.kind === 'connected' && <StartAtLogin on={snapshot.settings.startAtLogin} />}
      {c1.kind !== 'verifying' && (
        <Group gap="md">
          <Anchor component="button" type="button" size="xs" fw={600} onClick={onReplace}>
            {say('c1Step.useAnotherCredential')}
          </Anchor>
          {pasted && c1.kind === 'connected' && <ClearClipboard />}
        </Group>
      )}
    </StepFrame>
  );
}

function titleOf(c1: C1State): string {
  if (c1.kind === 'connected') return say('c1Step.c1IsConnected');
  return c1.kind === 'offline' ? say('c1Step.c1IsOutOfReach') : CHECKING;
}
