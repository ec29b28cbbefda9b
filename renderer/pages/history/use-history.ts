import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/errors.ts';
import type { HistoryEntry, HistoryPlace, HistoryQuery } from '../../../shared/history.ts';
import type { IntentAnswers } from '../../../shared/intents.ts';
import { fits } from '../../../shared/history-search.ts';
import { useIntents } from '../../state.ts';

/** What has been read of the history so far. */
export interface ReadHistory {
  /** Newest first; null until the first page of this query has come. */
  readonly entries: readonly HistoryEntry[] | null;
  /** Whether there is more that is older. */
  readonly more: boolean;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly readOlder: () => void;
  readonly readAnew: () => void;
}

/** Reads the history page by page, anew with each query. */
export function useHistory(query: HistoryQuery): ReadHistory {
  const intents = useIntents();
  const newest = useRef(0);
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null);
  const [next, setNext] = useState<HistoryPlace | null>(null);
  const [busy, setBusy] = useState(true);
  const [failure, setFailure] = useState<Failure | null>(null);

  const read = useCallback(
    (before: HistoryPlace | null) => {
      newest.current += 1;
      const asked = newest.current;
      const take = (page: IntentAnswers['readHistory']) => {
        // An answer to an earlier question says nothing any more.
        if (asked !== newest.current) return;
        setBusy(false);
        setFailure(page.ok ? null : page.failure);
        if (!page.ok) {
          // What was read for another question is no answer to this one.
          if (before === null) setEntries(null);
          return;
        }
        const { value } = page;
        setNext(value.next);
        setEntries((known) =>
          before === null ? value.entries : [...(known ?? []), ...value.entries],
        );
      };
      void intents.readHistory({ ...query, before }).then(take);
    },
    [intents, query],
  );

  useEffect(() => {
    // What was read before stays until the answer has come.
    read(null);
  }, [read]);

  const readWith = (before: HistoryPlace | null) => {
    setBusy(true);
    read(before);
  };
  return {
    entries,
    more: next !== null,
    busy,
    failure,
    readOlder: () => readWith(next),
    readAnew: () => readWith(null),
  };
}

/** Entries that happened since the page was read, newest first. */
export function newerThan(
  entries: readonly HistoryEntry[],
  events: readonly HistoryEntry[],
  query: HistoryQuery,
): readonly HistoryEntry[] {
  const known = new Set(entries.map(({ id }) => id));
  const [first] = entries;
  return events.filter(
    (event) => !known.has(event.id) && event.at >= (first?.at ?? 0) && fits(event, query),
  );
}
