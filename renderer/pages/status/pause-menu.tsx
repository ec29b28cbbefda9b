import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { PAUSES } from '../../../shared/settings.ts';
import type { Action } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';
import { PAUSE } from './words.ts';

/** For how long nothing is looked at or synced. */
export function PauseMenu({ action }: { action: Action }) {
  const intents = useIntents();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={action.busy}
          rightSection={<IconChevronDown size={14} stroke={2} aria-hidden />}
        >
          {PAUSE.button}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PAUSES.map((length) => (
          <Menu.Item key={length} onClick={() => void action.run(() => intents.pause({ length }))}>
            {PAUSE.lengths[length]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function ResumeButton({ action }: { action: Action }) {
  const intents = useIntents();
  return (
    <Button size="xs" loading={action.busy} onClick={() => void action.run(() => intents.resume())}>
      {PAUSE.resume}
    </Button>
  );
}
