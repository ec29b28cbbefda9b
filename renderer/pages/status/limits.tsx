import { Text } from '@mantine/core';
import { say } from '../../../shared/language/say.ts';
import { Disclosure } from '../../parts/disclosure.tsx';

/** What a reviewer must not take for granted, since Xero's API doesn't tell it. */
export function Limits() {
  return (
    <Disclosure label={say('limits.whatXeroDoesntTell')}>
      <Text>{say('limits.xeroTellsThisAppWho')}</Text>
    </Disclosure>
  );
}
