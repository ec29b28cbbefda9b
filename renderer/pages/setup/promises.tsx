import { IconArrowRight, IconEye, IconShieldCheck } from '@tabler/icons-react';
import classes from './promises.module.css';

/** What the app reads, what it never does, and where the data goes: three lines. */
export function Promises() {
  return (
    <ul className={classes['list']}>
      <li>
        <IconEye size={20} stroke={1.75} aria-hidden />
        <span>
          <b>Reads</b> each organisation’s details and its people’s names, e-mails and roles.
        </span>
      </li>
      <li>
        <IconShieldCheck size={20} stroke={1.75} aria-hidden />
        <span>
          <b>Never</b> changes anything in Xero, or sees invoices, bank accounts or payroll.
        </span>
      </li>
      <li>
        <IconArrowRight size={20} stroke={1.75} aria-hidden />
        <span>
          <b>Sends</b> the list to your company’s C1, and to nobody else.
        </span>
      </li>
    </ul>
  );
}
