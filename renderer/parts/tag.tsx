import type { ReactNode } from 'react';
import classes from './tag.module.css';

/** A word about a thing's kind, beside its name. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className={classes['tag']}>{children}</span>;
}
