import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { say } from '../../shared/language/say.ts';
import { REDIRECT_URIS } from '../../shared/words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Say } from '../parts/say.tsx';
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
        <Say word="portalSteps.openDeveloperXeroComAnd" />
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
      {say('common.openXerosAppPage')}
    </Button>
  );
}

/** The form takes one redirect URI; the others are added to the app that is there. */
export function RedirectUris() {
  return (
    <>
      <Say word="portalSteps.asRedirectURIEnterThe" />
      <ValueList>
        {REDIRECT_URIS.map((uri, index) => (
          <ValueLine
            key={uri}
            name={say('portalSteps.redirectURI', { index: index + 1 })}
            value={uri}
          >
            <CopyButton
              copy={{ what: COPY_URI[index] ?? 'redirectUris' }}
              what={say('portalSteps.theRedirectURI', { index: index + 1 })}
            />
          </ValueLine>
        ))}
      </ValueList>
    </>
  );
}

export function GenerateSecret() {
  return <Say word="portalSteps.underConfigurationPressGenerateA" />;
}
