import { Button, Loader, Text } from '@mantine/core';
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
            ? 'Asking Xero whether it takes the Client ID and the secret …'
            : 'Xero has answered. Reading your organisations …'}
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
        <Text>Xero’s page is open in your browser. This window goes on by itself.</Text>
      </div>
      <ol className={classes['steps']}>
        <li>Sign in to Xero as you always do.</li>
        <li>Choose one organisation. You can connect others afterwards, one at a time.</li>
        <li>Press Allow access.</li>
      </ol>
      <Disclosure label="No page opened?">
        <Text size="xs" mb={8}>
          Open this address in the browser where you use Xero:
        </Text>
        <Address address={address} />
      </Disclosure>
    </>
  );
}

function NoBrowser({ address }: { address: string }) {
  return (
    <div className={classes['noBrowser']}>
      <Text role="alert">
        No browser could be opened from here. Copy this address and open it in a browser on this
        computer.
      </Text>
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
        <CopyButton copy={{ what: 'signInAddress' }} label="Copy the address" />
        <Button
          variant="subtle"
          size="compact-xs"
          h={28}
          onClick={() => void intents.openPage({ page: 'signIn' })}
        >
          Open the page again
        </Button>
      </div>
    </div>
  );
}
