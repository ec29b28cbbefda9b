import { Button, Text } from '@mantine/core';
import type { Failure } from '../../shared/errors.ts';
import type { Organisation, XeroSignIn } from '../../shared/snapshot.ts';
import { FailureDetails } from './failure-notice.tsx';
import { useMends } from './mends.tsx';
import { organisationWays } from './organisation-ways.ts';
import type { OrganisationWay } from './organisation-ways.ts';
import classes from './organisation-trouble.module.css';

/** Why one organisation can't be read, and its ways out, within its own row. */
export function OrganisationTrouble({
  organisation,
  failure,
  xero,
  among,
}: {
  organisation: Organisation;
  failure: Failure;
  xero: readonly XeroSignIn[];
  /** Among boxes to tick, whether it is governed is chosen there. */
  among: 'facts' | 'boxes';
}) {
  const ways = organisationWays(organisation, xero).filter(
    (way) => among === 'facts' || !('forIt' in way) || way.forIt === 'reconnect',
  );
  return (
    <div className={classes['trouble']}>
      <Text size="xs">{failure.message}</Text>
      <div className={classes['actions']}>
        {ways.map((way, index) => (
          <WayButton
            key={way.label}
            way={way}
            organisation={organisation}
            variant={index === 0 ? 'filled' : 'default'}
          />
        ))}
        <FailureDetails failure={failure} />
      </div>
    </div>
  );
}

function WayButton({
  way,
  organisation,
  variant,
}: {
  way: OrganisationWay;
  organisation: Organisation;
  variant: 'filled' | 'default';
}) {
  const mends = useMends();
  const press = () => {
    if ('forIt' in way) mends[way.forIt](organisation);
    else mends[way.mend]();
  };
  return (
    <Button size="xs" variant={variant} onClick={press}>
      {way.label}
    </Button>
  );
}
