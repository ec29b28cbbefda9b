import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { Way, Ways } from '../../../shared/ways.ts';
import { ValueLine, ValueList } from '../../parts/value-line.tsx';
import { useIntents } from '../../state.ts';
import { Setting } from './setting.tsx';

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
        <Skeleton height={72} maw={600} aria-hidden />
      ) : (
        <ValueList>
          <ValueLine name={say('waysSetting.toXero')} value={wordsOf(ways.xero)} />
          <ValueLine
            name={say('waysSetting.toC1')}
            value={ways.c1 === null ? say('waysSetting.c1Unknown') : wordsOf(ways.c1)}
          />
        </ValueList>
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
