import { Button, Stack } from '@mantine/core';
import { useRef } from 'react';
import { say } from '../../shared/language/say.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { MendsProvider, useMends } from '../parts/mends.tsx';
import { NumberedSteps } from '../parts/numbered-steps.tsx';
import { PastedField } from '../parts/pasted-field.tsx';
import { Say } from '../parts/say.tsx';
import { useAction } from '../parts/use-action.ts';
import { empty, usePastedPreview } from '../parts/use-pasted-preview.ts';
import { ValueLine, ValueList } from '../parts/value-line.tsx';
import { useIntents } from '../state.ts';
import { appOf, fieldErrors, standsAtField } from '../xero-app/pasted-app.ts';
import { OpenPortal } from '../xero-app/portal-steps.tsx';
import { Understood } from '../xero-app/understood.tsx';

const FORM = 'new-xero-secret';

/** Takes another secret for a web app or a custom connection, for one that Xero takes no more. */
export function NewSecretDialog({
  signIn,
  onClose,
}: {
  signIn: XeroSignIn | undefined;
  onClose: () => void;
}) {
  return (
    <Dialog
      opened={signIn !== undefined}
      title={say('common.pasteTheNewSecret')}
      width={560}
      onClose={onClose}
    >
      {signIn !== undefined && <NewSecret signIn={signIn} onClose={onClose} />}
    </Dialog>
  );
}

function NewSecret({ signIn, onClose }: { signIn: XeroSignIn; onClose: () => void }) {
  const { id, app, clientId } = signIn;
  const intents = useIntents();
  const action = useAction();
  const mends = useMends();
  const form = useRef<HTMLFormElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const { preview, filled, look, reset } = usePastedPreview({ secret }, (pasted) =>
    intents.checkXeroApp(appOf(app, { ...pasted, clientId })),
  );
  const errors = fieldErrors(action.failure, preview, filled);
  const change = async () => {
    const pasted = secret.current?.value ?? '';
    const result = await action.run(() =>
      intents.changeXeroSecret({ signInId: id, secret: pasted }),
    );
    if (result.ok) {
      empty(secret);
      reset();
      onClose();
    } else if (result.failure.code === 'xeroSecretInvalid') empty(secret);
  };
  const failure = standsAtField(action.failure) ? null : action.failure;
  return (
    <MendsProvider value={{ ...mends, signIn: () => form.current?.requestSubmit() }}>
      {failure !== null && (
        <FailureNotice
          failure={failure}
          ways={[{ label: say('common.tryAgain'), mend: 'signIn' }]}
        />
      )}
      <NumberedSteps>
        <>
          <OpenPortal /> {say('newSecretDialog.chooseTheAppWithThis')}
          <ValueList>
            <ValueLine name={say('common.clientID')} value={clientId} />
          </ValueList>
        </>
        <Say word="newSecretDialog.underConfigurationPressGenerateA" />
        <>{say('newSecretDialog.pasteItHereTheOld')}</>
      </NumberedSteps>
      <form
        ref={form}
        id={FORM}
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <Stack gap="md">
          <PastedField
            label={say('common.clientSecretOfTheXero')}
            type="password"
            field={secret}
            error={errors.secret}
            onChange={() => {
              action.forget();
              look();
            }}
          />
          <div aria-live="polite">
            {preview?.ok === true && action.failure === null && (
              <Understood app={preview.value} of="secret" />
            )}
          </div>
        </Stack>
      </form>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {say('common.cancel')}
        </Button>
        <Button type="submit" form={FORM} loading={action.busy}>
          {say('newSecretDialog.useThisSecret')}
        </Button>
      </DialogActions>
    </MendsProvider>
  );
}
