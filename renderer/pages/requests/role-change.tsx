import { VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { say } from '../../../shared/language/say.ts';
import type { RequestPlace } from '../../../shared/requests.ts';
import { XERO_ROLES } from '../../../shared/words.ts';
import { ToneIcon } from '../../parts/tone.tsx';
import { RoleChip } from '../access/role-chip.tsx';
import classes from './role-change.module.css';

/** What they hold today and what was asked for, in each organisation; what they hold alone where that is as asked. */
export function RoleChange({
  places,
  endingRole,
}: {
  places: readonly RequestPlace[];
  /** The role that is to end, whatever comes after it; null where it is said what does. */
  endingRole: string | null;
}) {
  return (
    <ul className={classes['places']} aria-label={say('requests.todayAndAsked')}>
      {places.map(({ organisation, today, asked, done }) => (
        <li key={organisation.id} className={classes['place']}>
          <Held role={today} />
          {!done && (
            <span className={classes['asked']}>
              <IconArrowRight size={16} aria-hidden className={classes['arrow']} />
              <VisuallyHidden>{say('requests.askedFor')}</VisuallyHidden>
              <Held role={endingRole === null ? asked : say('requests.noLonger', { endingRole })} />
            </span>
          )}
          {done && <ToneIcon tone="good" />}
          <span className={classes['where']}>
            {done
              ? say('requests.asAskedIn', { organisation: organisation.name })
              : organisation.name}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Held({ role }: { role: string | null }) {
  const name = role ?? say('requests.noAccess');
  const order = XERO_ROLES.find((each) => each.name === role)?.order ?? 0;
  return <RoleChip role={{ id: name, name, order }} />;
}
