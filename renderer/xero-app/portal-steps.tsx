import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { REDIRECT_URIS } from '../../shared/words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { ValueLine, ValueList } from '../parts/value-line.tsx';
import { useIntents } from '../state.ts';
import classes from './portal-steps.module.css';

/** Steps in Xero's portal that the kinds of app have in common, in the portal's own words. */

/** What the copy intent calls each redirect URI, in the order of `REDIRECT_URIS`. */
const COPY_URI = ['redirectUri1', 'redirectUri2', 'redirectUri3'] as const;

export function NewApp() {
  return (
    <div className={classes['open']}>
      <span>
        Open developer.xero.com and press <b>New app</b>.
      </span>
      <OpenPortal />
    </div>
  );
}

export function OpenPortal() {
  const intents = useIntents();
  return (
    <Button
      variant="light"
      size="compact-sm"
      h={28}
      rightSection={<IconExternalLink size={14} stroke={2} aria-hidden />}
      onClick={() => void intents.openPage({ page: 'xeroApps' })}
    >
      Open Xero’s app page
    </Button>
  );
}

/** The form takes one redirect URI; the others are added to the app that is there. */
export function RedirectUris() {
  return (
    <>
      As <b>Redirect URI</b> enter the first of these, agree to the terms, and press{' '}
      <b>Create app</b>. Then add the other two under <b>Configuration</b> and press <b>Save</b>.
      Xero compares every character.
      <ValueList>
        {REDIRECT_URIS.map((uri, index) => (
          <ValueLine key={uri} name={`Redirect URI ${index + 1}`} value={uri}>
            <CopyButton
              copy={{ what: COPY_URI[index] ?? 'redirectUris' }}
              what={`redirect URI ${index + 1}`}
            />
          </ValueLine>
        ))}
      </ValueList>
    </>
  );
}

export function GenerateSecret() {
  return (
    <>
      Under <b>Configuration</b>, press <b>Generate a secret</b>. Xero shows it this once: paste it
      below, with the <b>Client ID</b>, before you leave that page.
    </>
  );
}
