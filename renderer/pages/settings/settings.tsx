import type { Snapshot } from '../../../shared/snapshot.ts';
import { Frame } from '../../parts/frame.tsx';
import { MendsProvider } from '../../parts/mends.tsx';
import { Title } from '../../parts/title.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useMendsThrough } from '../../xero-dialogs/use-mends.ts';
import { goTo } from '../../page.ts';
import { CaFileSetting } from './ca-file-setting.tsx';

const toStatus = () => goTo('status');

/** What the admin can set, each with a sentence on what it does. */
export function Settings({ snapshot }: { snapshot: Snapshot }) {
  const action = useAction();
  const mends = useMendsThrough(action, snapshot.xero, {
    toOrganisations: toStatus,
    toCredential: toStatus,
  });
  return (
    <MendsProvider value={mends}>
      <Frame app={snapshot.app} page="settings">
        <Title lead="How this app works on this computer. Each change holds at once.">
          Settings
        </Title>
        <CaFileSetting caFile={snapshot.caFile} action={action} />
      </Frame>
    </MendsProvider>
  );
}
