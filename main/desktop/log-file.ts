import { readFile } from 'node:fs/promises';
import type { LogFile } from '../ports.ts';

/** The desktop's log, as it lies in the profile; it was redacted when it was written. */
export function logFile(path: string): LogFile {
  return {
    lastLines: async (count) => {
      const text = await readFile(path, 'utf8').catch(() => '');
      return text.trimEnd().split('\n').filter(Boolean).slice(-count);
    },
  };
}
