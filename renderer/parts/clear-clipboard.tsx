import { Button, Text } from '@mantine/core';
import { IconClipboardX } from '@tabler/icons-react';
import { useState } from 'react';
import { say } from '../../shared/language/say.ts';
import { useIntents } from '../state.ts';
import { useAction } from './use-action.ts';

/** After a credential was pasted: offers to take it off the clipboard, where other programs can read it. */
export function ClearClipboard() {
  const intents = useIntents();
  const action = useAction();
  const [outcome, setOutcome] = useState<'cleared' | 'other' | null>(null);
  const clear = async () => {
    const result = await action.run(intents.clearClipboard);
    if (result.ok) setOutcome(result.value.cleared ? 'cleared' : 'other');
  };
  return (
    <div role="status">
      {outcome === null && (
        <Button
          variant="subtle"
          size="xs"
          loading={action.busy}
          leftSection={<IconClipboardX size={16} stroke={1.75} aria-hidden />}
          onClick={() => void clear()}
        >
          {say('clearClipboard.takeTheSecretOffThe')}
        </Button>
      )}
      {outcome !== null && <Text size="xs">{WORDS[outcome]}</Text>}
      {action.failure !== null && <Text size="xs">{action.failure.message}</Text>}
    </div>
  );
}

const WORDS = {
  cleared: say('clearClipboard.theClipboardIsEmptyIf'),
  other: say('clearClipboard.theClipboardHoldsSomethingElse'),
} as const;
