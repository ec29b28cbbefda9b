import { Button, Group } from '@mantine/core';
import { useCallback, useState } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { ChosenSettings } from '../../../shared/settings-schema.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Frame } from '../../parts/frame.tsx';
import { MendsProvider } from '../../parts/mends.tsx';
import { organisationsOf } from '../../parts/sign-ins.ts';
import { Title } from '../../parts/title.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useMendsThrough } from '../../xero-dialogs/use-mends.ts';
import { goTo } from '../../page.ts';
import { useIntents } from '../../state.ts';
import { OrganisationsDialog } from '../status/organisations-dialog.tsx';
import { CaFileSetting } from './ca-file-setting.tsx';
import { Diagnostics } from './diagnostics.tsx';
import { Erase } from './erase.tsx';
import { Everyday } from './everyday.tsx';
import { Ids } from './ids.tsx';
import { RequestsSetting } from './requests-setting.tsx';
import { Setting } from './setting.tsx';
import { WaysSetting } from './ways-setting.tsx';

const toStatus = () => goTo('status');
const NO_CHOICES = new Map<string, boolean>();

/** What the admin can set, each with a sentence on what it does; what can't be undone stands last. */
export function Settings({ snapshot }: { snapshot: Snapshot }) {
  const intents = useIntents();
  const trusting = useAction();
  const changing = useAction();
  const [choosing, choose] = useState(false);
  const toOrganisations = useCallback(() => choose(true), []);
  const mends = useMendsThrough(trusting, snapshot.xero, {
    toOrganisations,
    toCredential: toStatus,
  });
  const change = (settings: Partial<ChosenSettings>) =>
    void changing.run(() => intents.changeSettings(settings));
  const props = { settings: snapshot.settings, busy: changing.busy, change };
  return (
    <MendsProvider value={mends}>
      <Frame app={snapshot.app} page="settings">
        <Title lead={say('settings.howThisAppWorksOn')}>{say('common.settings')}</Title>
        {changing.failure !== null && <FailureNotice failure={changing.failure} ways={[]} />}
        <Everyday {...props} />
        <Setting title={say('common.organisations')} says={say('settings.c1SeesTheAccessOf')}>
          <Group>
            <Button variant="default" onClick={toOrganisations}>
              {say('common.chooseOrganisations')}
            </Button>
          </Group>
        </Setting>
        <RequestsSetting {...props} />
        <WaysSetting host={'credential' in snapshot.c1 ? snapshot.c1.credential.host : null} />
        <CaFileSetting caFile={snapshot.caFile} action={trusting} />
        <Ids {...props} organisations={organisationsOf(snapshot.xero)} />
        <Diagnostics />
        <Erase />
      </Frame>
      <OrganisationsDialog
        snapshot={snapshot}
        choices={choosing ? NO_CHOICES : null}
        onClose={() => choose(false)}
      />
    </MendsProvider>
  );
}
