import { Button, Text } from '@mantine/core';
import type { Failure } from '../../shared/errors.ts';
import { CopyButton } from './copy-button.tsx';
import { Disclosure } from './disclosure.tsx';
import classes from './failure-notice.module.css';
import { mendOf, passes } from './mend.ts';
import type { Place } from './mend.ts';
import { useMends } from './mends.tsx';
import { Moment } from './moment.tsx';
import { ToneIcon } from './tone.tsx';

/** A failure in its own box: what happened, the one next step, and the details for support. */
export function FailureNotice({ failure, place }: { failure: Failure; place: Place }) {
  const tone = passes(failure) ? 'offline' : 'bad';
  return (
    <div className={classes['notice']} data-tone={tone} role="alert">
      <ToneIcon tone={tone} size={20} />
      <div className={classes['words']}>
        <Text>{failure.message}</Text>
        <NextTry failure={failure} />
        <div className={classes['actions']}>
          <MendingButton failure={failure} place={place} />
          <FailureDetails failure={failure} />
        </div>
      </div>
    </div>
  );
}

export function NextTry({ failure }: { failure: Failure }) {
  if (failure.retryAt === undefined) return null;
  return (
    <Text size="xs" c="dimmed">
      Next try: <Moment at={failure.retryAt} />.
    </Text>
  );
}

/** The button for a failure's next step; nothing where time alone mends it. */
export function MendingButton({ failure, place }: { failure: Failure; place: Place }) {
  const mends = useMends();
  const button = mendOf(failure, place);
  if (button === null) return null;
  return (
    <Button size="xs" onClick={mends[button.mend]}>
      {button.label}
    </Button>
  );
}

/** Code and correlation ids, for whoever helps the user. */
export function FailureDetails({ failure }: { failure: Failure }) {
  return (
    <Disclosure label="Details">
      <div className={classes['details']}>
        <code className={classes['code']}>
          {failure.code}
          {failure.detail !== undefined && ` · ${failure.detail}`}
        </code>
        <CopyButton copy={{ what: 'failureDetails', code: failure.code }} label="Copy details" />
      </div>
    </Disclosure>
  );
}
