import { NativeSelect, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useState, type ReactNode } from 'react';
import { CHANGE_KINDS } from '../../../shared/access-kinds.ts';
import type {
  AccessChange,
  AccessChanges,
  AccessOverview,
  ChangesFilter,
} from '../../../shared/access-list.ts';
import { changeSentence } from '../../../shared/access-words.ts';
import { say } from '../../../shared/language/say.ts';
import { Announcement } from '../../parts/announcement.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { inWords } from '../../../shared/language/formats.ts';
import { Note } from '../../parts/note.tsx';
import { Say } from '../../parts/say.tsx';
import { useIntents } from '../../state.ts';
import classes from './access.module.css';
import { useSlices } from './use-slices.ts';
import { TableShape, VirtualTable } from './virtual-table.tsx';
import { CHANGE_NAMES, lookWords } from './words.ts';

/** Which two looks are compared. */
export interface Compared {
  readonly from: number;
  readonly to: number;
}

const COLUMNS = [
  { key: 'person', head: say('common.person'), width: 'minmax(0, 1fr)' },
  { key: 'change', head: say('common.whatChanged'), width: 'minmax(0, 2fr)' },
] as const;

/** In pixels: a sentence takes two lines, and four where the window is narrow. */
const ROW = 52;
const NARROW_ROW = 92;

/** What became different between any two kept looks, in plain sentences. */
export function ChangesView({
  overview,
  compared,
  filter,
  opened,
  onCompare,
  onFilter,
  onOpen,
}: {
  overview: AccessOverview;
  compared: Compared;
  filter: ChangesFilter;
  opened: string | null;
  onCompare: (compared: Compared) => void;
  onFilter: (filter: ChangesFilter) => void;
  onOpen: (change: AccessChange) => void;
}) {
  const intents = useIntents();
  const rowHeight = useMediaQuery('(width <= 600px)') ? NARROW_ROW : ROW;
  const [whole, setWhole] = useState<AccessChanges | null>(null);
  const { from, to } = compared;
  const key = JSON.stringify([from, to, filter]);
  const ask = useCallback(
    async (slice: { from: number; count: number }) => {
      const answer = await intents.listChanges({ from, to, filter, slice });
      if (answer.ok) setWhole(answer.value);
      return answer;
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says what the question is
    [intents, key],
  );
  const { total, row, need, failure } = useSlices<AccessChange>(key, ask);
  const looks = overview.looks.map(({ at }) => ({ value: String(at), label: lookWords(at) }));
  const all = whole === null ? 0 : CHANGE_KINDS.reduce((sum, kind) => sum + whole.counts[kind], 0);
  return (
    <>
      <div className={classes['choices']}>
        <NativeSelect
          className={classes['look']}
          label={say('access.from')}
          size="sm"
          data={looks.filter(({ value }) => Number(value) < to)}
          value={String(from)}
          onChange={(event) => onCompare({ from: Number(event.currentTarget.value), to })}
        />
        <NativeSelect
          className={classes['look']}
          label={say('access.to')}
          size="sm"
          data={looks.filter(({ value }) => Number(value) > from)}
          value={String(to)}
          onChange={(event) => onCompare({ from, to: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={say('common.change')}
          size="sm"
          value={filter.kind ?? ''}
          data={[
            { value: '', label: say('changesView.everyChange') },
            ...CHANGE_KINDS.map((kind) => ({
              value: kind,
              label: `${CHANGE_NAMES[kind]} (${(whole?.counts[kind] ?? 0).toLocaleString()})`,
            })),
          ]}
          onChange={(event) => {
            const chosen = CHANGE_KINDS.find((kind) => kind === event.currentTarget.value);
            onFilter({ ...filter, kind: chosen ?? null });
          }}
        />
        <NativeSelect
          label={say('common.organisation')}
          size="sm"
          value={filter.organisation ?? ''}
          data={[
            { value: '', label: say('changesView.everyOrganisation') },
            ...(whole?.organisations ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) =>
            onFilter({ ...filter, organisation: event.currentTarget.value || null })
          }
        />
      </div>
      {failure !== null && <FailureNotice failure={failure} place="look" />}
      {whole !== null && <Governed changes={whole} />}
      {total === null && failure === null && <TableShape columns={1} />}
      {total !== null && (
        <>
          <p className={classes['count']}>
            <Say
              word="changesView.changesFromToTo"
              values={{
                changes: <b>{say('count.change', { count: total })}</b>,
                from: lookWords(from),
                to: lookWords(to),
              }}
            />
          </p>
          <Announcement>{say('count.change', { count: total })}</Announcement>
        </>
      )}
      {total === 0 && (
        <div className={classes['nobody']}>
          <Text>
            {all === 0
              ? say('access.nothingChangedBetweenTheseTwo')
              : say('access.noChangeFitsThisFilter')}
          </Text>
        </div>
      )}
      {total !== null && total > 0 && (
        <VirtualTable<AccessChange>
          key={rowHeight}
          rowHeight={rowHeight}
          label={say('common.whatChanged')}
          columns={COLUMNS}
          total={total}
          row={row}
          need={need}
          rowKey={changeKey}
          opened={opened}
          onOpen={onOpen}
          cells={cellsOf}
        />
      )}
    </>
  );
}

function cellsOf(change: AccessChange): readonly ReactNode[] {
  return [<Person key="person" change={change} />, <Said key="said" change={change} />];
}

/** What tells a change from the others between the same two looks. */
export function changeKey({ person, kind, organisation }: AccessChange): string {
  return `${person.id} ${kind} ${organisation?.id ?? ''}`;
}

function Person({ change: { person } }: { change: AccessChange }) {
  return (
    <>
      <div className={classes['name']} title={person.name}>
        {person.name}
      </div>
      <div className={classes['email']}>{person.email ?? say('access.noEMailAddress')}</div>
    </>
  );
}

function Said({ change }: { change: AccessChange }) {
  const sentence = changeSentence(change);
  return (
    <span className={classes['said']} title={sentence}>
      {sentence}
    </span>
  );
}

/** Organisations that were taken in or let go meanwhile, whose people are no changes. */
function Governed({ changes: { added, gone } }: { changes: AccessChanges }) {
  if (added.length + gone.length === 0) return null;
  return (
    <Note tone="neutral">
      {added.length > 0 && (
        <Text size="xs">
          {say('changesView.cameUnderGovernanceBetweenThe', { added: inWords(added) })}
        </Text>
      )}
      {gone.length > 0 && (
        <Text size="xs">{say('changesView.isNoLongerGovernedIts', { gone: inWords(gone) })}</Text>
      )}
    </Note>
  );
}
