import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot, XeroAppKind, XeroSignIn } from '../../../shared/snapshot.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import {
  isSignedIn,
  organisationsOf,
  signInFailure,
  signInToMend,
  signInUnderWay,
} from '../../parts/sign-ins.ts';
import { SignedInCard } from '../../parts/signed-in-card.tsx';
import { useAction } from '../../parts/use-action.ts';
import type { Action } from '../../parts/use-action.ts';
import { waitingWords } from '../../parts/waiting-words.ts';
import { useIntents } from '../../state.ts';
import { ConnectApp } from '../../xero-app/connect-app.tsx';
import { wordsOf } from '../../xero-app/kinds.ts';
import { useXeroDialogs } from '../../xero-dialogs/open-dialogs.tsx';
import { SignInDialog } from '../../xero-dialogs/sign-in-dialog.tsx';
import { Promises } from './promises.tsx';
import { SampleValue, TrySample } from './sample.tsx';
import { StepFrame } from './step-frame.tsx';

const FORM = 'xero-app';

interface XeroStepProps {
  readonly snapshot: Snapshot;
  readonly mending: Action;
  readonly kind: XeroAppKind;
  readonly onChooseKind: (kind: XeroAppKind) => void;
}

/** First run, step one: an app registered at Xero, and a sign-in with it. */
export function XeroStep(props: XeroStepProps) {
  const { xero } = props.snapshot;
  return xero.some(isSignedIn) ? (
    <SignedIn xero={xero} mending={props.mending} />
  ) : (
    <Register {...props} />
  );
}

function Register({ snapshot: { app, xero }, mending, kind, onChooseKind }: XeroStepProps) {
  const intents = useIntents();
  const signIn = useAction();
  const underWay = signInUnderWay(xero);
  const words = underWay === null ? beginning(kind) : waitingWords(underWay);
  return (
    <StepFrame
      {...words}
      back={
        underWay?.waiting != null && (
          <Button variant="default" onClick={() => void intents.cancelSignIn()}>
            {say('common.cancel')}
          </Button>
        )
      }
      onward={
        underWay === null && (
          <Button type="submit" form={FORM} loading={signIn.busy}>
            {wordsOf(kind).begin}
          </Button>
        )
      }
    >
      <ConnectApp
        formId={FORM}
        introduction={
          <>
            <Promises />
            <TrySample app={app} />
            <SampleValue app={app} of="clientId" />
          </>
        }
        kind={kind}
        onChoose={onChooseKind}
        initial={signInToMend(xero)?.clientId ?? ''}
        action={signIn}
        failure={signIn.failure ?? mending.failure ?? signInFailure(xero)}
        underWay={underWay}
      />
    </StepFrame>
  );
}

function beginning(kind: XeroAppKind) {
  const lead =
    kind === 'custom' ? say('xeroStep.thisAppAsksXeroWith') : say('xeroStep.youSignInAtXero');
  return { title: say('xeroStep.connectXero'), lead };
}

function SignedIn({ xero, mending }: { xero: readonly XeroSignIn[]; mending: Action }) {
  const intents = useIntents();
  const onward = useAction();
  const { open } = useXeroDialogs();
  const failure = onward.failure ?? mending.failure;
  return (
    <StepFrame
      title={say('xeroStep.xeroIsConnected')}
      lead={say('xeroStep.thisAppCanReadWho')}
      onward={
        <Button
          loading={onward.busy}
          onClick={() => void onward.run(() => intents.goToStep({ step: 'organisations' }))}
        >
          {say('common.chooseOrganisations')}
        </Button>
      }
    >
      {failure !== null && <FailureNotice failure={failure} place="look" />}
      {xero.filter(isSignedIn).map((signIn) => (
        <SignedInCard
          key={signIn.id}
          signIn={signIn}
          onSignOut={() => open({ kind: 'signOut', signInId: signIn.id })}
        />
      ))}
      <Text c="dimmed">
        {say('xeroStep.connectedYouCanConnectOthers', {
          organisations: say('count.organisation', { count: organisationsOf(xero).length }),
        })}
      </Text>
      <div>
        <Button
          variant="light"
          leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
          onClick={() => open({ kind: 'addSignIn' })}
        >
          {say('common.addAnotherSignIn')}
        </Button>
      </div>
      <SignInDialog xero={xero} />
    </StepFrame>
  );
}
