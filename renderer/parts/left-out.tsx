import { Text } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { leftOutOf } from './sign-ins.ts';

/** Says that Xero lists connections which can't be chosen, so that nobody looks for them in vain. */
export function LeftOut({ xero }: { xero: readonly XeroSignIn[] }) {
  const connections = leftOutOf(xero);
  if (connections === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {say('leftOut.connections', { count: connections })}
    </Text>
  );
}
