import { Text } from '@mantine/core';
import { XERO_SCOPES } from '../../shared/words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { ValueLine, ValueList } from '../parts/value-line.tsx';

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
