import { Skeleton, VisuallyHidden } from '@mantine/core';
import { say } from '../../../shared/language/say.ts';
import classes from './loading.module.css';

/** The shape of the window before the first snapshot; it shows for a blink, so it has no animation. */
export function Loading() {
  return (
    <div className={classes['frame']}>
      <div className={classes['side']} />
      <main className={classes['page']} aria-busy>
        <VisuallyHidden component="h1">{say('loading.opening')}</VisuallyHidden>
        <div className={classes['shape']} aria-hidden>
          <Skeleton height={32} width="40%" radius="sm" animate={false} />
          <Skeleton height={16} width="60%" mt={12} radius="sm" animate={false} />
          <Skeleton height={160} mt={32} radius="lg" animate={false} />
          <Skeleton height={240} mt={24} radius="lg" animate={false} />
        </div>
      </main>
    </div>
  );
}
