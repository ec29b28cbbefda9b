import type { ReactNode } from 'react';
import { Title } from '../../parts/title.tsx';
import classes from './step-frame.module.css';

/** A step of first run: its sentence on top, its content, and what leads on or back at the foot. */
export function StepFrame({
  title,
  lead,
  children,
  back,
  onward,
}: {
  title: string;
  lead: string;
  children: ReactNode;
  back?: ReactNode;
  onward?: ReactNode;
}) {
  return (
    <>
      <div className={classes['scroll']}>
        <div className={classes['content']}>
          {/* The key moves the focus to each new title, also within one step. */}
          <Title key={title} lead={lead}>
            {title}
          </Title>
          {children}
        </div>
      </div>
      {(Boolean(back) || Boolean(onward)) && (
        <footer className={classes['foot']}>
          <div className={classes['bar']}>
            <div>{back}</div>
            <div className={classes['onward']}>{onward}</div>
          </div>
        </footer>
      )}
    </>
  );
}
