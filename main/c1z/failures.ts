import type { Failure } from '../../shared/errors.ts';

/** What can go wrong with a `.c1z` file, for the admin. */

export const diskFull: Failure = {
  code: 'diskFull',
  message:
    'The disk is full, so the file for C1 couldn’t be written. Free some space, then try again.',
  next: 'freeDisk',
};

function diskFailed(detail: string): Failure {
  return {
    code: 'diskFailed',
    message:
      'The file for C1 couldn’t be written or read on this computer. Check that its folder exists and that you may write to it.',
    next: 'tryAgain',
    detail,
  };
}

/** The access contradicts itself; `detail` says how, without names. */
export function accessInvalid(detail: string): Failure {
  return {
    code: 'fileInvalid',
    message:
      'What was read from Xero doesn’t fit together, so nothing was sent to C1. Report the problem with its details.',
    next: 'reportProblem',
    detail,
  };
}

export const accessTooLarge: Failure = {
  code: 'fileInvalid',
  message:
    'There are more accounts than fit into one file for C1. Govern fewer organisations with this connector.',
  next: 'chooseOrganisations',
};

/** The worker ended without a result; `detail` says how, without names. */
export function writerBroke(detail: string): Failure {
  return {
    code: 'bug',
    message:
      'The part that writes the file for C1 stopped unexpectedly. Try again, then report the problem.',
    next: 'reportProblem',
    detail,
  };
}

export const writingCancelled: Failure = {
  code: 'cancelled',
  message: 'Writing the file for C1 was stopped. The next sync writes it anew.',
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
