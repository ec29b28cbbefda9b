import { Button } from '@mantine/core';
import type { Failure } from '../../../shared/errors.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { count } from '../../parts/numbers.ts';
import { isSignedIn, organisationsOf } from '../../parts/sign-ins.ts';
import { StationCard } from './station-card.tsx';
import { xeroStation } from './stations.ts';

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
  const people = xero.flatMap(({ who }) => (who === null ? [] : [who]));
  const [who] = people;
  const signedIn = xero.find(isSignedIn);
  const organisations = organisationsOf(xero);
  const governed = organisations.filter((organisation) => organisation.governed);
  return (
    <StationCard
      name="Xero"
      station={xeroStation(snapshot)}
      told={told}
      title={
        people.length > 1 ? count(people.length, 'sign-in') : (who?.name ?? 'Nobody signed in')
      }
      usual={
        signedIn !== undefined && (
          <Button variant="subtle" size="compact-sm" onClick={() => onSignOut(signedIn.id)}>
            Sign out
          </Button>
        )
      }
    >
      {people.map(({ email }) => (
        <p key={email}>
          <Breakable>{email}</Breakable>
        </p>
      ))}
      {organisations.length > 0 && (
        <p>
          {governed.length} of {count(organisations.length, 'organisation')} governed
        </p>
      )}
    </StationCard>
  );
}
