import { Checkbox, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { CopyButton } from '../../parts/copy-button.tsx';
import classes from './c1-checklist.module.css';

/** C1's own words for each step (c1-protocol.md §7.2). */
const STEPS: readonly ReactNode[] = [
  <>
    <b>Integrations</b> → <b>Connectors</b> → <b>Add connector</b>
  </>,
  <>
    Search for <b>Baton</b>, then <b>Add</b>
  </>,
  <>
    Attach it to a new app, or to a managed or unmanaged one you have. A new app is called Baton
    until this connector reports in, then Xero
  </>,
  <>
    Choose who owns it, then <b>Next</b>. An owner other than you gets an e-mail to finish
  </>,
  <>
    <b>Settings</b> → <b>Edit</b> → <b>Rotate</b>
  </>,
  <>
    Copy the <b>Client ID</b> and the <b>Client secret</b>, and paste them below
  </>,
];

/** What to do in C1, to be ticked off there and then; the ticks are for the reader alone. */
export function C1Checklist() {
  const [done, setDone] = useState<ReadonlySet<number>>(new Set());
  const toggle = (index: number) => {
    setDone((earlier) => {
      const next = new Set(earlier);
      if (!next.delete(index)) next.add(index);
      return next;
    });
  };
  return (
    <section>
      <div className={classes['head']}>
        <Title order={2}>In C1</Title>
        <CopyButton copy={{ what: 'c1Steps' }} label="Copy these steps for a colleague" />
      </div>
      <Text c="dimmed" size="xs" mb={12}>
        Needs the Connector Administrator or Super Administrator role.
      </Text>
      <ol className={classes['list']}>
        {STEPS.map((step, index) => (
          <li key={index} data-done={done.has(index)}>
            <Checkbox
              checked={done.has(index)}
              onChange={() => toggle(index)}
              label={<span className={classes['step']}>{step}</span>}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}
