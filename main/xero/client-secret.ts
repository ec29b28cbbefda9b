import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { secretProblem as problem } from './paste-problems.ts';
import { bareValue, mixUpIn, plainClientId } from './pasted-value.ts';

/** Those that are known have 48 characters; so few or so many can't be one in any case. */
const SHORTEST = 32;
const LONGEST = 256;

/**
 * Reads a pasted client secret of a Xero app. Its form isn't documented (48 characters of A–Z, a–z,
 * 0–9, `-` and `_` are usual), so only what is surely wrong is refused, with `xeroSecretInvalid`.
 * Forgives a label, quotes and blanks around it.
 */
export function parseClientSecret(pasted: string): Result<string> {
  const value = bareValue(pasted);
  const wrong = problemOf(value);
  return wrong === null ? succeed(value) : fail(wrong);
}

/** Tells two secrets apart without showing one: the length and the last four characters. */
export function maskSecret(secret: string): string {
  return `…${secret.slice(-4)} (${secret.length} characters)`;
}

function problemOf(value: string): Failure | null {
  if (value === '') return problem.empty;
  if (plainClientId(value) !== null) return problem.isClientId;
  const mixUp = mixUpIn(value);
  if (mixUp !== null) return problem[mixUp];
  if (/\s/u.test(value)) return problem.spaced;
  if (!/^[!-~]+$/.test(value)) return problem.damaged;
  if (value.length < SHORTEST) return problem.short(value.length);
  return value.length > LONGEST ? problem.long : null;
}
