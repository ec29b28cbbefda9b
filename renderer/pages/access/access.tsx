import { Anchor, Button, SegmentedControl, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useState } from 'react';
import type {
  AccessExport,
  AccessFilter,
  AccessOverview,
  AccessView,
  ChangesFilter,
} from '../../../shared/access-list.ts';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { Announcement } from '../../parts/announcement.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Frame } from '../../parts/frame.tsx';
import { MendsProvider } from '../../parts/mends.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Say } from '../../parts/say.tsx';
import { Title } from '../../parts/title.tsx';
import { useAction } from '../../parts/use-action.ts';
import { goTo } from '../../page.ts';
import { useIntents } from '../../state.ts';
import { useMendsThrough } from '../../xero-dialogs/use-mends.ts';
import classes from './access.module.css';
import { changeKey, ChangesView, type Compared } from './changes-view.tsx';
import { ChartView } from './chart-view.tsx';
import { DomainsDialog } from './domains-dialog.tsx';
import { FilterBar } from './filter-bar.tsx';
import { PeopleView } from './people-view.tsx';
import { PersonPanel } from './person-panel.tsx';
import { SaveMenu, useSaving } from './saving.tsx';
import { SearchField } from './search-field.tsx';
import { BehindNote } from './behind-note.tsx';
import { useOverview } from './use-overview.ts';
import { TableShape } from './virtual-table.tsx';
import { VIEWS } from './words.ts';

const toStatus = () => goTo('status');

/** Who has access to what, since when, and what changed. */
export function Access({ snapshot }: { snapshot: Snapshot }) {
  const intents = useIntents();
  const action = useAction();
  const mends = useMendsThrough(action, snapshot.xero, {
    toOrganisations: toStatus,
    toCredential: toStatus,
  });
  const { keptLooks } = snapshot;
  const { state, reload } = useOverview(keptLooks.newest);
  const check = () => void action.run(() => intents.checkXeroNow()).then(reload);
  return (
    <MendsProvider value={{ ...mends, checkXero: check }}>
      <Frame app={snapshot.app} page="access" layout="table">
        <Title lead={say('access.whoCanUseYourOrganisations')}>{say('common.access')}</Title>
        {action.failure !== null && <FailureNotice failure={action.failure} place="look" />}
        {keptLooks.trouble !== null && state.kind !== 'failed' && (
          <FailureNotice failure={keptLooks.trouble} place="look" />
        )}
        {state.kind === 'loading' && <TableShape columns={3} />}
        {state.kind === 'failed' && <FailureNotice failure={state.because} place="look" />}
        {state.kind === 'none' && <NoneYet checking={action.busy} onCheck={check} />}
        {state.kind === 'ready' && (
          <Looked overview={state.overview} snapshot={snapshot} onReload={reload} />
        )}
      </Frame>
    </MendsProvider>
  );
}

function NoneYet({ checking, onCheck }: { checking: boolean; onCheck: () => void }) {
  return (
    <div className={classes['empty']}>
      <IconUsers size={40} stroke={1.5} aria-hidden />
      <Text fw={600}>{say('access.nobodyIsHereYet')}</Text>
      <Text c="dimmed" maw={480}>
        {say('access.afterTheFirstLookAt')}
      </Text>
      <Button loading={checking} onClick={onCheck}>
        {say('common.checkXeroNow')}
      </Button>
    </div>
  );
}

type Shown = 'people' | 'changes' | 'chart';

const NO_FILTER: ChangesFilter = { search: '', kind: null, organisation: null };

/** The person that is open beside the table, as of a look; `row` is what was chosen in the table. */
interface Opened {
  readonly look: number;
  readonly id: string;
  readonly row: string;
}

function Looked({
  overview,
  snapshot,
  onReload,
}: {
  overview: AccessOverview;
  snapshot: Snapshot;
  onReload: () => void;
}) {
  const [shown, show] = useState<Shown>('people');
  const [view, setView] = useState<AccessView>(overview.view);
  // The field follows each key at once; what it finds is drawn when there is time.
  const found = useDeferredValue(view);
  const [compared, compare] = useState<Compared | null>(null);
  const [filter, setFilter] = useState<ChangesFilter>(NO_FILTER);
  const [opened, open] = useState<Opened | null>(null);
  const [dialog, setDialog] = useState<'domains' | null>(null);
  const saving = useSaving();
  const pair = compared ?? lastPair(overview);
  const asked = askedOf(shown, overview, view, pair, filter);
  const openPerson = useCallback(
    (id: string) => open({ look: overview.look, id, row: id }),
    [overview.look],
  );
  const openDomains = useCallback(() => setDialog('domains'), []);
  const changeFilter = useCallback(
    // It may be older by some keys than what was searched for meanwhile.
    (to: AccessFilter) =>
      setView((now) => ({ ...now, filter: { ...to, search: now.filter.search } })),
    [],
  );
  const close = () => {
    open(null);
    document.querySelector<HTMLElement>('[role=grid]')?.focus();
  };
  return (
    <>
      <div className={classes['tools']}>
        <SegmentedControl
          aria-label={say('access.view')}
          value={shown}
          data={[
            { value: 'people', label: VIEWS.people },
            { value: 'changes', label: VIEWS.changes },
            { value: 'chart', label: VIEWS.chart },
          ]}
          onChange={(to) => {
            open(null);
            show(to);
          }}
        />
        {shown !== 'chart' && (
          <div className={classes['search']}>
            <SearchField
              value={shown === 'people' ? view.filter.search : filter.search}
              onChange={(search) => {
                if (shown === 'people') setView({ ...view, filter: { ...view.filter, search } });
                else setFilter({ ...filter, search });
              }}
            />
          </div>
        )}
        <div className={classes['save']}>
          <SaveMenu saving={saving} asked={asked} look={overview.look} />
        </div>
      </div>
      <Announcement>{saving.said}</Announcement>
      {[saving.table, saving.report].map(
        ({ failure }, place) =>
          failure !== null && <FailureNotice key={place} failure={failure} place="look" />,
      )}
      <BehindNote overview={overview} snapshot={snapshot} />
      {shown === 'people' && (
        <FilterBar
          overview={overview}
          filter={found.filter}
          onChange={changeFilter}
          onDomains={openDomains}
        />
      )}
      <div
        className={classes['split']}
        data-view={shown}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && opened !== null) close();
        }}
      >
        <div className={classes['fill']}>
          {shown === 'people' && (
            <PeopleView
              overview={overview}
              view={found}
              opened={opened?.row ?? null}
              onView={setView}
              onOpen={openPerson}
            />
          )}
          {shown === 'changes' && pair === null && (
            <div className={classes['empty']}>
              <Text c="dimmed" maw={480}>
                {say('access.thereIsOneKeptLook')}
              </Text>
            </div>
          )}
          {shown === 'changes' && pair !== null && (
            <ChangesView
              overview={overview}
              compared={pair}
              filter={filter}
              opened={opened?.row ?? null}
              onCompare={compare}
              onFilter={setFilter}
              onOpen={(change) =>
                open({
                  look: change.kind === 'left' ? pair.from : pair.to,
                  id: change.person.id,
                  row: changeKey(change),
                })
              }
            />
          )}
          {shown === 'chart' && <ChartView overview={overview} />}
        </div>
        {opened !== null && <PersonPanel look={opened.look} id={opened.id} onClose={close} />}
      </div>
      <p className={classes['asOf']}>
        {saving.said !== '' && (
          <span className={classes['saved']}>
            {saving.said}{' '}
            {saving.show !== null && (
              <Anchor component="button" type="button" inherit onClick={saving.show}>
                {say('saving.showInFolder')}
              </Anchor>
            )}
          </span>
        )}
        <Say
          word="access.asOf"
          values={{ moment: <Moment at={overview.confirmedAt} width="long" /> }}
        />
        {overview.unreadable > 0 &&
          ` ${say('access.olderLooksUnreadable', { count: overview.unreadable })}`}
      </p>
      <DomainsDialog
        domains={overview.domains}
        opened={dialog === 'domains'}
        onClose={() => setDialog(null)}
        onSaved={() => {
          setDialog(null);
          onReload();
        }}
      />
    </>
  );
}

/** The newest look and the one before it; null where there is but one. */
function lastPair({ looks }: AccessOverview): Compared | null {
  const [newest, before] = looks;
  return newest === undefined || before === undefined ? null : { from: before.at, to: newest.at };
}

/** What would be saved as a table: just what is shown. */
function askedOf(
  shown: Shown,
  { look }: AccessOverview,
  view: AccessView,
  pair: Compared | null,
  filter: ChangesFilter,
): AccessExport | null {
  switch (shown) {
    case 'people':
      return { kind: 'list', look, view };
    case 'changes':
      return pair === null ? null : { kind: 'changes', ...pair, filter };
    case 'chart':
      return null;
  }
}
