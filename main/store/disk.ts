import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** What an exception of the file system means for the files in the app's own folder. */
export function diskFailure(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return FULL.has(code)
    ? {
        code: 'diskFull',
        message: say('disk.theDiskIsFullSo'),
        next: 'freeDisk',
        detail: code,
      }
    : {
        code: 'diskFailed',
        message: say('disk.theAppsFolderCantBe'),
        next: 'tryAgain',
        detail: code,
      };
}
