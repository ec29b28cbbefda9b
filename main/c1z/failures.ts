import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';

/** What can go wrong with a `.c1z` file, for the admin. */

export const diskFull: Failure = {
  code: 'diskFull',
  message: say('c1zFailures.theDiskIsFullSo'),
  next: 'freeDisk',
};

function diskFailed(detail: string): Failure {
  return {
    code: 'diskFailed',
    message: say('c1zFailures.theFileForC1Couldnt'),
    next: 'tryAgain',
    detail,
  };
}

/** The access contradicts itself; `detail` says how, without names. */
export function accessInvalid(detail: string): Failure {
  return {
    code: 'fileInvalid',
    message: say('c1zFailures.whatWasReadFromXero'),
    next: 'reportProblem',
    detail,
  };
}

export const accessTooLarge: Failure = {
  code: 'fileInvalid',
  message: say('c1zFailures.thereAreMoreAccountsThan'),
  next: 'chooseOrganisations',
};

/** The worker ended without a result; `detail` says how, without names. */
export function writerBroke(detail: string): Failure {
  return {
    code: 'bug',
    message: say('c1zFailures.thePartThatWritesThe'),
    next: 'reportProblem',
    detail,
  };
}

export const writingCancelled: Failure = {
  code: 'cancelled',
  message: say('c1zFailures.writingTheFileForC1'),
  next: 'tryAgain',
};

/** The system's own codes, not Node's `ERR_…`, which are for bugs. */
const ERRNO = /^E[A-Z0-9]+$/;
const FULL = new Set(['ENOSPC', 'EDQUOT']);
/** SQLite's own words for trouble with the disk; all else that it throws is our bug. */
const SQLITE_DISK = /disk|unable to open|readonly/;

/** The failure behind an exception of the file system or SQLite, or null when it's a bug. */
export function diskFailure(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null;
  const code = systemCode(error);
  if (code !== null) return FULL.has(code) ? diskFull : diskFailed(code);
  // By its name, as the main process needn't load SQLite for this.
  const sqliteDisk = error.name === 'SQLite3Error' && SQLITE_DISK.test(error.message);
  return sqliteDisk ? diskFailed('SQLite') : null;
}

/** The system's code for what failed, for example `ENOENT`; null when it was something else. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' && ERRNO.test(error.code) ? error.code : null;
}
