import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Failure } from '../../../shared/errors.ts';
import { MendingButton } from '../../parts/failure-notice.tsx';
import { mendOf } from '../../parts/mend.ts';
import type { MendButton } from '../../parts/mend.ts';
import { useMends } from '../../parts/mends.tsx';
import { ToneLabel } from '../../parts/tone.tsx';
import classes from './station-card.module.css';
import type { Station } from './stations.ts';

/** One station of the path: its state, its facts, and the button that mends it or does its usual job. */
export function StationCard({
  name,
  station,
  told,
  title,
  children,
  usual,
  further,
}: {
  name: string;
  station: Station;
  told: Failure | null;
  /** What stands in large: who, what or where. */
  title: ReactNode;
  children: ReactNode;
  /** The button that stands there on a good day. */
  usual?: ReactNode;
  /** A button that stands there on a bad day too. */
  further?: ReactNode;
}) {
  const { failure } = station;
  return (
    <section className={classes['card']} data-tone={station.tone}>
      <div className={classes['head']}>
        <h2 className={classes['name']}>{name}</h2>
        <ToneLabel tone={station.tone}>{station.word}</ToneLabel>
      </div>
      <p className={classes['title']}>{title}</p>
      <div className={classes['facts']}>{children}</div>
      {failure !== null && failure !== told && (
        <p className={classes['failure']} data-tone={station.tone} role="alert">
          {failure.message}
        </p>
      )}
      <div className={classes['actions']}>
        {remedyOf(station) ?? usual}
        {further}
      </div>
    </section>
  );
}

/** The one button that mends the station, if it needs one. */
function remedyOf({ failure, place, missing }: Station): ReactNode {
  if (failure !== null) {
    return mendOf(failure, place) && <MendingButton failure={failure} place={place} />;
  }
  return missing && <MissingButton {...missing} />;
}

function MissingButton({ label, mend }: MendButton) {
  const mends = useMends();
  return (
    <Button size="xs" onClick={mends[mend]}>
      {label}
    </Button>
  );
}
