import { Text } from '@mantine/core';
import { useRef } from 'react';
import type { XeroAppPreview } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import { Say } from '../parts/say.tsx';
import { ToneIcon } from '../parts/tone.tsx';
import { useInSight } from '../parts/use-in-sight.ts';
import classes from './understood.module.css';

const FORMS = {
  clientId: say('understood.thisHasTheFormOf'),
  secret: say('understood.thisHasTheFormOfA'),
  both: say('understood.bothHaveTheFormThat'),
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
            <Say
              word="understood.secretMaskedSecret"
              values={{ maskedSecret: <code className={classes['code']}>{app.maskedSecret}</code> }}
            />
          </>
        )}
      </span>
    </Text>
  );
}
