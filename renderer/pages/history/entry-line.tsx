import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { HistoryEntry } from '../../../shared/history.ts';
import { HISTORY_KINDS, tell } from '../../../shared/history-words.ts';
import { say } from '../../../shared/language/say.ts';
import { absoluteTime } from '../../parts/time.ts';
import { ToneIcon } from '../../parts/tone.tsx';
import { clockTime } from './days.ts';
import classes from './history.module.css';

/** One entry: its sentence, which opens to what stands behind it. */
export function EntryLine({ entry: { id, at, event } }: { entry: HistoryEntry }) {
  const [open, setOpen] = useState(false);
  const details = useId();
  const { sentence, tone, details: more } = tell(event);
  return (
    <li className={classes['entry']}>
      <button
        type="button"
        className={classes['line']}
        aria-expanded={open}
        aria-controls={open ? details : undefined}
        onClick={() => setOpen(!open)}
      >
        <ToneIcon tone={tone} />
        <span className={classes['sentence']}>{sentence}</span>
        <time className={classes['time']} dateTime={new Date(at).toISOString()}>
          {clockTime(at)}
        </time>
        <IconChevronRight size={16} stroke={2} aria-hidden className={classes['chevron']} />
      </button>
      {open && (
        <dl id={details} className={classes['details']}>
          <Detail name={say('history.when')} value={absoluteTime(at)} />
          <Detail name={say('common.kind')} value={HISTORY_KINDS[event.kind]} />
          {more.map(({ name, value }) => (
            <Detail key={name} name={name} value={value} />
          ))}
          <Detail name={say('history.entry')} value={id} />
        </dl>
      )}
    </li>
  );
}

function Detail({ name, value }: { name: string; value: string }) {
  return (
    <div className={classes['detail']}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
