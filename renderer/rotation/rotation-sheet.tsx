import { Button, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { IntentArgument } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { CheckSteps } from '../parts/check-list.tsx';
import { ClearClipboard } from '../parts/clear-clipboard.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { MendsProvider, useMends } from '../parts/mends.tsx';
import { useAction } from '../parts/use-action.ts';
import { useIntents } from '../state.ts';
import { FirstCredential } from './first-credential.tsx';
import { Pair, Stations } from './overview.tsx';
import { Paste } from './paste.tsx';
import { Question } from './question.tsx';
import classes from './sheet.module.css';
import { checksIn, stationOf } from './stations.ts';
import { ENDED, HEADINGS } from './words.ts';

/** Changes the C1 credential, from Rotate in C1 to revoking the old one; it may be closed and opened again at any point. */
export function RotationSheet({
  snapshot,
  opened,
  onClose,
}: {
  snapshot: Snapshot;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog opened={opened} title={titleOf(snapshot)} width={680} onClose={onClose}>
      <Opened snapshot={snapshot} onClose={onClose} />
    </Dialog>
  );
}

/** Without a credential there is nothing to rotate; what it began as, the sheet stays. */
function Opened({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) {
  const [first] = useState(snapshot.c1.kind === 'none');
  return first ? (
    <FirstCredential snapshot={snapshot} onClose={onClose} />
  ) : (
    <Rotating snapshot={snapshot} onClose={onClose} />
  );
}

function Rotating({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) {
  const intents = useIntents();
  const action = useAction();
  const outer = useMends();
  // Another one may be pasted before the one that is stuck was let go.
  const [pasting, setPasting] = useState(false);
  const { rotation, c1, sync } = snapshot;
  const move = (argument: IntentArgument<'rotate'>) => action.run(() => intents.rotate(argument));
  const keepOld = async () => {
    const kept = await move({ move: 'cancel' });
    if (kept.ok) onClose();
  };
  const shown = pasting && rotation.kind === 'stuck' ? 'paste' : rotation.kind;
  const mends = {
    ...outer,
    retryC1: () => void move({ move: rotation.kind === 'trial' ? 'rollBack' : 'retry' }),
    pasteCredential: () => setPasting(true),
  };
  // What C1 has ended can't be gone back to, and isn't offered again.
  const canGoBack = rotation.kind === 'trial' && rotation.because?.code !== 'credentialRejected';
  const wentBack = rotation.kind === 'ended' && rotation.how === 'rolledBack';
  const body = (): ReactNode => {
    if (shown === 'none' || shown === 'paste')
      return <Paste c1={c1} onPasted={() => setPasting(false)} onCancel={onClose} />;
    switch (rotation.kind) {
      case 'none':
        return null;
      case 'asking':
        return (
          <Question
            busy={action.busy}
            onAnswer={(connector) => void move({ move: 'answer', connector })}
            onKeepOld={() => void keepOld()}
          />
        );
      case 'checking':
      case 'switching':
        return (
          <>
            <Text>{waitingWords(rotation.kind, sync)}</Text>
            <DialogActions>
              <KeepOld onClick={() => void keepOld()} />
              <Close onClick={onClose} />
            </DialogActions>
          </>
        );
      case 'stuck':
        return (
          <>
            <Text>{say('rotation.theOldCredentialIsStill')}</Text>
            <DialogActions>
              <KeepOld onClick={() => void keepOld()} />
              <Button variant="default" onClick={() => setPasting(true)}>
                {say('rotation.pasteAnother')}
              </Button>
              <Button loading={action.busy} onClick={() => void move({ move: 'retry' })}>
                {say('common.tryAgain')}
              </Button>
            </DialogActions>
          </>
        );
      case 'trial':
        return (
          <>
            {rotation.because !== null && <FailureNotice failure={rotation.because} ways={[]} />}
            {canGoBack && (
              <Text>
                {rotation.rollingBack
                  ? say('rotation.c1IsAskedWhetherIt')
                  : say('rotation.theOldOneIsKept')}
              </Text>
            )}
            <ClearClipboard />
            <DialogActions>
              {canGoBack && (
                <Button
                  variant="default"
                  loading={rotation.rollingBack}
                  onClick={() => void move({ move: 'rollBack' })}
                >
                  {say('rotation.goBackToTheOld')}
                </Button>
              )}
              <Close onClick={onClose} />
            </DialogActions>
          </>
        );
      case 'ended': {
        const end = () => void move({ move: 'close' }).then(onClose);
        return (
          <>
            <Text>{ENDED[rotation.how]}</Text>
            <DialogActions>
              <Button variant="default" onClick={outer.openC1}>
                {say('common.openC1')}
              </Button>
              <Close onClick={end} />
            </DialogActions>
          </>
        );
      }
    }
  };
  const atRollBack = rotation.kind === 'trial';
  return (
    <MendsProvider value={mends}>
      {!wentBack && <Stations at={shown === 'paste' ? 0 : stationOf(rotation)} />}
      <Heading>{headingOf(rotation, shown === 'paste')}</Heading>
      {rotation.kind === 'stuck' && shown === 'stuck' && (
        <FailureNotice failure={rotation.because} ways={[]} />
      )}
      <Pair snapshot={snapshot} />
      {(shown === 'checking' || shown === 'asking' || shown === 'stuck') && (
        <CheckSteps checks={checksIn(rotation)} />
      )}
      {action.failure !== null && !atRollBack && (
        <FailureNotice failure={action.failure} ways={[]} />
      )}
      {body()}
    </MendsProvider>
  );
}

/** Takes the focus when what it says changes, so that nobody is left where a button was. */
function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [children]);
  return (
    <h2 ref={heading} tabIndex={-1} className={classes['heading']} data-autofocus>
      {children}
    </h2>
  );
}

function KeepOld({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="default" onClick={onClick}>
      {say('rotation.keepTheOldOne')}
    </Button>
  );
}

function Close({ onClick }: { onClick: () => void }) {
  return <Button onClick={onClick}>{say('common.close')}</Button>;
}

function titleOf({ c1 }: Snapshot): string {
  return c1.kind === 'none'
    ? say('rotation.pasteTheC1Credential')
    : say('rotation.changeTheC1Credential');
}

function waitingWords(kind: 'checking' | 'switching', sync: Snapshot['sync']): string {
  if (kind === 'checking') return say('rotation.thisTakesAFewSeconds');
  const forC1 = sync.kind === 'reading' ? sync.for === 'c1' : sync.kind === 'writing';
  return forC1 || sync.kind === 'uploading'
    ? say('rotation.c1AcceptsTheNewCredentialA')
    : say('rotation.c1AcceptsTheNewCredential');
}

function headingOf(rotation: Snapshot['rotation'], isPasting: boolean): string {
  if (isPasting || rotation.kind === 'none') return say('rotation.makeANewCredentialIn');
  if (rotation.kind === 'stuck')
    return HEADINGS[rotation.at === 'switch' ? 'stuckSwitch' : 'stuck'];
  if (rotation.kind === 'trial' && rotation.rollingBack) return say('rotation.goingBackToTheOld');
  return rotation.kind === 'ended' ? HEADINGS[rotation.how] : HEADINGS[rotation.kind];
}
