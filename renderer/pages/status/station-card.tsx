import type { ReactNode } from 'react';
import type { Failure } from '../../../shared/errors.ts';
import type { Place } from '../../../shared/places.ts';
import { MendingButtons } from '../../parts/failure-notice.tsx';
import { ToneLabel } from '../../parts/tone.tsx';
import classes from './station-card.module.css';
import type { Station } from './stations.ts';

/** One station of the path: its state, its facts, and the buttons that mend it or do its usual job. */
export function StationCard({
  name,
  place,
  station,
  told,
  title,
  children,
  usual,
  further,
}: {
  name: string;
  /** Where a notification leads, if one may lead here. */
  place?: Place;
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
  const { failure, ways } = station;
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
      <div className={classes['actions']} data-place={place}>
        {ways.length > 0 ? <MendingButtons ways={ways} /> : usual}
        {further}
      </div>
    </section>
  );
}
