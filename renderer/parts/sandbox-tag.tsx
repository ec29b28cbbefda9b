import { IconFlask } from '@tabler/icons-react';
import { say } from '../../shared/language/say.ts';
import classes from './sandbox-tag.module.css';

/** Says that nothing here is real. */
export function SandboxTag() {
  return (
    <p className={classes['tag']}>
      <IconFlask size={16} stroke={1.75} aria-hidden />
      <span>{say('sandboxTag.sandboxMadeUpDataNo')}</span>
    </p>
  );
}
