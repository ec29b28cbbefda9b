import { IconActivityHeartbeat } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AppInfo } from '../../../shared/snapshot.ts';
import { PRODUCT_NAME } from '../../../shared/words.ts';
import { Rail } from '../../parts/rail.tsx';
import { SandboxTag } from '../../parts/sandbox-tag.tsx';
import classes from './frame.module.css';

/** The pages of the rail; more join as they are built. */
const PAGES = [{ id: 'status', name: 'Status', Icon: IconActivityHeartbeat }] as const;

/** The frame of the app after first run: the rail on the left, the page beside it. */
export function Frame({ app, children }: { app: AppInfo; children: ReactNode }) {
  return (
    <div className={classes['frame']}>
      <Rail label={PRODUCT_NAME} classNames={classes}>
        <nav aria-label="Pages">
          {PAGES.map(({ id, name, Icon }) => (
            <a key={id} href={`#${id}`} className={classes['link']} aria-current="page">
              <Icon size={20} stroke={1.75} aria-hidden />
              <span className={classes['name']}>{name}</span>
            </a>
          ))}
        </nav>
        <div className={classes['foot']}>
          {app.sandbox && (
            <div className={classes['sandbox']}>
              <SandboxTag />
            </div>
          )}
          <p className={classes['version']}>
            {app.version}
            <span className={classes['runtime']}> · {app.runtime}</span>
          </p>
        </div>
      </Rail>
      <main id="status" className={classes['main']}>
        <div className={classes['content']}>{children}</div>
      </main>
    </div>
  );
}
