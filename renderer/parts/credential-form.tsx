import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { FailureCode, Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { useIntents } from '../state.ts';
import classes from './credential-form.module.css';
import { doubted } from './doubted.ts';
import { DestinationCard } from './destination.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { PastedBox } from './pasted-box.tsx';
import { UnderstoodCredential } from './understood-credential.tsx';
import type { Action } from './use-action.ts';
import { usePastedPreview } from './use-pasted-preview.ts';

/** Failures of what stands in the box are told at the box; all others stand above the form. */
const OF_BOX: ReadonlySet<FailureCode> = new Set([
  'credentialClientIdInvalid',
  'credentialSecretInvalid',
  'credentialMissing',
]);

/**
 * Takes C1's Client ID and Client secret, in whatever form they come. The text stays in the box,
 * never in React's state, and the box is made anew as soon as the main process has used it.
 */
export function CredentialForm({
  form,
  formId,
  action,
  confirmation,
  hostInUse = null,
  send,
  onConnected,
}: {
  form?: RefObject<HTMLFormElement | null>;
  formId: string;
  action: Action;
  /** The checkbox that confirms an unusual host, for who wants to lead the focus there. */
  confirmation: RefObject<HTMLInputElement | null>;
  /** Where the data goes now: going on there needs no confirmation, going elsewhere does. */
  hostInUse?: string | null;
  /** What is done with the pasted text; connecting with it, where nothing else is said. */
  send?: (pasted: string, hostConfirmed: boolean) => Promise<Result<void>>;
  onConnected?: () => void;
}) {
  const intents = useIntents();
  const understood = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  // A new box has nothing to undo, so no secret comes back with Ctrl+Z.
  const [round, setRound] = useState(0);
  const { preview, filled, look, reset } = usePastedPreview(
    { pasted: box },
    intents.previewCredential,
  );
  const [confirmedHost, setConfirmedHost] = useState<string | null>(null);
  const shown = preview?.ok === true ? preview.value : null;
  const destination = doubted(shown?.destination ?? null, hostInUse);
  const use = send ?? ((pasted, hostConfirmed) => intents.connectC1({ pasted, hostConfirmed }));

  const clear = () => {
    setRound((earlier) => earlier + 1);
    reset();
  };
  const submit = async () => {
    const result = await action.run(() =>
      use(box.current?.value ?? '', destination !== null && destination.host === confirmedHost),
    );
    if (result.ok) {
      clear();
      onConnected?.();
      return;
    }
    // C1 will never take it: the box is for another one.
    if (result.failure.code === 'credentialRejected') clear();
  };
  const { failure } = action;
  const unconfirmed =
    failure?.code === 'credentialHostUnconfirmed' && destination?.doubt !== undefined;
  // The box may be sent before what is in it was understood, and the host is in sight.
  useEffect(() => {
    if (unconfirmed) confirmation.current?.focus();
  }, [unconfirmed, confirmation]);
  const atBox = failure !== null && OF_BOX.has(failure.code);
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
      {failure !== null && !atBox && !unconfirmed && <FailureNotice failure={failure} place="c1" />}
      <PastedBox
        key={round}
        label={say('credentialForm.clientIDAndClientSecret')}
        description={say('credentialForm.pasteWhatC1ShowsBoth')}
        placeholder={say('credentialForm.example')}
        box={box}
        error={atBox ? failure.message : undefined}
        aria-describedby={understood}
        onChange={() => {
          action.forget();
          look();
        }}
      />
      <div id={understood} className={classes['understood']} aria-live="polite">
        {shown !== null && filled.pasted === true && (
          <>
            <UnderstoodCredential {...shown} />
            <Button variant="subtle" size="compact-xs" onClick={clear}>
              {say('credentialForm.clearTheBox')}
            </Button>
          </>
        )}
      </div>
      <div aria-live="polite">
        {destination !== null && (
          <DestinationCard
            destination={destination}
            confirmed={destination.host === confirmedHost}
            error={unconfirmed ? failure.message : undefined}
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
