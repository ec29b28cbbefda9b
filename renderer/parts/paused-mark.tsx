import { Button } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { say } from '../../shared/language/say.ts';
import { useIntents, useSnapshot } from '../state.ts';
import { Moment } from './moment.tsx';
import { pauseOf } from './pause.ts';
import classes from './paused-mark.module.css';
import { Say } from './say.tsx';
import { useAction } from './use-action.ts';

/** Says on every page that nothing is looked at or synced now, with the way to go on; nothing while it isn't paused. */
export function PausedMark() {
  const intents = useIntents();
  const action = useAction();
  const snapshot = useSnapshot();
  const pause = snapshot === null ? null : pauseOf(snapshot);
  if (pause === null) return null;
  return (
    <div className={classes['mark']} role="status">
      <p className={classes['words']}>
        <IconPlayerPauseFilled size={16} aria-hidden className={classes['icon']} />
        <span className={classes['sentence']}>
          {pause === 'byHand' ? (
            say('pausedMark.byHand')
          ) : (
            <Say word="pausedMark.until" values={{ moment: <Moment at={pause} /> }} />
          )}
        </span>
      </p>
      <Button
        size="compact-xs"
        h={28}
        variant="default"
        loading={action.busy}
        onClick={() => void action.run(() => intents.resume())}
      >
        <span className={classes['play']}>
          <IconPlayerPlayFilled size={14} aria-hidden />
        </span>
        <span className={classes['sentence']}>{say('common.resume')}</span>
      </Button>
      {action.failure !== null && <p role="alert">{action.failure.message}</p>}
    </div>
  );
}
