import type { Failure } from '../../shared/errors.ts';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** What an exception of the file system means for the files in the app's own folder. */
export function diskFailure(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return FULL.has(code)
    ? {
        code: 'diskFull',
        message:
          'The disk is full, so the app can’t keep anything. Free some space, then try again.',
        next: 'freeDisk',
        detail: code,
      }
    : {
        code: 'diskFailed',
        message:
          'The app’s folder can’t be read or written. Check the disk and the folder’s permissions.',
        next: 'tryAgain',
        detail: code,
      };
}
