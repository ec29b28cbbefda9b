import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { XeroSignIn } from '../../shared/snapshot.ts';
import { SignOutDialog } from './sign-out-dialog.tsx';
import classes from './signed-in-card.module.css';
import { ToneIcon } from './tone.tsx';

/** Who is signed in to Xero, with the way out. */
export function SignedInCard({
  signIn,
  xero,
}: {
  signIn: XeroSignIn;
  xero: readonly XeroSignIn[];
}) {
  const [leaving, setLeaving] = useState(false);
  return (
    <div className={classes['card']}>
      <ToneIcon tone="good" size={24} />
      <div className={classes['who']}>
        <Text fw={600}>{signIn.who?.name ?? 'Signed in to Xero'}</Text>
        {signIn.who !== null && (
          <Text size="xs" c="dimmed">
            {signIn.who.email}
          </Text>
        )}
      </div>
      <Button variant="subtle" size="xs" onClick={() => setLeaving(true)}>
        Sign out of Xero
      </Button>
      <SignOutDialog
        xero={xero}
        signInId={leaving ? signIn.id : null}
        onClose={() => setLeaving(false)}
      />
    </div>
  );
}
