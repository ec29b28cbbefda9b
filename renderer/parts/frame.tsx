import {
  IconActivityHeartbeat,
  IconHistory,
  IconInbox,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { say } from '../../shared/language/say.ts';
import type { AppInfo } from '../../shared/snapshot.ts';
import { PRODUCT_NAME } from '../../shared/words.ts';
import type { PageId } from '../page.ts';
import classes from './frame.module.css';
import { PausedMark } from './paused-mark.tsx';
import { OpenRequests } from './open-requests.tsx';
import { Rail } from './rail.tsx';
import { SandboxTag } from './sandbox-tag.tsx';

/** The pages of the rail. */
const PAGES = [
  { id: 'status', name: say('frame.status'), Icon: IconActivityHeartbeat },
  { id: 'access', name: say('common.access'), Icon: IconUsers },
  { id: 'requests', name: say('common.requests'), Icon: IconInbox },
  { id: 'history', name: say('common.history'), Icon: IconHistory },
  { id: 'settings', name: say('common.settings'), Icon: IconSettings },
] as const;

/** The frame of the app after first run: the rail on the left, the page beside it. */
export function Frame({
  app,
  page,
  layout = 'text',
  children,
}: {
  app: AppInfo;
  page: PageId;
  /** A table takes all of the window, and scrolls by itself. */
  layout?: 'text' | 'table';
  children: ReactNode;
}) {
  return (
    <div className={classes['frame']}>
      <Rail label={PRODUCT_NAME} classNames={classes}>
        <nav aria-label={say('frame.pages')} className={classes['pages']}>
          {PAGES.map(({ id, name, Icon }) => (
            <a
              key={id}
              href={`#${id}`}
              className={classes['link']}
              aria-current={id === page ? 'page' : undefined}
            >
              <Icon size={20} stroke={1.75} aria-hidden />
              <span className={classes['name']}>{name}</span>
              {id === 'requests' && <OpenRequests />}
            </a>
          ))}
        </nav>
        <div className={classes['foot']}>
          {/* The status page says it, and offers it, in its first sentence and on its card. */}
          {page !== 'status' && <PausedMark />}
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
      <main className={classes['main']}>
        <div className={classes['content']} data-layout={layout}>
          {children}
        </div>
      </main>
    </div>
  );
}
