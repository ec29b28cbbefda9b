import { Text, Title } from '@mantine/core';
import type { AccessSummary, AppEvent } from '../../../shared/snapshot.ts';
import { Moment } from '../../parts/moment.tsx';
import { ToneIcon } from '../../parts/tone.tsx';
import classes from './section.module.css';

/** More belongs to a page of its own. */
const MOST_EVENTS = 5;

/** What a reviewer of access would want to know, from the last look. */
export function Warnings({ access }: { access: AccessSummary | null }) {
  if (access === null || access.warnings.length === 0) return null;
  return (
    <section className={classes['section']}>
      <Title order={2}>Worth a look</Title>
      <ul className={classes['rows']}>
        {access.warnings.map((warning) => (
          <li key={warning} className={`${classes['row'] ?? ''} ${classes['event'] ?? ''}`}>
            <ToneIcon tone="attention" />
            <span>{warning}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Events({ events }: { events: readonly AppEvent[] }) {
  return (
    <section className={classes['section']}>
      <Title order={2}>Last events</Title>
      {events.length === 0 ? (
        <Text c="dimmed">Nothing yet. Syncs, uploads and sign-ins will stand here.</Text>
      ) : (
        <ul className={classes['rows']}>
          {events.slice(0, MOST_EVENTS).map((event) => (
            <li
              key={`${event.at} ${event.text}`}
              className={`${classes['row'] ?? ''} ${classes['event'] ?? ''}`}
            >
              <ToneIcon tone={event.tone} />
              <span>{event.text}</span>
              <Text size="xs" c="dimmed" component="span">
                <Moment at={event.at} />
              </Text>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
