import type { RefObject } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { RequestCheck } from '../../../shared/requests.ts';
import { Say } from '../../parts/say.tsx';
import { absoluteTime, closeTime } from '../../parts/time.ts';
import { ToneIcon } from '../../parts/tone.tsx';
import type { Tone } from '../../parts/tones.ts';
import { useNow } from '../../state.ts';
import classes from './check-line.module.css';

/** The line that lives: what Xero shows by now, since when, and when it is looked at next. */
export function CheckLine({
  check,
  place,
}: {
  check: RequestCheck;
  place: RefObject<HTMLDivElement | null>;
}) {
  const { tone, words } = standOf(check);
  return (
    <div className={classes['check']} ref={place}>
      <ToneIcon tone={tone} />
      <div className={classes['words']}>
        {/* Told to a screen reader when it changes; the times tick, and aren't. */}
        <p role="status">{words}</p>
        <Times check={check} />
      </div>
    </div>
  );
}

function standOf({ at, now, found, trouble }: RequestCheck): {
  readonly tone: Tone;
  readonly words: string;
} {
  if (now === 'looking') return { tone: 'working', words: say('requests.lookingAtXero') };
  if (trouble !== null) return { tone: 'attention', words: trouble };
  if (at === null) return { tone: 'waiting', words: say('requests.notLookedAtYet') };
  return { tone: 'waiting', words: found ?? say('requests.xeroShowsItAsAsked') };
}

function Times({ check: { at, now, nextAt, found, trouble } }: { check: RequestCheck }) {
  const clock = useNow();
  const shownBefore = (now === 'looking' || trouble !== null) && found !== null ? found : null;
  const soon = nextAt !== null && nextAt - clock < SOON;
  return (
    <p className={classes['times']}>
      {shownBefore !== null && <>{shownBefore} </>}
      {at !== null && (
        <>
          <Say word="requests.checked" values={{ moment: <Close at={at} /> }} />{' '}
        </>
      )}
      {now === 'waiting' && soon && say('requests.nextLookInAMoment')}
      {now === 'waiting' && nextAt !== null && !soon && (
        <Say word="requests.nextLook" values={{ moment: <Close at={nextAt} /> }} />
      )}
    </p>
  );
}

/** Less than this isn't worth counting. */
const SOON = 5_000;

function Close({ at }: { at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={absoluteTime(at)}>
      {closeTime(at, now)}
    </time>
  );
}
