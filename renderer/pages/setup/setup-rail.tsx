import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconLock } from '@tabler/icons-react';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { Rail } from '../../parts/rail.tsx';
import { SandboxTag } from '../../parts/sandbox-tag.tsx';
import classes from './setup-rail.module.css';
import { stepsOf } from './steps.ts';
import type { Step } from './steps.ts';

/** The left side of first run: where one is, and what has been done. */
export function SetupRail({ snapshot, current }: { snapshot: Snapshot; current: Step }) {
  return (
    <Rail label={say('setupRail.setUp')} classNames={classes}>
      <ol className={classes['steps']}>
        {stepsOf(snapshot).map(({ step, title, done, facts }, index) => (
          <li
            key={step}
            className={classes['step']}
            aria-current={step === current ? 'step' : undefined}
            data-done={done}
          >
            <span className={classes['number']}>
              {done ? <IconCheck size={16} stroke={2.5} aria-hidden /> : index + 1}
              {done && <VisuallyHidden>{say('setupRail.done')}</VisuallyHidden>}
            </span>
            <div className={classes['words']}>
              <p className={classes['title']}>{title}</p>
              {facts.map((fact) => (
                <p key={fact} className={classes['fact']}>
                  <Breakable>{fact}</Breakable>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
      <div className={classes['foot']}>
        {snapshot.app.sandbox && <SandboxTag />}
        <p className={classes['promise']}>
          <IconLock size={16} stroke={1.75} aria-hidden />
          <span>{say('setupRail.signInsAndCredentialsStay')}</span>
        </p>
      </div>
    </Rail>
  );
}
