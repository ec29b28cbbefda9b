import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { say } from '../../shared/language/say.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { signInUnderWay } from '../parts/sign-ins.ts';
import { useAction } from '../parts/use-action.ts';
import { waitingWords } from '../parts/waiting-words.ts';
import { useIntents } from '../state.ts';
import { ConnectApp } from '../xero-app/connect-app.tsx';
import { wordsOf } from '../xero-app/kinds.ts';

const FORM = 'add-xero-sign-in';

/** Signs in to Xero once more: another person, or another kind of app. */
export function AddSignInDialog({
  xero,
  opened,
  from,
  onClose,
}: {
  xero: readonly XeroSignIn[];
  opened: boolean;
  from: XeroSignIn | undefined;
  onClose: () => void;
}) {
  const intents = useIntents();
  const underWay = signInUnderWay(xero);
  return (
    <Dialog
      opened={opened}
      title={underWay === null ? say('common.addAnotherSignIn') : waitingWords(underWay).title}
      width={680}
      onClose={underWay === null ? onClose : () => void intents.cancelSignIn()}
      mustBeAnswered={underWay !== null}
    >
      <Adding xero={xero} from={from} onClose={onClose} />
    </Dialog>
  );
}

/** Its state lives as long as the dialog is open. */
function Adding({
  xero,
  from,
  onClose,
}: {
  xero: readonly XeroSignIn[];
  from: XeroSignIn | undefined;
  onClose: () => void;
}) {
  const intents = useIntents();
  const action = useAction();
  const [kind, setKind] = useState(from?.app ?? 'desktop');
  const underWay = signInUnderWay(xero);
  return (
    <>
      <ConnectApp
        formId={FORM}
        introduction={<Text>{say('addSignInDialog.forOrganisationsThatSomebodyElse')}</Text>}
        kind={kind}
        onChoose={setKind}
        initial={from?.clientId ?? ''}
        action={action}
        failure={action.failure}
        underWay={underWay}
        onSignedIn={onClose}
      />
      <DialogActions>
        {underWay === null ? (
          <>
            <Button variant="default" onClick={onClose}>
              {say('common.cancel')}
            </Button>
            <Button type="submit" form={FORM} loading={action.busy}>
              {wordsOf(kind).begin}
            </Button>
          </>
        ) : (
          underWay.waiting !== null && (
            <Button variant="default" onClick={() => void intents.cancelSignIn()}>
              {say('common.cancel')}
            </Button>
          )
        )}
      </DialogActions>
    </>
  );
}
