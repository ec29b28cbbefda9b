import { IconCreditCard } from '@tabler/icons-react';
import type { AccessPlace, RoleShown } from '../../../shared/access-list.ts';
import { say } from '../../../shared/language/say.ts';
import classes from './role-chip.module.css';

/** A role: the more it allows, the heavier it looks. */
export function RoleChip({ role, where }: { role: RoleShown; where?: string }) {
  return (
    <span className={classes['chip']} data-weight={weightOf(role)} data-somewhere={where}>
      {role.name}
      {where !== undefined && <span className={classes['where']}> · {where}</span>}
    </span>
  );
}

/** What somebody is in one organisation; nothing where they are nobody there. */
export function Place({ place, where }: { place: AccessPlace; where?: string }) {
  const word = place.standing === 'removed' ? say('access.removed') : say('common.notTold');
  return (
    <span className={classes['place']}>
      {place.standing === 'holds' ? (
        place.roles.map((role) => (
          <RoleChip key={role.id} role={role} {...(where === undefined ? {} : { where })} />
        ))
      ) : (
        <span className={classes['chip']} data-weight={place.standing}>
          {word}
          {where !== undefined && <span className={classes['where']}> · {where}</span>}
        </span>
      )}
      {place.subscriber && <Pays />}
    </span>
  );
}

/** Who pays for an organisation. */
export function Pays() {
  return (
    <span
      className={classes['pays']}
      role="img"
      aria-label={say('access.subscriber')}
      title={`${say('access.subscriber')}: ${say('access.paysForIt')}`}
    >
      <IconCreditCard size={16} stroke={1.75} aria-hidden />
    </span>
  );
}

function weightOf({ order }: RoleShown): 'unknown' | 'light' | 'middle' | 'heavy' | 'full' {
  if (order === 0) return 'unknown';
  if (order >= 60) return 'full';
  if (order >= 50) return 'heavy';
  return order >= 30 ? 'middle' : 'light';
}
