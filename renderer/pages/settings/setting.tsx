import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './settings.module.css';

/** A group of the settings page: what it is called, and what it does. */
export function Setting({
  title,
  says,
  children,
}: {
  title: string;
  says?: string;
  children: ReactNode;
}) {
  return (
    <section className={classes['setting']}>
      <Title order={2}>{title}</Title>
      {says !== undefined && <Text maw={600}>{says}</Text>}
      {children}
    </section>
  );
}
