import { Button, Text } from '@mantine/core';
import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { CopyButton } from './copy-button.tsx';
import { Disclosure } from './disclosure.tsx';
import classes from './failure-notice.module.css';
import { passes, waysOf } from './mend.ts';
import type { MendButton, Place } from './mend.ts';
import { useMends } from './mends.tsx';
import { Upcoming } from './moment.tsx';
import { Say } from './say.tsx';
import { ToneIcon } from './tone.tsx';

/** A failure in its own box: what happened, the next step, and the details for support. */
export function FailureNotice({
  failure,
  ...next
}: {
  failure: Failure;
} & ({ place: Place } | { ways: readonly MendButton[] })) {
  const ways = 'ways' in next ? next.ways : waysOf(failure, next.place);
  const tone = passes(failure) ? 'offline' : 'bad';
  return (
    <div className={classes['notice']} data-tone={tone} role="alert">
      <ToneIcon tone={tone} size={20} />
      <div className={classes['words']}>
        <Text>{failure.message}</Text>
        <NextTry failure={failure} />
        <div className={classes['actions']}>
          <MendingButtons ways={ways} />
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
      <Say word="failureNotice.nextTry" values={{ moment: <Upcoming at={failure.retryAt} /> }} />
    </Text>
  );
}

/** The buttons for what can be done, the likeliest first; none where time alone mends it. */
export function MendingButtons({ ways }: { ways: readonly MendButton[] }) {
  const mends = useMends();
  return ways.map(({ label, mend }, index) => (
    <Button
      key={label}
      size="xs"
      variant={index === 0 ? 'filled' : 'default'}
      onClick={mends[mend]}
    >
      {label}
    </Button>
  ));
}

/** Code and correlation ids, for whoever helps the user. */
export function FailureDetails({ failure }: { failure: Failure }) {
  return (
    <Disclosure label={say('failureNotice.details')}>
      <div className={classes['details']}>
        <code className={classes['code']}>
          {failure.code}
          {failure.detail !== undefined && ` · ${failure.detail}`}
        </code>
        <CopyButton
          copy={{ what: 'failureDetails', code: failure.code }}
          label={say('common.copyDetails')}
        />
      </div>
    </Disclosure>
  );
}
