import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { clientIdProblem as problem } from './paste-problems.ts';
import { bareValue, mixUpIn, plainClientId } from './pasted-value.ts';

/**
 * Reads a pasted Xero client ID: 32 hexadecimal characters, as the app's
 * Configuration page shows it. Forgives a label, blanks, quotes and hyphens
 * around or inside, which copying adds. Fails with `xeroClientIdInvalid`.
 */
export function parseClientId(pasted: string): Result<string> {
  const value = bareValue(pasted);
  const id = plainClientId(value);
  return id === null ? fail(problemOf(value)) : succeed(id);
}

function problemOf(value: string): Failure {
  if (value === '') return problem.empty;
  const mixUp = mixUpIn(value);
  if (mixUp !== null) return problem[mixUp];
  return looksLikeSecret(value) ? problem.isSecret : problem.invalid;
}

/** Longer than a client ID, of a secret's characters, and more than hexadecimal. */
function looksLikeSecret(value: string): boolean {
  return /^[\w-]{40,128}$/.test(value) && /[g-z_]/i.test(value);
}
