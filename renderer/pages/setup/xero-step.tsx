import { Button, Text } from '@mantine/core';
import { useRef } from 'react';
import type { RefObject } from 'react';
import type { Failure } from '../../../shared/errors.ts';
import type { Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { MendsProvider, useMends } from '../../parts/mends.tsx';
import { count } from '../../parts/numbers.ts';
import {
  isSignedIn,
  organisationsOf,
  signInFailure,
  signInToMend,
  signInUnderWay,
} from '../../parts/sign-ins.ts';
import type { SignInUnderWay } from '../../parts/sign-ins.ts';
import { SignedInCard } from '../../parts/signed-in-card.tsx';
import { useAction } from '../../parts/use-action.ts';
import type { Action } from '../../parts/use-action.ts';
import { WaitingForBrowser } from '../../parts/waiting-for-browser.tsx';
import { useIntents } from '../../state.ts';
import { ClientIdForm } from './client-id-form.tsx';
import { Promises } from './promises.tsx';
import { AskedFor, RegisterGuide } from './register-guide.tsx';
import { StepFrame } from './step-frame.tsx';

const FORM = 'xero-client-id';

/** First run, step one: an app registered at Xero, and a sign-in with it. */
export function XeroStep({ snapshot, mending }: { snapshot: Snapshot; mending: Action }) {
  const { xero } = snapshot;
  const signIn = useAction();
  const field = useRef<HTMLInputElement>(null);
  const underWay = signInUnderWay(xero);
  if (underWay !== null) return <Waiting underWay={underWay} />;
  if (xero.some(isSignedIn)) return <SignedIn xero={xero} mending={mending} />;
  return (
    <Register
      previous={signInToMend(xero)}
      failure={signIn.failure ?? mending.failure ?? signInFailure(xero)}
      action={signIn}
      field={field}
    />
  );
}

function Register({
  previous,
  failure,
  action,
  field,
}: {
  previous: XeroSignIn | undefined;
  failure: Failure | null;
  action: Action;
  field: RefObject<HTMLInputElement | null>;
}) {
  const atField = failure?.code === 'xeroClientIdInvalid';
  const outer = useMends();
  // Any way to sign in again takes the Client ID as it stands in the field now.
  const mends = { ...outer, signIn: () => field.current?.form?.requestSubmit() };
  return (
    <MendsProvider value={mends}>
      <StepFrame
        title="Connect Xero"
        lead="You sign in at Xero, in your own browser, once. This app then reads who has access."
        onward={
          <Button type="submit" form={FORM} loading={action.busy}>
            Sign in to Xero
          </Button>
        }
      >
        {failure !== null && !atField && <FailureNotice failure={failure} place="xero" />}
        <Promises />
        <RegisterGuide />
        <ClientIdForm
          formId={FORM}
          field={field}
          initial={previous?.clientId ?? ''}
          error={atField ? failure.message : undefined}
          action={action}
        />
        <AskedFor />
      </StepFrame>
    </MendsProvider>
  );
}

function Waiting({ underWay }: { underWay: SignInUnderWay }) {
  const intents = useIntents();
  return (
    <StepFrame
      title={underWay.waiting === null ? 'Finishing the sign-in' : 'Finish in your browser'}
      lead="Your password stays between you and Xero; this app never sees it."
      back={
        underWay.waiting !== null && (
          <Button variant="default" onClick={() => void intents.cancelSignIn()}>
            Cancel
          </Button>
        )
      }
    >
      <WaitingForBrowser signIn={underWay} />
    </StepFrame>
  );
}

function SignedIn({ xero, mending }: { xero: readonly XeroSignIn[]; mending: Action }) {
  const intents = useIntents();
  const onward = useAction();
  const failure = onward.failure ?? mending.failure;
  return (
    <StepFrame
      title="Xero is connected"
      lead="This app can read who has access, and nothing else."
      onward={
        <Button
          loading={onward.busy}
          onClick={() => void onward.run(() => intents.goToStep({ step: 'organisations' }))}
        >
          Choose organisations
        </Button>
      }
    >
      {failure !== null && <FailureNotice failure={failure} place="look" />}
      {xero.filter(isSignedIn).map((signIn) => (
        <SignedInCard key={signIn.id} signIn={signIn} xero={xero} />
      ))}
      <Text c="dimmed">
        {count(organisationsOf(xero).length, 'organisation')} connected. You can connect others in
        the next step.
      </Text>
    </StepFrame>
  );
}
