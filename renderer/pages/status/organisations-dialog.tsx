import { Button, Group, Text } from '@mantine/core';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { MendsProvider, useMends } from '../../parts/mends.tsx';
import { OrganisationChooser } from '../../parts/organisation-chooser.tsx';
import { organisationsOf } from '../../parts/sign-ins.ts';
import { useAction } from '../../parts/use-action.ts';
import { useChosenOrganisations } from '../../parts/use-chosen-organisations.ts';
import { useIntents } from '../../state.ts';

/** Changes which organisations are governed, and says what C1 makes of it. */
export function OrganisationsDialog({
  snapshot,
  opened,
  onClose,
}: {
  snapshot: Snapshot;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      opened={opened}
      title="Change which organisations are governed"
      width={560}
      onClose={onClose}
    >
      <Choice snapshot={snapshot} onClose={onClose} />
    </Dialog>
  );
}

/** Its state lives as long as the dialog is open, so that each opening starts from what holds. */
function Choice({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) {
  const intents = useIntents();
  const action = useAction();
  const chosen = useChosenOrganisations();
  const mends = useMends();
  const organisations = organisationsOf(snapshot.xero);
  const ids = chosen.ids(organisations);
  const dropped = organisations.some(
    (organisation) => organisation.governed && !chosen.isChosen(organisation),
  );
  const save = async () => {
    const result = await action.run(() => intents.chooseOrganisations({ ids }));
    if (result.ok) onClose();
  };
  return (
    <>
      <OrganisationChooser
        organisations={organisations}
        isChosen={chosen.isChosen}
        onToggle={chosen.toggle}
      />
      {ids.length === 0 && (
        <Text role="alert" c="var(--tone-bad)">
          No organisation is chosen. Tick at least one.
        </Text>
      )}
      {dropped && ids.length > 0 && (
        <Text role="status">
          With the next sync C1 sees everyone leave an unticked organisation. On a big drop C1
          pauses until somebody presses Confirm changes there.
        </Text>
      )}
      {action.failure !== null && (
        <MendsProvider value={{ ...mends, checkXero: () => void save() }}>
          <FailureNotice failure={action.failure} place="look" />
        </MendsProvider>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Leave as it is
        </Button>
        <Button disabled={ids.length === 0} loading={action.busy} onClick={() => void save()}>
          Save
        </Button>
      </Group>
    </>
  );
}
