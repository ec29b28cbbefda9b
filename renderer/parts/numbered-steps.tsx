import { Children } from 'react';
import type { ReactNode } from 'react';
import classes from './numbered-steps.module.css';

/** Things to do one after another; each child is a step. */
export function NumberedSteps({ children }: { children: ReactNode }) {
  return (
    <ol className={classes['list']}>
      {Children.map(children, (child) => (
        <li className={classes['step']}>
          <div className={classes['words']}>{child}</div>
        </li>
      ))}
    </ol>
  );
}
