import { Button, Loader, Text } from '@mantine/core';
import { XERO_SCOPES } from '../../shared/words.ts';
import type { SignInState } from '../../shared/snapshot.ts';
import { useIntents, useNow } from '../state.ts';
import { CopyButton } from './copy-button.tsx';
import { Disclosure } from './disclosure.tsx';
import type { SignInUnderWay } from './sign-ins.ts';
import { ToneIcon } from './tone.tsx';
import { ValueLine, ValueList } from './value-line.tsx';
import classes from './waiting-for-browser.module.css';

/** After this long an error page of Xero's own is likely, and the comparison opens by itself. */
const SUSPICIOUS_MS = 60_000;

type Waiting = Extract<SignInState, { kind: 'waitingForBrowser' }>;

/** What to do while Xero's page is open in the browser. */
export function WaitingForBrowser({ signIn }: { signIn: SignInUnderWay }) {
  const { waiting } = signIn;
  if (waiting === null) {
    return (
      <div className={classes['state']} role="status">
        <Loader size={20} aria-hidden />
        <Text>Xero has answered. Reading your organisations …</Text>
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
      <XeroShowsAnError clientId={signIn.clientId} waiting={waiting} />
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

function XeroShowsAnError({ clientId, waiting }: { clientId: string; waiting: Waiting }) {
  const late = useNow() - waiting.since > SUSPICIOUS_MS;
  return (
    <Disclosure label="Does Xero show an error?" openAtFirst={late}>
      <div className={classes['compare']}>
        <Text size="xs">
          Then something in the app’s registration differs, and Xero doesn’t tell this app. Compare
          with Configuration at developer.xero.com; every character counts.
        </Text>
        <ValueList>
          <ValueLine name="Client ID" value={clientId}>
            <CopyButton copy={{ what: 'xeroClientId' }} what="the Client ID" />
          </ValueLine>
          <ValueLine name="Redirect URI" value={waiting.redirectUri}>
            <CopyButton copy={{ what: 'redirectUris' }} label="Copy all three" />
          </ValueLine>
          <ValueLine name="App type" value="Mobile or desktop app" />
          <ValueLine name="Scopes" value={XERO_SCOPES.join(' ')} />
        </ValueList>
        <Text size="xs">
          An error about the number of connections means that the organisation already has two
          uncertified apps, or that your Xero app has reached its own limit. Connecting needs the
          Standard or Adviser role in that organisation.
        </Text>
      </div>
    </Disclosure>
  );
}
