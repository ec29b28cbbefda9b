import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { say } from '../../../shared/language/say.ts';
import { PAUSES } from '../../../shared/settings.ts';
import type { PauseLength } from '../../../shared/settings.ts';
import type { Action } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';

const LENGTHS: Readonly<Record<PauseLength, string>> = {
  hour: say('pause.forOneHour'),
  tomorrow: say('pause.untilTomorrow'),
  byHand: say('pause.untilResumed'),
};

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
          {say('common.pause')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PAUSES.map((length) => (
          <Menu.Item key={length} onClick={() => void action.run(() => intents.pause({ length }))}>
            {LENGTHS[length]}
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
      {say('common.resume')}
    </Button>
  );
}
