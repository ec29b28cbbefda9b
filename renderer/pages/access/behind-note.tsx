import { Text } from '@mantine/core';
import type { AccessOverview } from '../../../shared/access-list.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { Moment } from '../../parts/moment.tsx';
import { inWords } from '../../../shared/language/formats.ts';
import { Note } from '../../parts/note.tsx';
import { Say } from '../../parts/say.tsx';
import classes from './access.module.css';

/** Why what is shown is older than the last look, where it is: a look counts when it found everyone. */
export function BehindNote({
  overview: { confirmedAt },
  snapshot: { xero, sync },
}: {
  overview: AccessOverview;
  snapshot: Snapshot;
}) {
  const governed = xero
    .flatMap((signIn) => signIn.organisations)
    .filter((organisation) => organisation.governed);
  const unread = governed.filter(
    ({ state }) => state.kind === 'failed' || state.kind === 'missing',
  );
  const failed = sync.kind === 'failed' && sync.for === 'look';
  if (unread.length === 0 && !failed) return null;
  const moment = <Moment at={confirmedAt} width="long" />;
  return (
    <Note tone="attention">
      <Text size="xs">
        {unread.length > 0 ? (
          <Say
            word="behindNote.couldntBeRead"
            values={{ names: inWords(unread.map(({ name }) => name)), moment }}
          />
        ) : (
          <Say word="behindNote.lookFailed" values={{ moment }} />
        )}
      </Text>
      {unread.length > 0 && (
        <ul className={classes['ages']}>
          {governed.map(({ id, name, state }) => (
            <li key={id}>
              <Say
                word={state.kind === 'read' ? 'behindNote.read' : 'behindNote.lastRead'}
                values={{
                  name,
                  moment: (
                    <Moment at={state.kind === 'read' ? state.at : confirmedAt} width="long" />
                  ),
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}
