import { Checkbox, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { say } from '../../../shared/language/say.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Say } from '../../parts/say.tsx';
import classes from './c1-checklist.module.css';

/** C1's own words for each step (c1-protocol.md §7.2). */
const STEPS: readonly ReactNode[] = [
  <>
    <b>{say('c1Checklist.integrations')}</b> → <b>{say('c1Checklist.connectors')}</b> →{' '}
    <b>{say('c1Checklist.addConnector')}</b>
  </>,
  <Say word="c1Checklist.searchForBatonThenAdd" />,
  <>{say('c1Checklist.attachItToANew')}</>,
  <Say word="c1Checklist.chooseWhoOwnsItThen" />,
  <>
    <b>{say('common.settings')}</b> → <b>{say('c1Checklist.edit')}</b> →{' '}
    <b>{say('c1Checklist.rotate')}</b>
  </>,
  <Say word="c1Checklist.copyTheClientIDAnd" />,
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
        <Title order={2}>{say('c1Checklist.inC1')}</Title>
        <CopyButton copy={{ what: 'c1Steps' }} label={say('c1Checklist.copyTheseStepsForA')} />
      </div>
      <Text c="dimmed" size="xs" mb={12}>
        {say('c1Checklist.needsTheConnectorAdministratorOr')}
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
