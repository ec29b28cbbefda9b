import { Loader } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed, IconXboxXFilled } from '@tabler/icons-react';
import { say } from '../../shared/language/say.ts';
import type { C1State } from '../../shared/snapshot.ts';
import { Announcement } from './announcement.tsx';
import classes from './check-list.module.css';
import { checksOf } from './checks.ts';
import type { Check, CheckState } from './checks.ts';

const WORDS: Readonly<Record<CheckState, string>> = {
  passed: say('common.done'),
  running: say('checkList.checking'),
  failed: say('checkList.failed'),
  open: say('common.notYet'),
};

/** The visible steps of verification. */
export function CheckList({ c1 }: { c1: C1State }) {
  return <CheckSteps checks={checksOf(c1)} />;
}

/** Steps of a check, each with its state in words. */
export function CheckSteps({ checks }: { checks: readonly Check[] }) {
  const running = checks.find(({ state }) => state === 'running');
  return (
    <>
      <ol className={classes['list']}>
        {checks.map(({ label, state }) => (
          <li key={label} className={classes['check']} data-state={state}>
            <CheckIcon state={state} />
            <span className={classes['label']}>{label}</span>
            <span className={classes['word']}>{WORDS[state]}</span>
          </li>
        ))}
      </ol>
      <Announcement>
        {running === undefined ? '' : say('checkList.labelChecking', { label: running.label })}
      </Announcement>
    </>
  );
}

function CheckIcon({ state }: { state: CheckState }) {
  switch (state) {
    case 'passed':
      return <IconCircleCheckFilled size={20} aria-hidden />;
    case 'failed':
      return <IconXboxXFilled size={20} aria-hidden />;
    case 'running':
      return <Loader size={20} p={1} aria-hidden />;
    case 'open':
      return <IconCircleDashed size={20} stroke={1.75} aria-hidden />;
  }
}
