import { VisuallyHidden } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import { openOf } from '../../shared/requests.ts';
import { useSnapshot } from '../state.ts';
import classes from './open-requests.module.css';

/** How many requests wait, beside the name of their page; nothing while none does. */
export function OpenRequests() {
  const snapshot = useSnapshot();
  const count = snapshot === null ? 0 : openOf(snapshot.inbox).length;
  if (count === 0) return null;
  return (
    <>
      <span className={classes['count']} aria-hidden>
        {count}
      </span>
      <VisuallyHidden>{say('requests.open', { count })}</VisuallyHidden>
    </>
  );
}
