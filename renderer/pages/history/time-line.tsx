import { Button, Skeleton, Text, Title } from '@mantine/core';
import type { HistoryEntry } from '../../../shared/history.ts';
import { say } from '../../../shared/language/say.ts';
import { useNow } from '../../state.ts';
import { byDay, dayName } from './days.ts';
import { EntryLine } from './entry-line.tsx';
import classes from './history.module.css';
import type { ReadHistory } from './use-history.ts';

/** The entries by day, newest first, and the way to older ones. */
export function TimeLine({
  history,
  atHand,
  onAll,
}: {
  history: ReadHistory;
  /** Shown while the history can't be read: what is known without it. */
  atHand: readonly HistoryEntry[];
  onAll: (() => void) | null;
}) {
  const { entries, more, busy, failure, readOlder } = history;
  if (entries === null) {
    return failure === null ? <Loading /> : <AtHand entries={atHand} filtered={onAll !== null} />;
  }
  if (entries.length === 0) return <Nothing onAll={onAll} />;
  return (
    <>
      <Days entries={entries} />
      {more ? (
        <div>
          <Button variant="default" loading={busy} onClick={readOlder}>
            {say('history.showOlderEntries')}
          </Button>
        </div>
      ) : (
        <Text c="dimmed">{say('history.theHistoryBeginsHere')}</Text>
      )}
    </>
  );
}

function Days({ entries }: { entries: readonly HistoryEntry[] }) {
  const now = useNow();
  return (
    <>
      {byDay(entries).map(({ key, entries: those }) => (
        <section key={key} className={classes['day']}>
          <Title order={2}>{dayName(those[0]?.at ?? now, now)}</Title>
          <ul className={classes['entries']}>
            {those.map((entry) => (
              <EntryLine key={entry.id} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Without the older ones nobody knows whether nothing fits, so that isn't said. */
function AtHand({ entries, filtered }: { entries: readonly HistoryEntry[]; filtered: boolean }) {
  const words =
    entries.length === 0 && filtered
      ? say('history.noneAtHandFits')
      : say('history.onlyTheNewestAreAtHand');
  return (
    <>
      <Text role="status">{words}</Text>
      <Days entries={entries} />
    </>
  );
}

function Nothing({ onAll }: { onAll: (() => void) | null }) {
  if (onAll === null) return <Text c="dimmed">{say('history.nothingYetSyncsUploadsSign')}</Text>;
  return (
    <div>
      <Text mb="sm">{say('history.nothingInTheHistoryFits')}</Text>
      <Button variant="default" onClick={onAll}>
        {say('history.showEverything')}
      </Button>
    </div>
  );
}

const LINES = [72, 58, 64, 80, 51, 69];

function Loading() {
  return (
    <div role="status" aria-label={say('history.readingTheHistory')} className={classes['loading']}>
      <Skeleton height={18} width={90} />
      {LINES.map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </div>
  );
}
