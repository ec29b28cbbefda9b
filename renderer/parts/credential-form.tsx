import { useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Failure, FailureCode, Result } from '../../shared/errors.ts';
import type { CredentialPreview } from '../../shared/intents.ts';
import { useIntents } from '../state.ts';
import classes from './credential-form.module.css';
import { Destination } from './destination.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { PastedField } from './pasted-field.tsx';
import type { Action } from './use-action.ts';
import { empty, usePastedPreview, valuesOf } from './use-pasted-preview.ts';
import type { Filled } from './use-pasted-preview.ts';

/** Failures that belong to a field stand under it; all others stand above the form. */
const FIELD_OF: Partial<Record<FailureCode, 'clientId' | 'secret' | 'host'>> = {
  credentialClientIdInvalid: 'clientId',
  credentialSecretInvalid: 'secret',
  credentialHostUnconfirmed: 'host',
};
/** After these the secret is no good, and the field is emptied for another. */
const SPENT: ReadonlySet<FailureCode> = new Set(['credentialSecretInvalid', 'credentialRejected']);

/**
 * Takes C1's Client ID and Client secret. The secret stays in the input, never in React's state,
 * and the input is emptied as soon as the main process has it.
 */
export function CredentialForm({
  form,
  formId,
  action,
  confirmation,
  onConnected,
}: {
  form?: RefObject<HTMLFormElement | null>;
  formId: string;
  action: Action;
  /** The checkbox that confirms an unusual host, for who wants to lead the focus there. */
  confirmation: RefObject<HTMLInputElement | null>;
  onConnected?: () => void;
}) {
  const intents = useIntents();
  const clientId = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const { preview, filled, look, reset } = usePastedPreview(
    clientId,
    secret,
    intents.previewCredential,
  );
  const [confirmedHost, setConfirmedHost] = useState<string | null>(null);
  const destination = preview?.ok === true ? preview.value : null;

  const submit = async () => {
    const result = await action.run(() =>
      intents.connectC1({
        ...valuesOf(clientId, secret),
        hostConfirmed: destination !== null && destination.host === confirmedHost,
      }),
    );
    if (result.ok) {
      empty(clientId, secret);
      reset();
      onConnected?.();
      return;
    }
    if (SPENT.has(result.failure.code)) empty(secret);
    if (FIELD_OF[result.failure.code] === 'host') confirmation.current?.focus();
  };
  const failure = action.failure ?? shownWhileTyping(preview, filled);
  const errors = errorsOf(failure, destination?.unusualHost === true);
  return (
    <form
      ref={form}
      id={formId}
      className={classes['form']}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {errors.above !== null && <FailureNotice failure={errors.above} place="c1" />}
      <PastedField
        wide
        label="Client ID"
        placeholder="name@your-company.conductor.one/…"
        field={clientId}
        error={errors.clientId}
        onChange={() => {
          action.forget();
          look();
        }}
      />
      <PastedField
        wide
        label="Client secret"
        type="password"
        placeholder="secret-token:…"
        field={secret}
        error={errors.secret}
        onChange={() => {
          action.forget();
          look();
        }}
      />
      <div aria-live="polite">
        {destination !== null && (
          <Destination
            preview={destination}
            confirmed={destination.host === confirmedHost}
            error={errors.host}
            confirmation={confirmation}
            onConfirm={(confirmed) => {
              action.forget();
              setConfirmedHost(confirmed ? destination.host : null);
            }}
          />
        )}
      </div>
    </form>
  );
}

/** While typing, only a field that holds something can be wrong. */
function shownWhileTyping(
  preview: Result<CredentialPreview> | null,
  filled: Filled,
): Failure | null {
  if (preview === null || preview.ok) return null;
  const field = FIELD_OF[preview.failure.code];
  return field !== undefined && field !== 'host' && filled[field] ? preview.failure : null;
}

function errorsOf(failure: Failure | null, asksForHost: boolean) {
  const named = failure === null ? undefined : FIELD_OF[failure.code];
  const field = named === 'host' && !asksForHost ? undefined : named;
  return {
    clientId: field === 'clientId' ? failure?.message : undefined,
    secret: field === 'secret' ? failure?.message : undefined,
    host: field === 'host' ? failure?.message : undefined,
    above: field === undefined ? failure : null,
  };
}
