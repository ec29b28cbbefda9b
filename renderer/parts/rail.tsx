import type { ReactNode } from 'react';
import { PRODUCT_NAME } from '../../shared/words.ts';
import { Mark } from './mark.tsx';
import classes from './rail.module.css';

interface RailProps {
  readonly label: string;
  /** The page's own classes; those called `rail`, `product` and `name` join the ones here. */
  readonly classNames: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

/** The left side of the window, at first run and after it: the product, and below it what the page puts there. */
export function Rail({ label, classNames, children }: RailProps) {
  const both = (name: string): string =>
    [classes[name], classNames[name]].filter((it) => it !== undefined).join(' ');
  return (
    <aside className={both('rail')} aria-label={label}>
      <div className={both('product')}>
        <Mark />
        <span className={both('name')}>{PRODUCT_NAME}</span>
      </div>
      {children}
    </aside>
  );
}
