import { Button, Text } from '@mantine/core';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { LossPreview } from '../../parts/loss-preview.tsx';
import { MendsProvider, useMends } from '../../parts/mends.tsx';
import { OrganisationChooser } from '../../parts/organisation-chooser.tsx';
import { organisationsOf } from '../../parts/sign-ins.ts';
import { useAction } from '../../parts/use-action.ts';
import { useChosenOrganisations } from '../../parts/use-chosen-organisations.ts';
import type { Choices } from '../../parts/use-chosen-organisations.ts';
import { useLoss } from '../../parts/use-loss.ts';
import { useIntents } from '../../state.ts';

/** Changes which organisations are governed, and says what C1 makes of it. */
export function OrganisationsDialog({
  snapshot,
  choices,
  onClose,
}: {
  snapshot: Snapshot;
  /** The ticks that it opens with; null while it is closed. */
  choices: Choices | null;
  onClose: () => void;
}) {
  return (
    <Dialog
      opened={choices !== null}
      title={say('organisationsDialog.changeWhichOrganisationsAreGoverned')}
      width={560}
      onClose={onClose}
    >
      {choices !== null && <Choice snapshot={snapshot} choices={choices} onClose={onClose} />}
    </Dialog>
  );
}

/** Its state lives as long as the dialog is open, so that each opening starts from what holds. */
function Choice({
  snapshot: { xero },
  choices,
  onClose,
}: {
  snapshot: Snapshot;
  choices: Choices;
  onClose: () => void;
}) {
  const intents = useIntents();
  const action = useAction();
  const chosen = useChosenOrganisations(choices);
  const mends = useMends();
  const organisations = organisationsOf(xero);
  const ids = chosen.ids(organisations);
  const dropped = organisations.filter(
    (organisation) => organisation.governed && !chosen.isChosen(organisation),
  );
  const loss = useLoss(dropped.map(({ id }) => id));
  const save = async () => {
    const result = await action.run(() => intents.chooseOrganisations({ ids }));
    if (result.ok) onClose();
  };
  return (
    <>
      <OrganisationChooser xero={xero} isChosen={chosen.isChosen} onToggle={chosen.toggle} />
      {ids.length === 0 && (
        <Text role="alert" c="var(--tone-bad)">
          {say('organisationsDialog.noOrganisationIsChosenTick')}
        </Text>
      )}
      {dropped.length > 0 && ids.length > 0 && <LossPreview loss={loss} afterwards="goes" />}
      {action.failure !== null && (
        <MendsProvider value={{ ...mends, checkXero: () => void save() }}>
          <FailureNotice failure={action.failure} place="look" />
        </MendsProvider>
      )}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {say('common.leaveAsItIs')}
        </Button>
        <Button
          disabled={ids.length === 0 || (dropped.length > 0 && loss === null)}
          loading={action.busy}
          onClick={() => void save()}
        >
          {say('common.save')}
        </Button>
      </DialogActions>
    </>
  );
}
