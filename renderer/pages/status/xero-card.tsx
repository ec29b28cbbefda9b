import { Button } from '@mantine/core';
import type { Failure } from '../../../shared/errors.ts';
import type { Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { count } from '../../parts/numbers.ts';
import { isSignedIn, keptSignIns, organisationsOf } from '../../parts/sign-ins.ts';
import { ToneLabel } from '../../parts/tone.tsx';
import { StationCard } from './station-card.tsx';
import { xeroStation } from './stations.ts';
import classes from './xero-card.module.css';

export function XeroCard({
  snapshot,
  told,
  onSignOut,
}: {
  snapshot: Snapshot;
  told: Failure | null;
  onSignOut: (signInId: string) => void;
}) {
  const { xero } = snapshot;
  const kept = keptSignIns(xero);
  const [only, ...others] = kept;
  const several = others.length > 0;
  const organisations = organisationsOf(xero);
  const governed = organisations.filter((organisation) => organisation.governed);
  return (
    <StationCard
      name="Xero"
      station={xeroStation(snapshot)}
      told={told}
      title={several ? count(kept.length, 'sign-in') : (only?.who?.name ?? 'Nobody signed in')}
      usual={
        !several &&
        only !== undefined &&
        isSignedIn(only) && (
          <Button variant="subtle" size="compact-sm" onClick={() => onSignOut(only.id)}>
            Sign out
          </Button>
        )
      }
    >
      {several ? (
        <ul className={classes['list']}>
          {kept.map((signIn) => (
            <SignInRow key={signIn.id} signIn={signIn} onSignOut={() => onSignOut(signIn.id)} />
          ))}
        </ul>
      ) : (
        only?.who && (
          <p>
            <Breakable>{only.who.email}</Breakable>
          </p>
        )
      )}
      {organisations.length > 0 && (
        <p>
          {governed.length} of {count(organisations.length, 'organisation')} governed
        </p>
      )}
    </StationCard>
  );
}

/** One of several sign-ins, with its own way out. */
function SignInRow({ signIn, onSignOut }: { signIn: XeroSignIn; onSignOut: () => void }) {
  const who = signIn.who?.email ?? 'Name not known yet';
  return (
    <li className={classes['row']}>
      <span className={classes['who']}>
        <Breakable>{who}</Breakable>
      </span>
      {!isSignedIn(signIn) && <ToneLabel tone="bad">Needs you</ToneLabel>}
      <Button
        variant="subtle"
        size="compact-xs"
        h={24}
        aria-label={`Sign out ${who}`}
        onClick={onSignOut}
      >
        Sign out
      </Button>
    </li>
  );
}
