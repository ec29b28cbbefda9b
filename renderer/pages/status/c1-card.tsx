import { Button } from '@mantine/core';
import type { Failure } from '../../../shared/errors.ts';
import type { C1State, Snapshot } from '../../../shared/snapshot.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { Moment } from '../../parts/moment.tsx';
import { pace } from '../../parts/time.ts';
import { StationCard } from './station-card.tsx';
import { c1Station } from './stations.ts';

export function C1Card({
  snapshot,
  told,
  onReplaceCredential,
  onRemoveCredential,
}: {
  snapshot: Snapshot;
  told: Failure | null;
  onReplaceCredential: () => void;
  onRemoveCredential: () => void;
}) {
  const { c1, uploaded } = snapshot;
  return (
    <StationCard
      name="C1"
      station={c1Station(snapshot)}
      told={told}
      title={c1.kind === 'none' ? 'No credential' : <Breakable>{c1.credential.host}</Breakable>}
      usual={
        (c1.kind === 'connected' || c1.kind === 'offline') && (
          <Button variant="subtle" size="compact-sm" onClick={onReplaceCredential}>
            Change credential
          </Button>
        )
      }
      further={
        c1.kind !== 'none' &&
        c1.kind !== 'verifying' && (
          <Button variant="subtle" size="compact-sm" onClick={onRemoveCredential}>
            Remove credential
          </Button>
        )
      }
    >
      <p>
        {uploaded === null ? (
          'Nothing uploaded yet'
        ) : (
          <>
            Last upload <Moment at={uploaded.at} />
          </>
        )}
      </p>
      <LastAsked c1={c1} />
      {c1.kind !== 'none' && (
        <p>
          Credential added <Moment at={c1.credential.addedAt} />
        </p>
      )}
    </StationCard>
  );
}

/** The pace is measured, never assumed: with one task there is none. */
function LastAsked({ c1 }: { c1: C1State }) {
  if (c1.kind !== 'connected') return null;
  if (c1.askedAt === null) return <p>C1 hasn’t asked for data yet</p>;
  return (
    <p>
      C1 last asked <Moment at={c1.askedAt} />
      {c1.usualPace !== null && `, usually ${pace(c1.usualPace)}`}
    </p>
  );
}
