import { Checkbox, Text } from '@mantine/core';
import { useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
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
        Who has access to your organisations will be sent to
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
            label={`I know who runs ${host}, and they may receive this data`}
          />
        </div>
      )}
    </div>
  );
}

function why(doubt: NonNullable<DoubtedDestination['doubt']>): string {
  return doubt === 'unusual'
    ? 'C1’s own addresses end in .conductor.one; this one doesn’t. Whoever runs it would receive the name, e-mail address and roles of everyone in your Xero organisations.'
    : `The credential in use is for ${doubt.insteadOf}; this one is for another C1. It would receive the name, e-mail address and roles of everyone in your Xero organisations.`;
}
