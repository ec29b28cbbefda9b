import { BrowserWindow, dialog } from 'electron';
import { say } from '../../shared/language/say.ts';

/** Lets the admin pick a file of certificate authorities; null when they close the dialog. */
export async function pickCaFile(): Promise<string | null> {
  const options = {
    title: say('caFileDialog.chooseTheFileOfThe'),
    buttonLabel: say('caFileDialog.trustThisFile'),
    properties: ['openFile' as const],
    filters: [
      { name: say('caFileDialog.certificates'), extensions: ['pem', 'crt', 'cer'] },
      { name: say('caFileDialog.allFiles'), extensions: ['*'] },
    ],
  };
  const [window] = BrowserWindow.getAllWindows();
  const { filePaths } =
    window === undefined
      ? await dialog.showOpenDialog(options)
      : await dialog.showOpenDialog(window, options);
  return filePaths[0] ?? null;
}
