import { IconArrowRight, IconEye, IconShieldCheck } from '@tabler/icons-react';
import { Say } from '../../parts/say.tsx';
import classes from './promises.module.css';

/** What the app reads, what it never does, and where the data goes: three lines. */
export function Promises() {
  return (
    <ul className={classes['list']}>
      <li>
        <IconEye size={20} stroke={1.75} aria-hidden />
        <span>
          <Say word="promises.readsEachOrganisationsDetailsAnd" />
        </span>
      </li>
      <li>
        <IconShieldCheck size={20} stroke={1.75} aria-hidden />
        <span>
          <Say word="promises.neverChangesAnythingInXero" />
        </span>
      </li>
      <li>
        <IconArrowRight size={20} stroke={1.75} aria-hidden />
        <span>
          <Say word="promises.sendsTheListToYour" />
        </span>
      </li>
    </ul>
  );
}
