import { Checkbox, Text } from '@mantine/core';
import { useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { Destination } from '../../shared/intents.ts';
import { Breakable } from './breakable.tsx';
import classes from './destination.module.css';
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
  destination: Destination;
  confirmed: boolean;
  /** Why it must be confirmed first. */
  error: ReactNode;
  confirmation: RefObject<HTMLInputElement | null>;
  onConfirm: (confirmed: boolean) => void;
}) {
  const card = useRef<HTMLDivElement>(null);
  useInSight(card, true);
  return (
    <div ref={card} className={classes['destination']} data-unusual={destination.unusual}>
      <Text size="xs" c="dimmed">
        Who has access to your organisations will be sent to
      </Text>
      <p className={classes['host']}>
        <Breakable>{destination.host}</Breakable>
      </p>
      {destination.unusual && (
        <div className={classes['unusual']}>
          <Text className={classes['warning']}>
            <ToneIcon tone="attention" size={20} />
            <span>
              C1’s own addresses end in .conductor.one; this one doesn’t. Whoever runs it would
              receive the name, e-mail address and roles of everyone in your Xero organisations.
            </span>
          </Text>
          <Checkbox
            ref={confirmation}
            checked={confirmed}
            error={error}
            onChange={(event) => onConfirm(event.currentTarget.checked)}
            label={`I know who runs ${destination.host}, and they may receive this data`}
          />
        </div>
      )}
    </div>
  );
}
