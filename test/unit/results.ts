import type { Failure, Result } from '../../shared/errors.ts';

/** The value of a success; a failure fails the test with its sentence. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`failed with ${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

/** The failure of a result that mustn't be a success. */
export function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('succeeded');
  return result.failure;
}
