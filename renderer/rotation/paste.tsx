import { Button, Text } from '@mantine/core';
import { useRef } from 'react';
import type { C1State } from '../../shared/snapshot.ts';
import { CredentialForm } from '../parts/credential-form.tsx';
import { DialogActions } from '../parts/dialog.tsx';
import { MendsProvider } from '../parts/mends.tsx';
import { useAction } from '../parts/use-action.ts';
import { usePasteMends } from '../parts/use-paste-mends.ts';
import { useIntents } from '../state.ts';
import { BEFORE, BUTTONS, WHY } from './words.ts';

const FORM = 'new-c1-credential';

/** The first station: why, how in C1's words, and the box for what C1 shows. */
export function Paste({
  c1,
  onPasted,
  onCancel,
}: {
  c1: C1State;
  onPasted: () => void;
  onCancel: () => void;
}) {
  const intents = useIntents();
  const action = useAction();
  const confirmation = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const mends = usePasteMends(form, confirmation);
  return (
    <MendsProvider value={mends}>
      <Text>{WHY}</Text>
      <Text>
        In C1, open the connector: <b>Settings</b> → <b>Edit</b> → <b>Rotate</b>. It shows a new
        Client ID and Client secret once. {BEFORE}
      </Text>
      <CredentialForm
        form={form}
        formId={FORM}
        action={action}
        confirmation={confirmation}
        hostInUse={c1.kind === 'none' ? null : c1.credential.host}
        send={(pasted, hostConfirmed) => intents.rotate({ move: 'add', pasted, hostConfirmed })}
        onConnected={onPasted}
      />
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {BUTTONS.cancel}
        </Button>
        <Button type="submit" form={FORM} loading={action.busy}>
          {BUTTONS.check}
        </Button>
      </DialogActions>
    </MendsProvider>
  );
}
