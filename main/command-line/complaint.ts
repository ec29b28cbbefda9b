import type { Failure, NextStep } from '../../shared/errors.ts';

const STEPS: Partial<Record<NextStep, string>> = {
  chooseCaFile: ' Name it in NODE_EXTRA_CA_CERTS.',
  chooseOrganisations: ' --org (BATON_XERO_ORGS) names those to govern.',
};

/** A failure for the terminal, with the step that is a button in the window and a variable here. */
export function complaint({ message, detail, next }: Failure): string {
  const step = STEPS[next] ?? '';
  const more = detail === undefined ? '' : ` (${detail})`;
  return `c1-xero: ${message}${step}${more}`;
}
