import { Text, Title } from '@mantine/core';
import { shutKeychain } from '../../../shared/keychain-shut.ts';
import type { HistoryEntry, RequestEvent } from '../../../shared/history.ts';
import { tell } from '../../../shared/history-words.ts';
import { say } from '../../../shared/language/say.ts';
import type { AccessSummary, Snapshot } from '../../../shared/snapshot.ts';
import { Moment } from '../../parts/moment.tsx';
import { ToneIcon } from '../../parts/tone.tsx';
import classes from './section.module.css';

/** More stands in the history. */
const MOST_EVENTS = 5;

/** What a reviewer of access would want to know, from the last look. */
export function Warnings({ access }: { access: AccessSummary | null }) {
  if (access === null || access.warnings.length === 0) return null;
  return (
    <section className={classes['section']}>
      <Title order={2}>{say('events.worthALook')}</Title>
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

export function Events({ snapshot }: { snapshot: Snapshot }) {
  const isShut = shutKeychain(snapshot) !== null;
  const news = snapshot.events.filter(isNews).slice(0, MOST_EVENTS);
  return (
    <section className={classes['section']}>
      <Title order={2}>{say('events.lastEvents')}</Title>
      {news.length === 0 ? (
        <Text c="dimmed">
          {say(isShut ? 'common.readOnceTheKeychainIsOpen' : 'events.nothingYetSyncsUploadsAnd')}
        </Text>
      ) : (
        <ul className={classes['rows']}>
          {news.map(({ id, at, event }) => (
            <li key={id} className={`${classes['row'] ?? ''} ${classes['event'] ?? ''}`}>
              <ToneIcon tone={tell(event).tone} />
              <span>{tell(event).sentence}</span>
              <Text size="xs" c="dimmed" component="span">
                <Moment at={at} />
              </Text>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const ON_THE_WAY: ReadonlySet<RequestEvent['what']> = new Set([
  'shown',
  'opened',
  'saidDone',
  'saidInvited',
  'confirmed',
]);

/**
 * Not what comes with every sync and every start: its upload, or its failure, tells enough. Of a request,
 * how it came and how it ended.
 */
function isNews({ event }: HistoryEntry): boolean {
  switch (event.kind) {
    case 'sync':
      return event.what === 'failed';
    case 'task':
      return false;
    case 'request':
      return !ON_THE_WAY.has(event.what);
    case 'app':
      return event.what === 'updated';
    default:
      return true;
  }
}
