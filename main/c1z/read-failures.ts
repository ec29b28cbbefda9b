import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { systemCode } from './failures.ts';

/** What can be wrong with a `.c1z` file that is to be read, for whoever chose it. */

/** Ends the reading of a file. */
export class UnreadableFile extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** A file that isn't what it should be; `detail` says how, without names. */
export function damaged(detail: string): UnreadableFile {
  return new UnreadableFile({
    ...invalid(
      'This .c1z file is damaged or isn’t whole, so nothing in it can be trusted. Copy or download it again.',
    ),
    detail,
  });
}

/** `what`: what it is instead, for example `a folder`. */
export function anotherKind(what: string): UnreadableFile {
  return new UnreadableFile(
    invalid(`This is ${what}, not a .c1z file. Check that the right file was chosen.`),
  );
}

export const unknownKind: Failure = invalid(
  'This isn’t a .c1z file: it doesn’t begin as one. If it was encrypted, decrypt it first; else check that the right file was chosen.',
);

export const emptyFile: Failure = invalid(
  'This file is empty, as one that was never fully written or copied. Copy or download it again.',
);

/** `gibibytes`: the most that is read. */
export function tooLarge(gibibytes: number): UnreadableFile {
  return new UnreadableFile(
    invalid(
      `This .c1z file holds more than ${gibibytes} GiB, which is more than this app reads. C1’s own command baton may read it.`,
    ),
  );
}

/** More rows than a program could keep at once. */
export const tooManyRows: Failure = invalid(
  'This .c1z file holds more rows than this app can compare. C1’s own command baton may read it.',
);

/** For what needs rows, which of version 3 can't be had. */
export const newerFormat: Failure = invalid(
  'This .c1z file is of version 3, whose rows this app can’t read. Use one of version 1, which a C1 connector writes with --storage-engine sqlite.',
);

/** `minutes`: how long was waited. */
export function tooSlow(minutes: number): Failure {
  const limit = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return invalid(
    `Reading this file took longer than ${limit}, so it was stopped. No .c1z file of a usual size takes that long: check where it came from.`,
  );
}

/** The worker ended without a result; `detail` says how, without names. */
export function readerBroke(detail: string): Failure {
  return {
    code: 'bug',
    message: say('readFailures.thePartThatReadsC1z'),
    next: 'reportProblem',
    detail,
  };
}

export const readingCancelled: Failure = {
  code: 'cancelled',
  message: say('readFailures.readingTheFileWasStopped'),
  next: 'tryAgain',
};

/** The failure behind an exception of the file system, or null when it's a bug. */
export function readFailure(error: unknown): Failure | null {
  const detail = systemCode(error);
  if (detail === null) return null;
  const { message, next } = trouble(detail);
  return { code: next === 'freeDisk' ? 'diskFull' : 'diskFailed', message, next, detail };
}

function trouble(code: string): Pick<Failure, 'message' | 'next'> {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        message: say('readFailures.thereIsNoSuchFile'),
        next: 'tryAgain',
      };
    case 'EACCES':
    case 'EPERM':
      return {
        message: say('readFailures.youMayNotReadThis'),
        next: 'tryAgain',
      };
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        message: say('readFailures.theDiskIsFullSo'),
        next: 'freeDisk',
      };
    default:
      return {
        message: say('readFailures.theDiskFailedWhileThe'),
        next: 'tryAgain',
      };
  }
}

function invalid(message: string): Failure {
  return { code: 'fileInvalid', message, next: 'tryAgain' };
}
