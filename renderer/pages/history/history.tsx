import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { HistoryKind, HistoryQuery } from '../../../shared/history.ts';
import { HISTORY_KINDS } from '../../../shared/history-words.ts';
import type { HistoryFormat } from '../../../shared/intents.ts';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { goTo } from '../../page.ts';
import { Announcement } from '../../parts/announcement.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Frame } from '../../parts/frame.tsx';
import { MendsProvider } from '../../parts/mends.tsx';
import { Title } from '../../parts/title.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';
import { useMendsThrough } from '../../xero-dialogs/use-mends.ts';
import { ExportMenu } from './export-menu.tsx';
import classes from './history.module.css';
import { TimeLine } from './time-line.tsx';
import { newerThan, useHistory } from './use-history.ts';
import { fresh, saved } from './words.ts';

/** Short enough to feel live, long enough not to search for half a word. */
const SEARCH_AFTER_MS = 250;

const toStatus = () => goTo('status');
const KINDS = Object.entries(HISTORY_KINDS).map(([value, label]) => ({ value, label }));

/** What happened: a time line by day, to search, to filter and to take out. */
export function History({ snapshot }: { snapshot: Snapshot }) {
  const intents = useIntents();
  const action = useAction();
  const mends = useMendsThrough(action, snapshot.xero, {
    toOrganisations: toStatus,
    toCredential: toStatus,
  });
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<HistoryKind | null>(null);
  const [wanted] = useDebouncedValue(search.trim(), SEARCH_AFTER_MS);
  const query = useMemo<HistoryQuery>(
    () => ({ kinds: kind === null ? [] : [kind], search: wanted }),
    [kind, wanted],
  );
  const history = useHistory(query);
  const [said, setSaid] = useState('');
  const newer = newerThan(history.entries ?? [], snapshot.events, query);
  const filtered = kind !== null || search !== '';
  const showAll = () => {
    setKind(null);
    setSearch('');
  };
  const exportAs = async (format: HistoryFormat) => {
    setSaid('');
    const result = await action.run(() => intents.exportHistory({ ...query, format }));
    if (result.ok && result.value.kind === 'saved') setSaid(saved(result.value.entries));
  };
  return (
    <MendsProvider value={mends}>
      <Frame app={snapshot.app} page="history">
        <Title lead={say('history.whatThisAppDidAnd')}>{say('common.history')}</Title>
        <div className={classes['bar']}>
          <TextInput
            label={say('history.search')}
            placeholder={say('history.aNameACodeA')}
            value={search}
            maxLength={200}
            autoComplete="off"
            className={classes['search']}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          />
          <NativeSelect
            label={say('common.show')}
            value={kind ?? ''}
            data={[{ value: '', label: say('history.everything') }, ...KINDS]}
            onChange={({ currentTarget: { value } }) => setKind(isKind(value) ? value : null)}
          />
          <ExportMenu busy={action.busy} onExport={(format) => void exportAs(format)} />
        </div>
        {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
        {history.failure !== null && (
          <div className={classes['trouble']}>
            <FailureNotice failure={history.failure} ways={[]} />
            <Button variant="default" loading={history.busy} onClick={history.readAnew}>
              {say('common.tryAgain')}
            </Button>
          </div>
        )}
        <div className={classes['news']}>
          <Announcement>{said}</Announcement>
          {said !== '' && <span aria-hidden>{said}</span>}
          {history.entries !== null && newer.length > 0 && (
            <Button size="xs" variant="light" onClick={history.readAnew}>
              {fresh(newer.length)}
            </Button>
          )}
        </div>
        <TimeLine
          history={history}
          atHand={newerThan([], snapshot.events, query)}
          onAll={filtered ? showAll : null}
        />
      </Frame>
    </MendsProvider>
  );
}

function isKind(value: string): value is HistoryKind {
  return Object.hasOwn(HISTORY_KINDS, value);
}
