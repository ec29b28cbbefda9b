import { Button, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import type { DomainsShown } from '../../../shared/access-list.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { people } from '../../parts/numbers.ts';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';
import { WORDS } from './words.ts';

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
    <Dialog opened={opened} title={WORDS.ownDomains} onClose={onClose}>
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
        {WORDS.ownDomainsWhy}
        {source === 'guessed' && own.length > 0 && ` ${WORDS.ownDomainsGuessed}`}
      </Text>
      <TagsInput
        label={WORDS.ownDomains}
        description="Type a domain and press Enter, or choose from those that people have."
        data={found.map(({ domain }) => domain)}
        value={chosen}
        onChange={choose}
        acceptValueOnBlur
        maxTags={100}
      />
      <Text size="xs" c="dimmed">
        {found
          .slice(0, 6)
          .map((each) => `${each.domain}: ${people(each.people)}`)
          .join(' · ')}
      </Text>
      {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          Leave as it is
        </Button>
        <Button loading={action.busy} onClick={() => void save()}>
          {WORDS.save}
        </Button>
      </DialogActions>
    </>
  );
}
