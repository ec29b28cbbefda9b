import { Button } from '@mantine/core';
import type { Failure } from '../../../shared/errors.ts';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { pauseOf } from '../../parts/pause.ts';
import { Say } from '../../parts/say.tsx';
import type { Action } from '../../parts/use-action.ts';
import { useMends } from '../../parts/mends.tsx';
import { Moment, Upcoming } from '../../parts/moment.tsx';
import { isSignedIn } from '../../parts/sign-ins.ts';
import { progressOf } from '../../parts/sync-progress.ts';
import { SyncProgressBar } from '../../parts/sync-progress-bar.tsx';
import { PauseMenu, ResumeButton } from './pause-menu.tsx';
import { StationCard } from './station-card.tsx';
import { computerStation } from './stations.ts';

export function ComputerCard({
  snapshot,
  told,
  pausing,
}: {
  snapshot: Snapshot;
  told: Failure | null;
  /** How pausing and resuming fare. */
  pausing: Action;
}) {
  const { access, keptLooks, sync, xero } = snapshot;
  // By an earlier run of the app.
  const lookedBefore = keptLooks.confirmedAt ?? keptLooks.newest;
  const mends = useMends();
  const station = computerStation(snapshot);
  const progress = progressOf(sync);
  const paused = pauseOf(snapshot) !== null;
  const offersCheck = progress === null && xero.some(isSignedIn);
  return (
    <StationCard
      name={say('computerCard.thisComputer')}
      station={station}
      told={told}
      title={
        access === null
          ? say(
              lookedBefore === null
                ? 'computerCard.notLookedYet'
                : 'computerCard.notLookedSinceStart',
            )
          : say('count.account', { count: access.counts.accounts })
      }
      further={paused ? <ResumeButton action={pausing} /> : <PauseMenu action={pausing} />}
      usual={
        offersCheck && (
          <Button variant="subtle" size="compact-sm" onClick={mends.checkXero}>
            {say('common.checkXeroNow')}
          </Button>
        )
      }
    >
      {access === null && lookedBefore !== null && (
        <p>
          <Say word="computerCard.lastLook" values={{ moment: <Moment at={lookedBefore} /> }} />
        </p>
      )}
      {access !== null && (
        <>
          <p>
            {say('computerCard.grantsInOrganisations', {
              grants: say('count.grant', { count: access.counts.grants }),
              organisations: say('count.organisation', { count: access.counts.organisations }),
            })}
          </p>
          <p>
            <Say word="computerCard.lastLook" values={{ moment: <Moment at={access.at} /> }} />
          </p>
        </>
      )}
      {offersCheck && !paused && <NextLook at={snapshot.nextLook} />}
      {progress !== null && (
        <div style={{ marginTop: 8 }}>
          <SyncProgressBar progress={progress} />
        </div>
      )}
    </StationCard>
  );
}

/** When the app looks at Xero by itself; a laptop that slept through it makes up for it at once. */
function NextLook({ at }: { at: number | undefined }) {
  if (at === undefined) return null;
  return (
    <p>
      <Say
        word="computerCard.nextLook"
        values={{
          moment: <Upcoming at={at} />,
        }}
      />
    </p>
  );
}
