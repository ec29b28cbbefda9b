import { Button, Loader, Text } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import { useIntents } from '../state.ts';
import { CopyButton } from './copy-button.tsx';
import { Disclosure } from './disclosure.tsx';
import type { SignInUnderWay } from './sign-ins.ts';
import { ToneIcon } from './tone.tsx';
import classes from './waiting-for-browser.module.css';
import { XeroShowsAnError } from './xero-shows-an-error.tsx';

/** What to do while Xero's page is open in the browser. */
export function WaitingForBrowser({ signIn }: { signIn: SignInUnderWay }) {
  const { app, clientId, waiting } = signIn;
  if (waiting === null) {
    return (
      <div className={classes['state']} role="status">
        <Loader size={20} aria-hidden />
        <Text>
          {app === 'custom'
            ? say('waitingForBrowser.askingXeroWhetherItTakes')
            : say('waitingForBrowser.xeroHasAnsweredReadingYour')}
        </Text>
      </div>
    );
  }
  return (
    <div className={classes['stack']}>
      {waiting.browser === 'failed' ? (
        <NoBrowser address={waiting.address} />
      ) : (
        <BrowserOpened address={waiting.address} />
      )}
      {waiting.note !== undefined && (
        <div className={classes['note']} role="alert">
          <ToneIcon tone="attention" size={20} />
          <Text>{waiting.note.message}</Text>
        </div>
      )}
      <XeroShowsAnError app={app} clientId={clientId} waiting={waiting} />
    </div>
  );
}

function BrowserOpened({ address }: { address: string }) {
  return (
    <>
      <div className={classes['state']} role="status">
        <Loader size={20} aria-hidden />
        <Text>{say('waitingForBrowser.xerosPageIsOpenIn')}</Text>
      </div>
      <ol className={classes['steps']}>
        <li>{say('waitingForBrowser.signInToXeroAs')}</li>
        <li>{say('waitingForBrowser.chooseOneOrganisationYouCan')}</li>
        <li>{say('waitingForBrowser.pressAllowAccess')}</li>
      </ol>
      <Disclosure label={say('waitingForBrowser.noPageOpened')}>
        <Text size="xs" mb={8}>
          {say('waitingForBrowser.openThisAddressInThe')}
        </Text>
        <Address address={address} />
      </Disclosure>
    </>
  );
}

function NoBrowser({ address }: { address: string }) {
  return (
    <div className={classes['noBrowser']}>
      <Text role="alert">{say('waitingForBrowser.noBrowserCouldBeOpened')}</Text>
      <Address address={address} />
    </div>
  );
}

function Address({ address }: { address: string }) {
  const intents = useIntents();
  return (
    <div className={classes['address']}>
      <code className={classes['code']}>{address}</code>
      <div className={classes['buttons']}>
        <CopyButton copy={{ what: 'signInAddress' }} label={say('common.copyTheAddress')} />
        <Button
          variant="subtle"
          size="compact-xs"
          h={28}
          onClick={() => void intents.openPage({ page: 'signIn' })}
        >
          {say('waitingForBrowser.openThePageAgain')}
        </Button>
      </div>
    </div>
  );
}
