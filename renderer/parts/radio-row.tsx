import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './radio-row.module.css';

/** One of several ways, as a row with what it means; lives within a `Radio.Group`. */
export function RadioRow({
  value,
  explanation,
  children,
}: {
  value: string;
  explanation: ReactNode;
  /** Its name. */
  children: ReactNode;
}) {
  return (
    <Radio
      value={value}
      className={classes['row']}
      label={<span className={classes['name']}>{children}</span>}
      description={explanation}
      classNames={{
        body: classes['body'] ?? '',
        labelWrapper: classes['words'] ?? '',
        description: classes['explanation'] ?? '',
      }}
    />
  );
}
