import { Button } from '@mantine/core';
import type { Failure } from '../../../shared/errors.ts';
import { shutKeychain } from '../../../shared/keychain-shut.ts';
import { say } from '../../../shared/language/say.ts';
import type { C1State, Snapshot } from '../../../shared/snapshot.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Say } from '../../parts/say.tsx';
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
  const isShut = shutKeychain(snapshot) !== null;
  return (
    <StationCard
      name="C1"
      place="c1"
      station={c1Station(snapshot)}
      told={told}
      title={
        c1.kind === 'none' ? (
          say(isShut ? 'c1Card.credentialNotReadYet' : 'c1Card.noCredential')
        ) : (
          <Breakable>{c1.credential.host}</Breakable>
        )
      }
      usual={
        (c1.kind === 'connected' || c1.kind === 'offline') && (
          <Button variant="subtle" size="compact-sm" onClick={onReplaceCredential}>
            {say('common.changeCredential')}
          </Button>
        )
      }
      further={
        c1.kind !== 'none' &&
        c1.kind !== 'verifying' && (
          <Button variant="subtle" size="compact-sm" onClick={onRemoveCredential}>
            {say('common.removeCredential')}
          </Button>
        )
      }
    >
      {uploaded !== null && (
        <p>
          <Say word="c1Card.lastUpload" values={{ moment: <Moment at={uploaded.at} /> }} />
        </p>
      )}
      {uploaded === null && !isShut && <p>{say('c1Card.nothingUploadedYet')}</p>}
      <LastAsked c1={c1} />
      {c1.kind !== 'none' && (
        <p>
          <Say
            word="c1Card.credentialAdded"
            values={{ moment: <Moment at={c1.credential.addedAt} /> }}
          />
        </p>
      )}
    </StationCard>
  );
}

/** The pace is measured, never assumed: with one task there is none. */
function LastAsked({ c1 }: { c1: C1State }) {
  if (c1.kind !== 'connected') return null;
  if (c1.askedAt === null) return <p>{say('c1Card.c1HasntAskedForData')}</p>;
  const moment = <Moment at={c1.askedAt} />;
  return (
    <p>
      {c1.usualPace === null ? (
        <Say word="c1Card.c1LastAsked" values={{ moment }} />
      ) : (
        <Say word="c1Card.c1LastAskedUsually" values={{ moment, pace: pace(c1.usualPace) }} />
      )}
    </p>
  );
}
