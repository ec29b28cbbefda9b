import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import classes from './disclosure.module.css';

/** A line that opens to more. Tucked-away content is absent, so that Tab doesn't wander into it. */
export function Disclosure({
  label,
  openAtFirst = false,
  children,
}: {
  label: string;
  openAtFirst?: boolean;
  children: ReactNode;
}) {
  const [chosen, choose] = useState<boolean | null>(null);
  const open = chosen ?? openAtFirst;
  const id = useId();
  return (
    <div>
      <button
        type="button"
        className={classes['button']}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => choose(!open)}
      >
        <IconChevronRight size={16} stroke={2} aria-hidden className={classes['chevron']} />
        {label}
      </button>
      {open && (
        <div id={id} className={classes['content']}>
          {children}
        </div>
      )}
    </div>
  );
}
