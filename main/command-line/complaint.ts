import type { Failure } from '../../shared/errors.ts';

/** A failure for the terminal, with the step that is a button in the window and a variable here. */
export function complaint({ message, detail, next }: Failure): string {
  const step = next === 'chooseCaFile' ? ' Name it in NODE_EXTRA_CA_CERTS.' : '';
  const more = detail === undefined ? '' : ` (${detail})`;
  return `c1-xero: ${message}${step}${more}`;
}
