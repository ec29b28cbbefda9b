import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { Way, Ways } from '../../../shared/ways.ts';
import { useIntents } from '../../state.ts';
import { Setting } from './setting.tsx';
import classes from './settings.module.css';

/** Which ways lead to the two clouds; asked for anew when C1's host or the network has changed. */
export function WaysSetting({ host }: { host: string | null }) {
  const intents = useIntents();
  const [ways, setWays] = useState<Ways | null>(null);
  useEffect(() => {
    const ask = () =>
      void intents.readWays().then((answer) => {
        if (answer.ok) setWays(answer.value);
      });
    ask();
    window.addEventListener('focus', ask);
    return () => window.removeEventListener('focus', ask);
  }, [intents, host]);
  return (
    <Setting title={say('waysSetting.title')} says={say('waysSetting.lead')}>
      {ways === null ? (
        <Skeleton height={52} maw={600} aria-hidden />
      ) : (
        <dl className={classes['ways']}>
          <dt>{say('waysSetting.toXero')}</dt>
          <dd>{wordsOf(ways.xero)}</dd>
          <dt>{say('waysSetting.toC1')}</dt>
          <dd>{ways.c1 === null ? say('waysSetting.c1Unknown') : wordsOf(ways.c1)}</dd>
        </dl>
      )}
    </Setting>
  );
}

function wordsOf(way: Way): string {
  switch (way.kind) {
    case 'direct':
      return say('waysSetting.direct');
    case 'unusable':
      return say('waysSetting.unusable');
    case 'proxy':
      return way.from === 'system'
        ? say('waysSetting.ofSystem', { proxy: way.proxy })
        : say('waysSetting.ofEnvironment', { proxy: way.proxy });
  }
}
