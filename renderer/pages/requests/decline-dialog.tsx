import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { say } from '../../../shared/language/say.ts';
import { REASON_LENGTH, type RequestView } from '../../../shared/requests.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';
import { sentenceOf } from './words.ts';

interface Declining {
  readonly request: RequestView;
  readonly onClose: () => void;
}

/** Says no to a request, with the reason that C1 is told. */
export function DeclineDialog({ opened, ...rest }: Declining & { opened: boolean }) {
  return (
    <Dialog opened={opened} title={say('requests.declineTheRequest')} onClose={rest.onClose}>
      {opened && <Reason {...rest} />}
    </Dialog>
  );
}

/** Its state lives as long as the dialog is open. */
function Reason({ request, onClose }: Declining) {
  const intents = useIntents();
  const action = useAction();
  const [reason, give] = useState('');
  const isGiven = reason.trim() !== '';
  const decline = async () => {
    const { id } = request;
    const declined = await action.run(() => intents.request({ move: 'decline', id, reason }));
    if (declined.ok) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isGiven) void decline();
      }}
    >
      <Stack gap="sm">
        <Text fw={600}>{sentenceOf(request)}</Text>
        <Textarea
          label={say('requests.why')}
          description={say('requests.theReasonGoesToC1')}
          value={reason}
          maxLength={REASON_LENGTH}
          rows={3}
          data-autofocus
          onChange={({ currentTarget }) => give(currentTarget.value)}
        />
        {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
      </Stack>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {say('requests.leaveItOpen')}
        </Button>
        <Button type="submit" color="red" disabled={!isGiven} loading={action.busy}>
          {say('requests.decline')}
        </Button>
      </DialogActions>
    </form>
  );
}
