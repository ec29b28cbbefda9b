import { Text } from '@mantine/core';
import { XERO_UNTOLD } from '../../../shared/words.ts';
import { Disclosure } from '../../parts/disclosure.tsx';

/** What a reviewer must not take for granted, since Xero's API doesn't tell it. */
export function Limits() {
  return (
    <Disclosure label="What Xero doesn’t tell">
      <Text>{XERO_UNTOLD}</Text>
    </Disclosure>
  );
}
