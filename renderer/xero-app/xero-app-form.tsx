import { Stack } from '@mantine/core';
import { useDidUpdate } from '@mantine/hooks';
import { useRef } from 'react';
import type { RefObject } from 'react';
import type { Result } from '../../shared/errors.ts';
import type { PastedXeroApp } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';
import { PastedField } from '../parts/pasted-field.tsx';
import type { Action } from '../parts/use-action.ts';
import { empty, usePastedPreview, valuesOf } from '../parts/use-pasted-preview.ts';
import { useIntents } from '../state.ts';
import { appOf, fieldErrors } from './pasted-app.ts';
import { Understood } from './understood.tsx';

/**
 * Takes the Client ID, and the secret where there is one, of the app that the admin registered at
 * Xero, and signs in with it. The secret stays in the input, never in React's state, and the input is
 * emptied as soon as Xero has taken it.
 */
export function XeroAppForm({
  formId,
  form,
  kind,
  initial,
  action,
  send,
  onSignedIn,
}: {
  formId: string;
  form: RefObject<HTMLFormElement | null>;
  kind: XeroAppKind;
  /** The Client ID of an earlier sign-in, or nothing. */
  initial: string;
  action: Action;
  /** What is done with the app; signing in with it, where nothing else is said. */
  send?: ((app: PastedXeroApp) => Promise<Result<void>>) | undefined;
  onSignedIn?: (() => void) | undefined;
}) {
  const intents = useIntents();
  const clientId = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const { preview, filled, look, reset } = usePastedPreview({ clientId, secret }, (pasted) =>
    intents.checkXeroApp(appOf(kind, pasted)),
  );
  // Another kind asks for other things: what was said of the fields holds no more.
  useDidUpdate(() => {
    reset();
    look();
  }, [kind]);
  const errors = fieldErrors(action.failure, preview, filled);
  const changed = () => {
    action.forget();
    look();
  };
  const submit = async () => {
    const app = appOf(kind, valuesOf({ clientId, secret }));
    const result = await action.run(() => (send ?? intents.startSignIn)(app));
    if (result.ok) {
      empty(clientId, secret);
      reset();
      onSignedIn?.();
    } else if (result.failure.code === 'xeroSecretInvalid') empty(secret);
  };
  return (
    <form
      ref={form}
      id={formId}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <PastedField
          label={say('xeroAppForm.clientIDOfTheXero')}
          description={say('xeroAppForm.32LettersAndDigitsFrom')}
          defaultValue={initial}
          field={clientId}
          error={errors.clientId}
          onChange={changed}
        />
        {kind !== 'desktop' && (
          <PastedField
            key={kind}
            label={say('common.clientSecretOfTheXero')}
            description={say('xeroAppForm.itGoesToThisComputers')}
            type="password"
            field={secret}
            error={errors.secret}
            onChange={changed}
          />
        )}
        <div aria-live="polite">
          {preview?.ok === true && action.failure === null && (
            <Understood app={preview.value} of={kind === 'desktop' ? 'clientId' : 'both'} />
          )}
        </div>
      </Stack>
    </form>
  );
}
