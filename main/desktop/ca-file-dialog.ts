import { BrowserWindow, dialog } from 'electron';
import { say } from '../../shared/language/say.ts';

/** Lets the admin pick a file of certificate authorities; null when they close the dialog. */
export async function pickCaFile(): Promise<string | null> {
  const options = {
    title: say('caFileDialog.chooseTheFileOfThe'),
    buttonLabel: 'Trust this file',
    properties: ['openFile' as const],
    filters: [
      { name: 'Certificates', extensions: ['pem', 'crt', 'cer'] },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  const [window] = BrowserWindow.getAllWindows();
  const { filePaths } =
    window === undefined
      ? await dialog.showOpenDialog(options)
      : await dialog.showOpenDialog(window, options);
  return filePaths[0] ?? null;
}
