import { Checkbox, Text } from '@mantine/core';
import type { ReactNode, RefObject } from 'react';
import type { CredentialPreview } from '../../shared/intents.ts';
import { Breakable } from './breakable.tsx';
import classes from './destination.module.css';
import { ToneIcon } from './tone.tsx';

/** Who will receive the data, in large type; a host that isn't C1's own is confirmed. */
export function Destination({
  preview,
  confirmed,
  error,
  confirmation,
  onConfirm,
}: {
  preview: CredentialPreview;
  confirmed: boolean;
  /** Why it must be confirmed first. */
  error: ReactNode;
  confirmation: RefObject<HTMLInputElement | null>;
  onConfirm: (confirmed: boolean) => void;
}) {
  return (
    <div className={classes['destination']} data-unusual={preview.unusualHost}>
      <Text size="xs" c="dimmed">
        Who has access to your organisations will be sent to
      </Text>
      <p className={classes['host']}>
        <Breakable>{preview.host}</Breakable>
      </p>
      <dl className={classes['facts']}>
        <div>
          <dt>Client ID</dt>
          <dd>{preview.clientId}</dd>
        </div>
        <div>
          <dt>Client secret</dt>
          <dd>{preview.maskedSecret}</dd>
        </div>
      </dl>
      {preview.unusualHost && (
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
            label={`I know who runs ${preview.host}, and they may receive this data`}
          />
        </div>
      )}
    </div>
  );
}
