import { Text, Title } from '@mantine/core';
import { shutKeychain } from '../../../shared/keychain-shut.ts';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { Counts } from '../../parts/counts.tsx';
import { Moment } from '../../parts/moment.tsx';
import { pauseOf } from '../../parts/pause.ts';
import { size } from '../../parts/numbers.ts';
import { Say } from '../../parts/say.tsx';
import { useNow } from '../../state.ts';
import classes from './section.module.css';

/** What C1 last received, and when it is likely to ask again. */
export function Received({ snapshot, calm }: { snapshot: Snapshot; calm: boolean }) {
  const { uploaded } = snapshot;
  const isShut = shutKeychain(snapshot) !== null;
  return (
    <section className={classes['section']}>
      <div className={classes['head']}>
        <Title order={2}>{say('received.whatC1HasReceived')}</Title>
        {uploaded !== null && (
          <Text size="xs" c="dimmed">
            {size(uploaded.bytes)}, <Moment at={uploaded.at} />
          </Text>
        )}
      </div>
      {uploaded === null ? (
        <Text c="dimmed">
          {say(isShut ? 'common.readOnceTheKeychainIsOpen' : 'received.nothingYetC1DecidesWhen')}
        </Text>
      ) : (
        <Counts counts={uploaded.counts} />
      )}
      <NextAsk snapshot={snapshot} calm={calm} />
    </section>
  );
}

function NextAsk({ snapshot, calm }: { snapshot: Snapshot; calm: boolean }) {
  const { c1, uploaded } = snapshot;
  const now = useNow();
  // While it is paused, C1’s asking waits; the page says so on top.
  if (pauseOf(snapshot) !== null) return null;
  if (c1.kind !== 'connected' || uploaded === null) return null;
  const next = c1.askedAt === null || c1.usualPace === null ? null : c1.askedAt + c1.usualPace;
  return (
    <Text size="xs" c="dimmed">
      {next !== null && next > now ? (
        <Say word="received.ifC1KeepsItsPace" values={{ moment: <Moment at={next} /> }} />
      ) : (
        say('received.c1DecidesWhenToAsk')
      )}
      {calm && ` ${say('received.theresNothingForYouTo')}`}
    </Text>
  );
}
