import { Stack } from '@mantine/core';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import type { Failure, Result } from '../../shared/errors.ts';
import type { PastedXeroApp } from '../../shared/intents.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { waysOf } from '../parts/mend.ts';
import { MendsProvider, useMends } from '../parts/mends.tsx';
import type { SignInUnderWay } from '../parts/sign-ins.ts';
import type { Action } from '../parts/use-action.ts';
import { WaitingForBrowser } from '../parts/waiting-for-browser.tsx';
import { AskedFor } from './asked-for.tsx';
import { KindChoice } from './kind-choice.tsx';
import { wordsOf } from './kinds.ts';
import { standsAtField } from './pasted-app.ts';
import { RegisterGuide } from './register-guide.tsx';
import { XeroAppForm } from './xero-app-form.tsx';

/**
 * All that a sign-in with a new app takes: the kind, its registration, the form. The form stays while
 * Xero is asked: a secret is shown once, and should the sign-in fail, it isn't asked for twice.
 */
export function ConnectApp({
  formId,
  introduction,
  kind,
  onChoose,
  initial,
  action,
  failure,
  underWay,
  send,
  onSignedIn,
}: {
  formId: string;
  /** What stands before the choice. */
  introduction: ReactNode;
  kind: XeroAppKind;
  onChoose: (kind: XeroAppKind) => void;
  /** A Client ID to begin with, or nothing. */
  initial: string;
  action: Action;
  /** What went wrong last, here or on the way here. */
  failure: Failure | null;
  underWay: SignInUnderWay | null;
  /** What is done with the app; signing in with it, where nothing else is said. */
  send?: (app: PastedXeroApp) => Promise<Result<void>>;
  onSignedIn?: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const outer = useMends();
  // Any way to sign in again takes what stands in the fields now.
  const mends = { ...outer, signIn: () => form.current?.requestSubmit() };
  return (
    <MendsProvider value={mends}>
      {underWay !== null && <WaitingForBrowser signIn={underWay} />}
      <Stack gap="lg" display={underWay === null ? undefined : 'none'}>
        {failure !== null && !standsAtField(failure) && (
          <FailureNotice failure={failure} ways={waysIn(failure, kind)} />
        )}
        {introduction}
        <KindChoice
          kind={kind}
          onChoose={(next) => {
            action.forget();
            onChoose(next);
          }}
        />
        <RegisterGuide kind={kind} />
        <XeroAppForm
          formId={formId}
          form={form}
          kind={kind}
          initial={initial}
          action={action}
          send={send}
          onSignedIn={onSignedIn}
        />
        {kind !== 'custom' && <AskedFor />}
      </Stack>
    </MendsProvider>
  );
}

/** What can be done about a failure, in the words of the form's own button. */
function waysIn(failure: Failure, kind: XeroAppKind) {
  return waysOf(failure, 'xero').map((way) =>
    way.label === 'Sign in to Xero' ? { ...way, label: wordsOf(kind).begin } : way,
  );
}
