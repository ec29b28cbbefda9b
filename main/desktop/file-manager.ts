import { shell } from 'electron';
import type { FileManager } from '../ports.ts';

/** Explorer, Finder or whatever the desktop has. */
export const systemFileManager: FileManager = {
  reveal: (path) => shell.showItemInFolder(path),
};
