import { Text } from '@mantine/core';
import { useRef } from 'react';
import type { XeroAppPreview } from '../../shared/intents.ts';
import { ToneIcon } from '../parts/tone.tsx';
import { useInSight } from '../parts/use-in-sight.ts';
import classes from './understood.module.css';

const FORMS = {
  clientId: 'This has the form of a Xero client ID.',
  secret: 'This has the form of a Xero secret.',
  both: 'Both have the form that Xero gives them.',
} as const;

/** What the app understood of what was pasted; of a secret, its length and its end. */
export function Understood({ app, of }: { app: XeroAppPreview; of: keyof typeof FORMS }) {
  const line = useRef<HTMLParagraphElement>(null);
  useInSight(line, true);
  return (
    <Text ref={line} size="xs" className={classes['line']}>
      <ToneIcon tone="good" size={16} />
      <span>
        {FORMS[of]}
        {app.maskedSecret !== null && (
          <>
            {' '}
            Secret: <code className={classes['code']}>{app.maskedSecret}</code>
          </>
        )}
      </span>
    </Text>
  );
}
