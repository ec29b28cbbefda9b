import { Checkbox, Text } from '@mantine/core';
import { useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import { say } from '../../shared/language/say.ts';
import { Breakable } from './breakable.tsx';
import classes from './destination.module.css';
import type { DoubtedDestination } from './doubted.ts';
import { ToneIcon } from './tone.tsx';
import { useInSight } from './use-in-sight.ts';

/** Who will receive the data, in large type; a host that isn't C1's own is confirmed. */
export function DestinationCard({
  destination,
  confirmed,
  error,
  confirmation,
  onConfirm,
}: {
  destination: DoubtedDestination;
  confirmed: boolean;
  /** Why it must be confirmed first. */
  error: ReactNode;
  confirmation: RefObject<HTMLInputElement | null>;
  onConfirm: (confirmed: boolean) => void;
}) {
  const { host, doubt } = destination;
  const card = useRef<HTMLDivElement>(null);
  useInSight(card, true);
  return (
    <div ref={card} className={classes['destination']} data-unusual={doubt !== undefined}>
      <Text size="xs" c="dimmed">
        {say('destination.whoHasAccessToYour')}
      </Text>
      <p className={classes['host']}>
        <Breakable>{host}</Breakable>
      </p>
      {doubt !== undefined && (
        <div className={classes['unusual']}>
          <Text className={classes['warning']}>
            <ToneIcon tone="attention" size={20} />
            <span>{why(doubt)}</span>
          </Text>
          <Checkbox
            ref={confirmation}
            checked={confirmed}
            error={error}
            onChange={(event) => onConfirm(event.currentTarget.checked)}
            label={say('destination.iKnowWhoRunsAnd', { host })}
          />
        </div>
      )}
    </div>
  );
}

function why(doubt: NonNullable<DoubtedDestination['doubt']>): string {
  return doubt === 'unusual'
    ? say('destination.c1sOwnAddressesEndIn')
    : say('destination.theCredentialInUseIs', { insteadOf: doubt.insteadOf });
}
