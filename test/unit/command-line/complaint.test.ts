import { expect, it } from 'vitest';
import { complaint } from '../../../main/command-line/complaint.ts';
import { organisationMissing } from '../../../main/xero/organisation-errors.ts';
import { failureOfWay } from '../../../shared/way-failures.ts';

it('a failure is a sentence with its detail', () => {
  const failure = {
    code: 'usage',
    message: 'It isn’t so.',
    next: 'wait',
    detail: 'line 3',
  } as const;
  expect(complaint(failure)).toBe('c1-xero: It isn’t so. (line 3)');
});

it('a certificate that isn’t trusted names the variable, which the window has a button for', () => {
  const failure = failureOfWay('CERTIFICATE_UNTRUSTED c1.example');
  if (failure === undefined) throw new Error('It is no failure of the way.');
  expect(failure.message).not.toContain('NODE_EXTRA_CA_CERTS');
  expect(complaint(failure)).toContain('Name it in NODE_EXTRA_CA_CERTS.');
});

it('an organisation that dropped out names the flag, which the window has boxes for', () => {
  const failure = organisationMissing('Harbour Books');
  expect(complaint(failure)).toContain('--org (BATON_XERO_ORGS) names those to govern.');
});
