import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { say } from '../../../shared/language/say.ts';
import type { AppInfo } from '../../../shared/snapshot.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { ValueLine, ValueList } from '../../parts/value-line.tsx';
import { useIntents } from '../../state.ts';

/** A way to try the app without an account at Xero, where the made-up data is at hand. */
export function TrySample({ app }: { app: AppInfo }) {
  const intents = useIntents();
  const action = useAction();
  if (app.sample?.kind !== 'available') return null;
  return (
    <div>
      {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
      <Button
        variant="subtle"
        size="xs"
        loading={action.busy}
        leftSection={<IconFlask size={16} stroke={1.75} aria-hidden />}
        onClick={() => void action.run(intents.openSample)}
      >
        {say('sample.tryItWithSampleData')}
      </Button>
    </div>
  );
}

/** What to enter where nothing is real. */
export function SampleValue({ app, of }: { app: AppInfo; of: 'clientId' | 'c1Page' }) {
  if (app.sample?.kind !== 'open') return null;
  const { name, copy } = VALUES[of];
  return (
    <ValueList>
      <ValueLine name={name} value={app.sample[of]}>
        <CopyButton copy={{ what: copy }} what={name} />
      </ValueLine>
    </ValueList>
  );
}

const VALUES = {
  clientId: { name: say('sample.sampleClientID'), copy: 'sampleClientId' },
  c1Page: { name: say('sample.sampleC1'), copy: 'sampleC1Page' },
} as const;
