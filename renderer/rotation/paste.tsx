import { Button, Text } from '@mantine/core';
import { useRef } from 'react';
import { say } from '../../shared/language/say.ts';
import type { C1State } from '../../shared/snapshot.ts';
import { CredentialForm } from '../parts/credential-form.tsx';
import { DialogActions } from '../parts/dialog.tsx';
import { MendsProvider } from '../parts/mends.tsx';
import { Say } from '../parts/say.tsx';
import { useAction } from '../parts/use-action.ts';
import { usePasteMends } from '../parts/use-paste-mends.ts';
import { useIntents } from '../state.ts';

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
      <Text>{say('rotation.aCredentialThatIsChanged')}</Text>
      <Text>
        <Say word="rotationPaste.inC1OpenTheConnector" />
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
          {say('common.cancel')}
        </Button>
        <Button type="submit" form={FORM} loading={action.busy}>
          {say('rotation.checkTheNewCredential')}
        </Button>
      </DialogActions>
    </MendsProvider>
  );
}
