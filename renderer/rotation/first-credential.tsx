import { Button, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { CheckList } from '../parts/check-list.tsx';
import { CredentialForm } from '../parts/credential-form.tsx';
import { DialogActions } from '../parts/dialog.tsx';
import { MendsProvider } from '../parts/mends.tsx';
import { Say } from '../parts/say.tsx';
import { useAction } from '../parts/use-action.ts';
import { usePasteMends } from '../parts/use-paste-mends.ts';

const FORM = 'first-c1-credential';

/** Connects where no credential is kept: pasted, proved and in use. */
export function FirstCredential({
  snapshot,
  onClose,
}: {
  snapshot: Snapshot;
  onClose: () => void;
}) {
  const action = useAction();
  const confirmation = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [accepted, setAccepted] = useState(false);
  const mends = usePasteMends(form, confirmation);
  const asks = !accepted && !action.busy;
  return (
    <MendsProvider value={mends}>
      {!asks && <CheckList c1={snapshot.c1} />}
      {accepted && <Text role="status">{say('firstCredential.c1AcceptedTheCredentialAnd')}</Text>}
      {/* It stays while C1 checks: should that fail, nothing is pasted twice. */}
      <Stack gap="md" display={asks ? undefined : 'none'}>
        <Text>
          <Say word="firstCredential.inC1OpenTheConnector" />
        </Text>
        <CredentialForm
          form={form}
          formId={FORM}
          action={action}
          confirmation={confirmation}
          onConnected={() => setAccepted(true)}
        />
      </Stack>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {accepted ? say('common.close') : say('common.cancel')}
        </Button>
        {!accepted && (
          <Button type="submit" form={FORM} loading={action.busy}>
            {say('common.connectToC1')}
          </Button>
        )}
      </DialogActions>
    </MendsProvider>
  );
}
