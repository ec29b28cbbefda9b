import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { say } from '../../shared/language/say.ts';
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
    <Disclosure label={say('xeroShowsAnError.doesXeroShowAnError')} openAtFirst={late}>
      <div className={classes['cases']}>
        <Case title={say('xeroShowsAnError.aPageThatSaysSomething')}>
          <Text size="xs">{say('xeroShowsAnError.somethingInTheAppsRegistration')}</Text>
          <ValueList>
            <ValueLine name={say('common.clientID')} value={clientId}>
              <CopyButton
                copy={{ what: 'xeroClientId' }}
                what={say('xeroShowsAnError.theClientID')}
              />
            </ValueLine>
            <ValueLine name={say('xeroShowsAnError.redirectURI')} value={waiting.redirectUri}>
              <CopyButton
                copy={{ what: 'redirectUris' }}
                label={say('xeroShowsAnError.copyAllThree')}
              />
            </ValueLine>
            <ValueLine name={say('xeroShowsAnError.appType')} value={XERO_APP_TYPES[app]} />
            <ValueLine name={say('common.scopes')} value={XERO_SCOPES.join(' ')} />
          </ValueList>
        </Case>
        <Case title={say('xeroShowsAnError.aPageAboutTheConnection')}>
          <Text size="xs">
            {say('xeroShowsAnError.yourXeroAppHasAs', { starterConnections: STARTER_CONNECTIONS })}
          </Text>
        </Case>
        <Case title={say('xeroShowsAnError.theOrganisationCantTakeAnother')}>
          <Text size="xs">
            {say('xeroShowsAnError.anOrganisationTakesAppsThat', {
              uncertifiedApps: UNCERTIFIED_APPS,
            })}
          </Text>
        </Case>
        <Case title={say('xeroShowsAnError.theOrganisationIsntInXeros')}>
          <Text size="xs">{say('xeroShowsAnError.connectingNeedsTheStandardOr')}</Text>
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
