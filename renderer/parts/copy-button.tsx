import { Button, VisuallyHidden } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { Result } from '../../shared/errors.ts';
import type { IntentArgument } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import { useIntents } from '../state.ts';

/** Long enough to read "Copied", short enough not to be taken for a state. */
const CONFIRMED_MS = 2_500;

interface Labels {
  readonly label?: string;
  /** Names the thing for a screen reader when the label alone doesn't. */
  readonly what?: string;
}

/** Asks the main process to copy a text that it builds itself, and says in words that it did. */
export function CopyButton({ copy, ...labels }: Labels & { copy: IntentArgument<'copy'> }) {
  const intents = useIntents();
  return <CopyingButton send={() => intents.copy(copy)} {...labels} />;
}

/** The same for a text that another intent copies. */
export function CopyingButton({
  send,
  label = say('copyButton.copy'),
  what,
}: Labels & { send: () => Promise<Result<void>> }) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  const { start } = useTimeout(() => setOutcome(null), CONFIRMED_MS);
  const press = async () => {
    const result = await send();
    setOutcome(result.ok ? 'copied' : 'failed');
    start();
  };
  const words = { copied: say('copyButton.copied'), failed: say('copyButton.couldntCopy') };
  const Icon = outcome === 'copied' ? IconCheck : IconCopy;
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      h={28}
      leftSection={<Icon size={14} stroke={2} aria-hidden />}
      onClick={() => void press()}
    >
      <span aria-live="polite">{outcome === null ? label : words[outcome]}</span>
      {what !== undefined && outcome === null && <VisuallyHidden>&nbsp;{what}</VisuallyHidden>}
    </Button>
  );
}
