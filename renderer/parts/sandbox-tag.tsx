import { IconFlask } from '@tabler/icons-react';
import classes from './sandbox-tag.module.css';

/** Says that nothing here is real. */
export function SandboxTag() {
  return (
    <p className={classes['tag']}>
      <IconFlask size={16} stroke={1.75} aria-hidden />
      <span>Sandbox: made-up data, no real Xero or C1.</span>
    </p>
  );
}
