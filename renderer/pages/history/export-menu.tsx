import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { HistoryFormat } from '../../../shared/intents.ts';
import { say } from '../../../shared/language/say.ts';

/** Takes what is shown out of the app, in the form that is wanted. */
export function ExportMenu({
  busy,
  onExport,
}: {
  busy: boolean;
  onExport: (format: HistoryFormat) => void;
}) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {say('history.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say('history.whatIsShownIsExported')}</Menu.Label>
        <Menu.Item onClick={() => onExport('csv')}>{say('history.asCSVForASpreadsheet')}</Menu.Item>
        <Menu.Item onClick={() => onExport('jsonLines')}>
          {say('history.asJSONLinesForA')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
