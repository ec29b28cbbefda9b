import { join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { say } from '../../shared/language/say.ts';
import type { SaveRequest } from '../ports.ts';

const KINDS: Readonly<Record<SaveRequest['kind'], string>> = {
  csv: say('saveDialog.tableForSpreadsheets'),
  jsonl: 'JSON lines',
  pdf: 'PDF document',
  zip: say('saveDialog.zipArchive'),
};

/** Lets the admin choose where a file goes; null when they close the dialog. */
export async function pickSavePath({ title, name, kind }: SaveRequest): Promise<string | null> {
  const options = {
    title,
    defaultPath: join(app.getPath('documents'), name),
    buttonLabel: say('common.save'),
    filters: [{ name: KINDS[kind], extensions: [kind] }],
  };
  const [window] = BrowserWindow.getAllWindows();
  const { filePath } =
    window === undefined
      ? await dialog.showSaveDialog(options)
      : await dialog.showSaveDialog(window, options);
  return filePath === '' ? null : filePath;
}
