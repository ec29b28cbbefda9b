import { Button } from '@mantine/core';
import { say } from '../../../shared/language/say.ts';
import { goTo } from '../../page.ts';
import { FailureDetails, NextTry } from '../../parts/failure-notice.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Say } from '../../parts/say.tsx';
import { ToneIcon } from '../../parts/tone.tsx';
import type { Hero } from './hero.ts';
import classes from './hero-banner.module.css';

/** The sentence on top of the status page. */
export function HeroBanner({ hero }: { hero: Hero }) {
  const { sentence } = hero;
  return (
    <div className={classes['hero']} role={hero.tone === 'bad' ? 'alert' : 'status'}>
      <div className={classes['icon']} data-tone={hero.tone}>
        <ToneIcon tone={hero.tone} size={28} />
      </div>
      <div className={classes['words']}>
        <h1 className={classes['headline']}>{hero.headline}</h1>
        <p className={classes['sentence']}>
          {typeof sentence === 'string' ? (
            sentence
          ) : (
            <Say
              word={sentence.word}
              values={{ moment: <Moment at={sentence.at} width="long" /> }}
            />
          )}
        </p>
        {hero.leadsTo === 'requests' && (
          <Button mt="sm" onClick={() => goTo('requests')}>
            {say('hero.showTheRequests')}
          </Button>
        )}
        {hero.failure !== null && (
          <div className={classes['details']}>
            <NextTry failure={hero.failure} />
            <FailureDetails failure={hero.failure} />
          </div>
        )}
      </div>
    </div>
  );
}
