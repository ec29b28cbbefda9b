import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Failure } from '../../../shared/errors.ts';
import { MendingButton } from '../../parts/failure-notice.tsx';
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
}: {
  name: string;
  station: Station;
  told: Failure | null;
  /** What stands in large: who, what or where. */
  title: ReactNode;
  children: ReactNode;
  /** Buttons that stand there on a good day too. */
  usual?: ReactNode;
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
        <Remedy station={station} />
        {usual}
      </div>
    </section>
  );
}

function Remedy({ station: { failure, place, missing } }: { station: Station }) {
  const mends = useMends();
  if (failure !== null) return <MendingButton failure={failure} place={place} />;
  if (missing === null) return null;
  return (
    <Button size="xs" onClick={mends[missing.mend]}>
      {missing.label}
    </Button>
  );
}
