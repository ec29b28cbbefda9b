import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SignInState, XeroAppKind } from '../../shared/snapshot.ts';
import {
  STARTER_CONNECTIONS,
  UNCERTIFIED_APPS,
  XERO_APP_TYPES,
  XERO_SCOPES,
} from '../../shared/words.ts';
import { useNow } from '../state.ts';
import { CopyButton } from './copy-button.tsx';
import { Disclosure } from './disclosure.tsx';
import { ValueLine, ValueList } from './value-line.tsx';
import classes from './xero-shows-an-error.module.css';

type Waiting = Extract<SignInState, { kind: 'waitingForBrowser' }>;

/** After this long an error page of Xero's own is likely, and the help opens by itself. */
const SUSPICIOUS_MS = 60_000;

/** Xero's own error pages never come back to the app, so each is foreseen here (xero.md §2). */
export function XeroShowsAnError({
  app,
  clientId,
  waiting,
}: {
  app: XeroAppKind;
  clientId: string;
  waiting: Waiting;
}) {
  const late = useNow() - waiting.since > SUSPICIOUS_MS;
  return (
    <Disclosure label="Does Xero show an error?" openAtFirst={late}>
      <div className={classes['cases']}>
        <Case title="A page that says something went wrong">
          <Text size="xs">
            Something in the app’s registration differs, and Xero doesn’t tell this app. Compare
            with Configuration at developer.xero.com; every character counts.
          </Text>
          <ValueList>
            <ValueLine name="Client ID" value={clientId}>
              <CopyButton copy={{ what: 'xeroClientId' }} what="the Client ID" />
            </ValueLine>
            <ValueLine name="Redirect URI" value={waiting.redirectUri}>
              <CopyButton copy={{ what: 'redirectUris' }} label="Copy all three" />
            </ValueLine>
            <ValueLine name="App type" value={XERO_APP_TYPES[app]} />
            <ValueLine name="Scopes" value={XERO_SCOPES.join(' ')} />
          </ValueList>
        </Case>
        <Case title="A page about the connection limit (authorize.xero.com/connectionLimit)">
          <Text size="xs">
            Your Xero app has as many connections as its tier takes: {STARTER_CONNECTIONS} on
            Starter, which is free. Choose the Core tier for it at developer.xero.com, or disconnect
            an organisation first.
          </Text>
        </Case>
        <Case title="The organisation can’t take another app">
          <Text size="xs">
            An organisation takes {UNCERTIFIED_APPS} apps that Xero hasn’t certified, yours among
            them. Somebody disconnects one of them in Xero, under Settings → Connected apps.
          </Text>
        </Case>
        <Case title="The organisation isn’t in Xero’s list">
          <Text size="xs">
            Connecting needs the Standard or Adviser role there, with the permission for connected
            apps. Somebody who has them can sign in here too.
          </Text>
        </Case>
      </div>
    </Disclosure>
  );
}

function Case({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes['case']}>
      <h2 className={classes['title']}>{title}</h2>
      {children}
    </section>
  );
}
