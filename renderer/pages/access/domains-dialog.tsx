import { Button, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import type { DomainsShown } from '../../../shared/access-list.ts';
import { say } from '../../../shared/language/say.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';

/** Says which e-mail domains are the company's own, so that others stand out. */
export function DomainsDialog({
  domains,
  opened,
  onClose,
  onSaved,
}: {
  domains: DomainsShown;
  opened: boolean;
  onClose: () => void;
  onSaved: () => void;
}) {
  return (
    <Dialog opened={opened} title={say('access.yourEMailDomains')} onClose={onClose}>
      {opened && <Choice domains={domains} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

function Choice({
  domains: { own, source, found },
  onClose,
  onSaved,
}: {
  domains: DomainsShown;
  onClose: () => void;
  onSaved: () => void;
}) {
  const intents = useIntents();
  const action = useAction();
  const [chosen, choose] = useState<string[]>([...own]);
  const save = async () => {
    const saved = await action.run(() => intents.chooseOwnDomains({ domains: chosen }));
    if (saved.ok) onSaved();
  };
  return (
    <>
      <Text>
        {say('access.whoeverHasAnotherAddressCounts')}
        {source === 'guessed' && own.length > 0 && ` ${say('access.guessedFromTheAddressesThat')}`}
      </Text>
      <TagsInput
        label={say('access.yourEMailDomains')}
        description={say('domainsDialog.typeADomainAndPress')}
        data={found.map(({ domain }) => domain)}
        value={chosen}
        onChange={choose}
        acceptValueOnBlur
        maxTags={100}
      />
      <Text size="xs" c="dimmed">
        {found
          .slice(0, 6)
          .map((each) => `${each.domain}: ${say('count.person', { count: each.people })}`)
          .join(' · ')}
      </Text>
      {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {say('common.leaveAsItIs')}
        </Button>
        <Button loading={action.busy} onClick={() => void save()}>
          {say('common.save')}
        </Button>
      </DialogActions>
    </>
  );
}
