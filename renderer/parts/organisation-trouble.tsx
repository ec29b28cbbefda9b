import { Button, Text } from '@mantine/core';
import type { Failure, FailureCode } from '../../shared/errors.ts';
import { FailureDetails, MendingButton } from './failure-notice.tsx';
import { useMends } from './mends.tsx';
import classes from './organisation-trouble.module.css';

/** After these the admin has two ways: let the app in again, or let the organisation go. */
const DROPPED_OUT: ReadonlySet<FailureCode> = new Set(['organisationMissing', 'xeroForbidden']);

/** Why one organisation can't be read, and its ways out, within its own row. */
export function OrganisationTrouble({
  failure,
  canLetGo,
}: {
  failure: Failure;
  /** False where the tick boxes for it stand beside it anyway. */
  canLetGo: boolean;
}) {
  const mends = useMends();
  return (
    <div className={classes['trouble']}>
      <Text size="xs">{failure.message}</Text>
      <div className={classes['actions']}>
        {DROPPED_OUT.has(failure.code) ? (
          <>
            <Button size="xs" onClick={mends.reconnect}>
              Reconnect
            </Button>
            {canLetGo && (
              <Button variant="default" size="xs" onClick={mends.chooseOrganisations}>
                Stop governing it
              </Button>
            )}
          </>
        ) : (
          <MendingButton failure={failure} place="look" />
        )}
        <FailureDetails failure={failure} />
      </div>
    </div>
  );
}
