import type { ReactNode } from 'react';
import classes from './value-line.module.css';

/** Exact values to copy or compare, one a line, in one hairline box. */
export function ValueList({ children }: { children: ReactNode }) {
  return <dl className={classes['list']}>{children}</dl>;
}

export function ValueLine({
  name,
  value,
  children,
}: {
  name: string;
  value: string;
  /** What can be done with the value: a copy button. */
  children?: ReactNode;
}) {
  return (
    <div className={classes['line']}>
      <dt className={classes['name']}>{name}</dt>
      <dd className={classes['value']}>{value}</dd>
      {children !== undefined && <dd className={classes['action']}>{children}</dd>}
    </div>
  );
}
