import { Button, Menu } from '@mantine/core';
import { IconDownload, IconFileCertificate, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import type { AccessExport } from '../../../shared/access-list.ts';
import { say } from '../../../shared/language/say.ts';
import { useAction, type Action } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';

/** What can be taken out of the page, what is on its way, and what became of the last. */
export interface Saving {
  readonly table: Action;
  readonly report: Action;
  /** What to tell; empty before anything was saved. */
  readonly said: string;
  readonly saveTable: (request: AccessExport) => void;
  readonly saveReport: (look: number) => void;
  /** Shows it in its folder; null before anything was saved. */
  readonly show: (() => void) | null;
}

export function useSaving(): Saving {
  const intents = useIntents();
  const table = useAction();
  const report = useAction();
  const [said, setSaid] = useState('');
  return {
    table,
    report,
    show: said === '' || report.busy ? null : () => void intents.showSaved(),
    said: report.busy ? say('saving.making') : said,
    saveTable: (request) => {
      setSaid('');
      report.forget();
      void table
        .run(() => intents.exportAccess(request))
        .then((answer) => {
          if (answer.ok && answer.value === 'saved') setSaid(say('access.theTableIsSaved'));
        });
    },
    saveReport: (look) => {
      setSaid('');
      table.forget();
      void report
        .run(() => intents.saveReport({ look }))
        .then((answer) => {
          if (answer.ok && answer.value.kind === 'saved') setSaid(reportSaved(answer.value));
        });
    },
  };
}

function reportSaved({ file, dataFile }: { file: string; dataFile: string }): string {
  return say('saving.reportSaved', { file, dataFile });
}

/** Both ways to take access out: as a table to work with, as a document to hand over. */
export function SaveMenu({
  saving: { table, report, saveTable, saveReport },
  asked,
  look,
}: {
  saving: Saving;
  /** The table that is shown, where one is. */
  asked: AccessExport | null;
  look: number;
}) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          loading={table.busy || report.busy}
          leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
        >
          {say('common.save')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {asked !== null && (
          <Menu.Item
            leftSection={<IconTable size={16} stroke={1.75} aria-hidden />}
            onClick={() => saveTable(asked)}
          >
            {say('saving.table')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconFileCertificate size={16} stroke={1.75} aria-hidden />}
          onClick={() => saveReport(look)}
        >
          {say('saving.report')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
