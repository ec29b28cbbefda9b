import { Button, Group, Text, Title } from '@mantine/core';
import { say } from '../../../shared/language/say.ts';
import type { CaFileState } from '../../../shared/snapshot.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useMends } from '../../parts/mends.tsx';
import { absoluteDay } from '../../parts/time.ts';
import type { Action } from '../../parts/use-action.ts';
import { ValueLine, ValueList } from '../../parts/value-line.tsx';
import { useIntents } from '../../state.ts';
import classes from './settings.module.css';

/** More of a bundle's names than these say little. */
const MOST_NAMES = 3;

/** The certificate authority of a network that inspects what is sent. */
export function CaFileSetting({ caFile, action }: { caFile: CaFileState | null; action: Action }) {
  const intents = useIntents();
  const mends = useMends();
  const because = caFile?.state.kind === 'unusable' ? caFile.state.because : null;
  const failure = action.failure ?? because;
  return (
    <section className={classes['setting']}>
      <Title order={2}>{say('caFileSetting.certificateAuthority')}</Title>
      <Text maw={600}>{say('caFileSetting.someNetworksInspectWhatIs')}</Text>
      {caFile !== null && <Chosen caFile={caFile} />}
      {failure !== null && <FailureNotice failure={failure} place="look" />}
      <Group gap="sm">
        {failure?.next !== 'chooseCaFile' && (
          <Button variant="default" loading={action.busy} onClick={mends.chooseCaFile}>
            {caFile === null
              ? say('caFileSetting.chooseAFile')
              : say('caFileSetting.chooseAnotherFile')}
          </Button>
        )}
        {caFile !== null && (
          <Button
            variant="default"
            disabled={action.busy}
            onClick={() => void action.run(() => intents.forgetCaFile())}
          >
            {because === null
              ? say('caFileSetting.stopTrustingIt')
              : say('caFileSetting.forgetTheFile')}
          </Button>
        )}
      </Group>
    </section>
  );
}

function Chosen({ caFile: { path, state } }: { caFile: CaFileState }) {
  return (
    <>
      <ValueList>
        <ValueLine name={say('caFileSetting.file')} value={path} />
      </ValueList>
      {state.kind === 'trusted' && (
        <Text role="status">
          {say('caFileSetting.trustedUntil', {
            names: namesOf(state.names),
            validUntil: absoluteDay(state.validUntil),
          })}
        </Text>
      )}
    </>
  );
}

function namesOf(names: readonly string[]): string {
  const [most, left] = [names.slice(0, MOST_NAMES), names.length - MOST_NAMES];
  return left > 0 ? say('caFileSetting.andMore', { most: most.join(', '), left }) : most.join(', ');
}
