import { Button, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { REDIRECT_URIS, XERO_SCOPES } from '../../../shared/words.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Disclosure } from '../../parts/disclosure.tsx';
import { NumberedSteps } from '../../parts/numbered-steps.tsx';
import { ValueLine, ValueList } from '../../parts/value-line.tsx';
import { useIntents } from '../../state.ts';
import classes from './register-guide.module.css';

/** What the copy intent calls each redirect URI, in the order of `REDIRECT_URIS`. */
const COPY_URI = ['redirectUri1', 'redirectUri2', 'redirectUri3'] as const;

/** How to register the app at developer.xero.com (xero.md §2). */
export function RegisterGuide() {
  const intents = useIntents();
  return (
    <section>
      <Title order={2} mb={12}>
        Register it at Xero, once
      </Title>
      <NumberedSteps>
        <div key="open" className={classes['open']}>
          <span>
            Open developer.xero.com and press <b>New app</b>.
          </span>
          <Button
            variant="light"
            size="compact-sm"
            h={28}
            rightSection={<IconExternalLink size={14} stroke={2} aria-hidden />}
            onClick={() => void intents.openPage({ page: 'xeroApps' })}
          >
            Open Xero’s app page
          </Button>
        </div>
        <>
          Choose <b>Mobile or desktop app</b>, and a name that doesn’t contain “Xero”.
        </>
        <>
          Under Configuration, add all three redirect URIs, exactly as they stand here.
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
        <>
          Save, copy the app’s <b>Client ID</b>, and paste it here. No client secret is needed.
        </>
      </NumberedSteps>
    </section>
  );
}

/** The scopes, in words and as Xero spells them. */
export function AskedFor() {
  return (
    <Disclosure label="What Xero will ask you to allow">
      <Text size="xs" mb={8}>
        Who you are (openid, profile, email), reading the organisation’s settings, where its users
        are listed (accounting.settings.read), and staying signed in (offline_access). If Xero wants
        the scopes spelt out, these are all of them:
      </Text>
      <ValueList>
        <ValueLine name="Scopes" value={XERO_SCOPES.join(' ')}>
          <CopyButton copy={{ what: 'scopes' }} what="the scopes" />
        </ValueLine>
      </ValueList>
    </Disclosure>
  );
}
