import { Text } from '@mantine/core';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { leftOutOf } from './sign-ins.ts';

/** Says that Xero lists connections which can't be chosen, so that nobody looks for them in vain. */
export function LeftOut({ xero }: { xero: readonly XeroSignIn[] }) {
  const connections = leftOutOf(xero);
  if (connections === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {connections === 1
        ? '1 connection is left out, as it isn’t an organisation but something like a practice.'
        : `${connections.toLocaleString()} connections are left out, as they aren’t organisations but something like a practice.`}{' '}
      Only organisations can be governed.
    </Text>
  );
}
