import { Button, Loader, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { say } from '../../../shared/language/say.ts';
import type { C1State, Snapshot } from '../../../shared/snapshot.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { CheckList } from '../../parts/check-list.tsx';
import { Counts } from '../../parts/counts.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Moment } from '../../parts/moment.tsx';
import { size } from '../../parts/numbers.ts';
import { Say } from '../../parts/say.tsx';
import { SyncProgressBar } from '../../parts/sync-progress-bar.tsx';
import { ToneIcon } from '../../parts/tone.tsx';
import { useIntents, useNow } from '../../state.ts';
import classes from './c1-progress.module.css';
import { firstUploadOf } from './first-upload.ts';
import type { FirstUpload } from './first-upload.ts';

/** The host, the three checks, and the first upload. */
export function C1Progress({ snapshot }: { snapshot: Snapshot }) {
  const { c1 } = snapshot;
  const upload = firstUploadOf(snapshot, useNow());
  if (c1.kind === 'none') return null;
  return (
    <>
      <C1Checks c1={c1} />
      {c1.kind === 'offline' && <FailureNotice failure={c1.because} place="c1" />}
      {upload.kind !== 'none' && (
        <section className={classes['card']}>
          <Title order={2} mb={8}>
            {say('c1Progress.firstUpload')}
          </Title>
          <UploadState upload={upload} />
        </section>
      )}
    </>
  );
}

/** Who is asked, and how far the proof of the credential has come. */
export function C1Checks({ c1 }: { c1: C1State }) {
  return (
    <section className={classes['card']}>
      {c1.kind !== 'none' && (
        <p className={classes['host']}>
          <Breakable>{c1.credential.host}</Breakable>
        </p>
      )}
      <CheckList c1={c1} />
    </section>
  );
}

function UploadState({ upload }: { upload: Exclude<FirstUpload, { kind: 'none' }> }) {
  switch (upload.kind) {
    case 'waiting':
      return (
        <div className={classes['line']} role="status">
          <Loader size={20} aria-hidden />
          <Text>{say('c1Progress.waitingForC1ToAsk')}</Text>
        </div>
      );
    case 'quiet':
      return (
        <div role="status">
          <div className={classes['line']}>
            <ToneIcon tone="waiting" size={20} />
            <Text>
              <Say word="c1Progress.c1HasntAskedForData" />
            </Text>
          </div>
          <OpenC1 label={say('common.openC1')} />
        </div>
      );
    case 'running':
      return <SyncProgressBar progress={upload.progress} />;
    case 'failed':
      return <FailureNotice failure={upload.because} place="c1" />;
    case 'received':
      return (
        <>
          <div className={classes['line']} role="status">
            <ToneIcon tone="good" size={20} />
            <Text>
              <Say
                word="c1Progress.c1ReceivedBytesMoment"
                values={{
                  bytes: size(upload.upload.bytes),
                  moment: <Moment at={upload.upload.at} />,
                }}
              />
            </Text>
          </div>
          <div className={classes['counts']}>
            <Counts counts={upload.upload.counts} />
          </div>
          <Text size="xs" c="dimmed">
            {say('c1Progress.toLookAtItIn')}
          </Text>
          <OpenC1 label={say('c1Progress.lookAtItInC1')} />
        </>
      );
  }
}

function OpenC1({ label }: { label: string }) {
  const intents = useIntents();
  return (
    <Button
      variant="light"
      size="xs"
      mt={12}
      rightSection={<IconExternalLink size={14} stroke={2} aria-hidden />}
      onClick={() => void intents.openPage({ page: 'c1Tenant' })}
    >
      {label}
    </Button>
  );
}
