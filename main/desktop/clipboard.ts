import { clipboard } from 'electron';
import type { Clipboard } from '../ports.ts';

/** The system's clipboard. Its calls are promises in the newest Electron, and plain in older ones. */
export const systemClipboard: Clipboard = {
  write: (text) => {
    void clipboard.writeText(text);
  },
  read: async () => await clipboard.readText(),
  clear: () => {
    clipboard.clear();
  },
};
