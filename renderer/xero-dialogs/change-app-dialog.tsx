import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { say } from '../../shared/language/say.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { signInUnderWay } from '../parts/sign-ins.ts';
import { useAction } from '../parts/use-action.ts';
import { ValueLine, ValueList } from '../parts/value-line.tsx';
import { waitingWords } from '../parts/waiting-words.ts';
import { useIntents } from '../state.ts';
import { ConnectApp } from '../xero-app/connect-app.tsx';
import { wordsOf } from '../xero-app/kinds.ts';

const FORM = 'change-xero-app';

/** Signs in with another app at Xero in place of the one that a sign-in is for, which goes on until then. */
export function ChangeAppDialog({
  xero,
  signIn,
  onClose,
}: {
  xero: readonly XeroSignIn[];
  signIn: XeroSignIn | undefined;
  onClose: () => void;
}) {
  const intents = useIntents();
  const underWay = signInUnderWay(xero);
  return (
    <Dialog
      opened={signIn !== undefined}
      title={underWay === null ? say('changeApp.title') : waitingWords(underWay).title}
      width={680}
      onClose={underWay === null ? onClose : () => void intents.cancelSignIn()}
      mustBeAnswered={underWay !== null}
    >
      {signIn !== undefined && <Changing xero={xero} signIn={signIn} onClose={onClose} />}
    </Dialog>
  );
}

/** Its state lives as long as the dialog is open. */
function Changing({
  xero,
  signIn,
  onClose,
}: {
  xero: readonly XeroSignIn[];
  signIn: XeroSignIn;
  onClose: () => void;
}) {
  const intents = useIntents();
  const action = useAction();
  const [kind, setKind] = useState(signIn.app);
  const underWay = signInUnderWay(xero);
  return (
    <>
      <ConnectApp
        formId={FORM}
        introduction={
          <Stack gap="xs">
            <Text>{say('changeApp.introduction')}</Text>
            <ValueList>
              <ValueLine name={say('changeApp.inUse')} value={signIn.clientId} />
            </ValueList>
            <Text>{say('changeApp.kept')}</Text>
            <Text>{say('changeApp.again')}</Text>
            <Text>{say('changeApp.afterwards')}</Text>
          </Stack>
        }
        kind={kind}
        onChoose={setKind}
        initial=""
        action={action}
        failure={action.failure}
        underWay={underWay}
        send={(app) => intents.changeXeroApp({ signInId: signIn.id, app })}
        onSignedIn={onClose}
      />
      <DialogActions>
        {underWay?.waiting !== null && (
          <Button
            variant="default"
            onClick={underWay === null ? onClose : () => void intents.cancelSignIn()}
          >
            {say('common.cancel')}
          </Button>
        )}
        {underWay === null && (
          <Button type="submit" form={FORM} loading={action.busy}>
            {wordsOf(kind).begin}
          </Button>
        )}
      </DialogActions>
    </>
  );
}
