import { describe, expect, it } from 'vitest';
import type { Failure, NextStep } from '../../../shared/errors.ts';
import { mendOf, passes } from '../../../renderer/parts/mend.ts';
import type { Place } from '../../../renderer/parts/mend.ts';

function failing(next: NextStep, code: Failure['code'] = 'bug'): Failure {
  return { code, message: 'Something happened. Do something.', next };
}

describe('The button for a next step', () => {
  it.each<[NextStep, string, string]>([
    ['signInToXero', 'Sign in to Xero', 'signIn'],
    ['chooseOrganisations', 'Choose organisations', 'chooseOrganisations'],
    ['pasteCredential', 'Paste credential', 'pasteCredential'],
    ['confirmHost', 'Confirm the host', 'confirmHost'],
    ['checkXeroNow', 'Check Xero now', 'checkXero'],
    ['copyAddress', 'Copy the address', 'copyAddress'],
    ['syncInC1', 'Open C1', 'openC1'],
    ['chooseCaFile', 'Choose the file', 'chooseCaFile'],
    ['reportProblem', 'Copy details', 'copyDetails'],
  ])('is the same wherever %s is shown', (next, label, mend) => {
    for (const place of ['xero', 'look', 'c1'] as const) {
      expect(mendOf(failing(next), place)).toEqual({ label, mend });
    }
  });

  it.each<[Place, string]>([
    ['xero', 'signIn'],
    ['look', 'checkXero'],
    ['c1', 'retryC1'],
  ])('tries again what failed, which is for %s', (place, mend) => {
    const toDoFirst: readonly NextStep[] = [
      'tryAgain',
      'installKeychain',
      'unlockKeychain',
      'freePorts',
      'freeDisk',
    ];
    for (const next of toDoFirst) {
      expect(mendOf(failing(next), place)).toEqual({ label: 'Try again', mend });
    }
  });

  it('leads to where room for another connection is made, whatever was tried', () => {
    for (const next of ['signInToXero', 'wait', 'tryAgain'] as const) {
      const { mend } = mendOf(failing(next, 'connectionLimit'), 'xero') ?? {};
      expect(mend).toBe('openXeroApps');
    }
  });

  it('is absent when there is nothing to do but wait', () => {
    expect(mendOf(failing('wait'), 'c1')).toBeNull();
  });
});

describe('An alarm', () => {
  it('isn’t raised by what passes by itself or was wished for', () => {
    expect(passes(failing('wait', 'c1Refused'))).toBe(true);
    expect(passes(failing('tryAgain', 'c1Unreachable'))).toBe(true);
    expect(passes(failing('signInToXero', 'signInCancelled'))).toBe(true);
  });

  it('is raised by what needs the admin', () => {
    expect(passes(failing('pasteCredential', 'credentialRejected'))).toBe(false);
    expect(passes(failing('signInToXero', 'xeroSignedOut'))).toBe(false);
  });
});
