import { Text } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import { XERO_SCOPES } from '../../shared/words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { ValueLine, ValueList } from '../parts/value-line.tsx';

/** The scopes, in words and as Xero spells them. */
export function AskedFor() {
  return (
    <Disclosure label={say('askedFor.whatXeroWillAskYou')}>
      <Text size="xs" mb={8}>
        {say('askedFor.whoYouAreOpenidProfile')}
      </Text>
      <ValueList>
        <ValueLine name={say('common.scopes')} value={XERO_SCOPES.join(' ')}>
          <CopyButton copy={{ what: 'scopes' }} what={say('askedFor.theScopes')} />
        </ValueLine>
      </ValueList>
    </Disclosure>
  );
}
