import type { ReactNode } from 'react';
import classes from './note.module.css';
import { ToneIcon } from './tone.tsx';

/** Something to know before going on, in a box of its own. */
export function Note({ tone, children }: { tone: 'attention' | 'neutral'; children: ReactNode }) {
  return (
    <div className={classes['note']} data-tone={tone} role="status">
      <ToneIcon tone={tone} size={20} />
      <div className={classes['words']}>{children}</div>
    </div>
  );
}
