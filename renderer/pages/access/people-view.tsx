import { Button, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { memo, useCallback, useMemo } from 'react';
import { everybody } from '../../../shared/access-kinds.ts';
import type { AccessOverview, AccessRow, AccessView } from '../../../shared/access-list.ts';
import { say } from '../../../shared/language/say.ts';
import { Announcement } from '../../parts/announcement.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { ToneIcon } from '../../parts/tone.tsx';
import { useIntents } from '../../state.ts';
import classes from './access.module.css';
import { columnsFor } from './columns.ts';
import { Place } from './role-chip.tsx';
import { SortChoice } from './sort-choice.tsx';
import { useSlices } from './use-slices.ts';
import { TableShape, VirtualTable, type Column } from './virtual-table.tsx';
import { filterSentence } from './words.ts';

/** Roles told in one cell before the rest is only counted. */
const TOLD = 3;

/** Who has access: people down, organisations across where they fit. */
export const PeopleView = memo(function PeopleView({
  overview,
  view,
  opened,
  onView,
  onOpen,
}: {
  overview: AccessOverview;
  view: AccessView;
  opened: string | null;
  onView: (view: AccessView) => void;
  onOpen: (id: string) => void;
}) {
  const intents = useIntents();
  const { ref, width } = useElementSize();
  const { look } = overview;
  const key = JSON.stringify([look, view, overview.domains.own]);
  const ask = useCallback(
    (slice: { from: number; count: number }) => intents.listAccess({ look, view, slice }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says what the question is
    [intents, key],
  );
  const { total, row, need, failure } = useSlices<AccessRow>(key, ask);
  const across = columnsFor(width, overview.organisations.length);
  const columns = useMemo(
    (): readonly Column[] => [
      {
        key: 'person',
        width: 'minmax(0, 1.6fr)',
        head: say('common.person'),
      },
      ...(across === 'organisations'
        ? overview.organisations.map(({ id, name }) => ({
            key: id,
            width: 'minmax(0, 1fr)',
            head: <span title={name}>{name}</span>,
          }))
        : [{ key: 'access', width: 'minmax(0, 2fr)', head: say('common.access') }]),
    ],
    [across, overview.organisations],
  );
  const cells = useCallback(
    (person: AccessRow) => [
      <Who key="who" person={person} />,
      ...(across === 'organisations'
        ? overview.organisations.map(({ id }, place) => {
            const held = person.places.find((each) => each.organisation === place);
            return held === undefined ? null : <Place key={id} place={held} />;
          })
        : [<Everything key="all" person={person} overview={overview} />]),
    ],
    [across, overview],
  );
  const sentence = filterSentence(view.filter, {
    role: (id) => overview.roles.find((role) => role.id === id)?.name ?? id,
    organisation: (id) => overview.organisations.find((each) => each.id === id)?.name ?? '',
    domains: overview.domains.own,
  });
  return (
    <div ref={ref} className={classes['fill']}>
      {failure !== null && <FailureNotice failure={failure} place="look" />}
      {total === null && failure === null && <TableShape columns={columns.length - 1} />}
      {total !== null && (
        <>
          <div className={classes['line']}>
            <p className={classes['count']}>
              <b>{say('count.person', { count: total })}</b>
              {total < overview.people &&
                ` ${say('peopleView.ofPeople', { people: overview.people.toLocaleString() })}`}
            </p>
            <SortChoice sort={view.sort} onSort={(sort) => onView({ ...view, sort })} />
          </div>
          <Announcement>{`${say('count.person', { count: total })}: ${sentence}`}</Announcement>
        </>
      )}
      {total === 0 && (
        <div className={classes['nobody']}>
          <Text>{say('access.nobodyFitsAllOfThis')}</Text>
          <Button variant="default" onClick={() => onView({ ...everybody, sort: view.sort })}>
            {say('access.showEveryone')}
          </Button>
        </div>
      )}
      {total !== null && total > 0 && (
        <VirtualTable<AccessRow>
          label={say('common.peopleWithAccess')}
          columns={columns}
          total={total}
          row={row}
          need={need}
          rowKey={({ id }) => id}
          opened={opened}
          onOpen={({ id }) => onOpen(id)}
          cells={cells}
        />
      )}
    </div>
  );
});

function Who({ person: { name, email, warnings } }: { person: AccessRow }) {
  return (
    <>
      <div className={classes['name']} title={name}>
        <span className={classes['nameText']}>{name}</span>
        {warnings > 0 && (
          <span role="img" aria-label={say('common.toLookAt')} title={say('common.toLookAt')}>
            <ToneIcon tone="attention" size={16} />
          </span>
        )}
      </div>
      <div className={classes['email']} title={email ?? undefined}>
        {email ?? say('access.noEMailAddress')}
      </div>
    </>
  );
}

function Everything({ person, overview }: { person: AccessRow; overview: AccessOverview }) {
  const shown = person.places.slice(0, TOLD);
  const left = person.places.length - shown.length;
  return (
    <span className={classes['everything']}>
      {shown.map((place) => (
        <Place
          key={place.organisation}
          place={place}
          where={overview.organisations[place.organisation]?.name ?? ''}
        />
      ))}
      {left > 0 && <span className={classes['more']}>+{left}</span>}
    </span>
  );
}
