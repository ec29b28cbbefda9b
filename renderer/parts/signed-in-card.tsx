import { Button, Text } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { markOf, nameOf } from './sign-ins.ts';
import classes from './signed-in-card.module.css';
import { ToneIcon } from './tone.tsx';

/** Who is signed in to Xero, or what is connected, with the way out. */
export function SignedInCard({ signIn, onSignOut }: { signIn: XeroSignIn; onSignOut: () => void }) {
  return (
    <div className={classes['card']}>
      <ToneIcon tone="good" size={24} />
      <div className={classes['who']}>
        <Text fw={600}>{nameOf(signIn)}</Text>
        <Text size="xs" c="dimmed">
          {markOf(signIn)}
        </Text>
      </div>
      <Button variant="subtle" size="xs" onClick={onSignOut}>
        {say('signedInCard.signOutOfXero')}
      </Button>
    </div>
  );
}
