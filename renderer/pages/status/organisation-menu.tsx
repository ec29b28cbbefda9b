import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { say } from '../../../shared/language/say.ts';
import type { Organisation } from '../../../shared/snapshot.ts';
import { useMends } from '../../parts/mends.tsx';
import { useXeroDialogs } from '../../xero-dialogs/open-dialogs.tsx';

/** What is seldom done with one organisation: letting it go here, or at Xero. */
export function OrganisationMenu({ organisation }: { organisation: Organisation }) {
  const mends = useMends();
  const { open } = useXeroDialogs();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={say('organisationMenu.moreFor', { organisation: organisation.name })}
        >
          <IconDots size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {organisation.governed && (
          <Menu.Item onClick={() => mends.stopGoverning(organisation)}>
            {say('organisationMenu.stopGoverning')}
          </Menu.Item>
        )}
        {organisation.state.kind !== 'missing' && (
          <Menu.Item onClick={() => open({ kind: 'disconnect', organisationId: organisation.id })}>
            {say('organisationMenu.disconnectAtXero')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
