import { Button } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { signInUnderWay } from '../parts/sign-ins.ts';
import { WaitingForBrowser } from '../parts/waiting-for-browser.tsx';
import { waitingWords } from '../parts/waiting-words.ts';
import { useIntents } from '../state.ts';
import { useXeroDialogs } from './open-dialogs.tsx';

/** The waiting screen over another page; open for as long as a sign-in is under way. */
export function SignInDialog({ xero }: { xero: readonly XeroSignIn[] }) {
  const intents = useIntents();
  const { dialog } = useXeroDialogs();
  // Where a sign-in is added, that dialog shows the waiting itself.
  const underWay = dialog?.kind === 'addSignIn' ? null : signInUnderWay(xero);
  const cancel = () => void intents.cancelSignIn();
  return (
    <Dialog
      opened={underWay !== null}
      title={underWay === null ? say('common.finishInYourBrowser') : waitingWords(underWay).title}
      width={600}
      onClose={cancel}
      mustBeAnswered
    >
      {underWay !== null && <WaitingForBrowser signIn={underWay} />}
      {underWay?.waiting != null && (
        <DialogActions>
          <Button variant="default" onClick={cancel} data-autofocus>
            {say('common.cancel')}
          </Button>
        </DialogActions>
      )}
    </Dialog>
  );
}
