import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { DiagnosticFile } from '../../../shared/diagnostics.ts';
import { say } from '../../../shared/language/say.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';
import { Setting } from './setting.tsx';
import classes from './settings.module.css';

/** The bundle for support: every line is shown before it is saved. */
export function Diagnostics() {
  const intents = useIntents();
  const action = useAction();
  const [files, setFiles] = useState<readonly DiagnosticFile[] | null>(null);
  const show = async () => {
    const shown = await action.run(() => intents.previewDiagnostics());
    if (shown.ok) setFiles(shown.value);
  };
  return (
    <Setting title={say('settings.diagnostics')} says={say('settings.forWhoeverHelpsYouThe')}>
      {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
      <Group>
        <Button variant="default" loading={action.busy} onClick={() => void show()}>
          {say('settings.showTheDiagnostics')}
        </Button>
      </Group>
      <Dialog
        opened={files !== null}
        title={say('settings.diagnostics')}
        width={720}
        onClose={() => setFiles(null)}
      >
        {files !== null && <Preview files={files} onClose={() => setFiles(null)} />}
      </Dialog>
    </Setting>
  );
}

function Preview({ files, onClose }: { files: readonly DiagnosticFile[]; onClose: () => void }) {
  const intents = useIntents();
  const action = useAction();
  const [saved, setSaved] = useState(false);
  const save = async () => {
    const result = await action.run(() => intents.saveDiagnostics());
    if (result.ok) setSaved(result.value);
  };
  return (
    <>
      <Text>{say('settings.thisAndNothingElseIs')}</Text>
      {files.map(({ name, lines }) => (
        <section key={name} aria-label={name}>
          <Text fw={600} size="xs" mb={4}>
            {name}
          </Text>
          {/* Long lines scroll: it takes the focus, so that the keyboard can do it. */}
          <pre className={classes['lines']} tabIndex={0} aria-label={name}>
            {lines.join('\n')}
          </pre>
        </section>
      ))}
      {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
      <DialogActions>
        <Text role="status" c="dimmed" mr="auto">
          {saved ? say('settings.saved') : ''}
        </Text>
        <Button variant="default" onClick={onClose}>
          {say('common.close')}
        </Button>
        <Button loading={action.busy} onClick={() => void save()}>
          {say('settings.saveAsAZipFile')}
        </Button>
      </DialogActions>
    </>
  );
}
