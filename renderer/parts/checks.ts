import { say } from '../../shared/language/say.ts';
import type { C1State } from '../../shared/snapshot.ts';

export type CheckState = 'passed' | 'running' | 'failed' | 'open';

export interface Check {
  readonly label: string;
  readonly state: CheckState;
}

export const LABELS = [
  say('checks.theCredentialIsWellFormed'),
  say('checks.c1AcceptsTheCredential'),
  say('checks.c1AcceptsThisConnector'),
] as const;

/** The three steps by which a pasted credential is proved, as far as they have come. */
export function checksOf(c1: C1State): readonly Check[] {
  const states = statesOf(c1);
  return LABELS.map((label, index) => ({ label, state: states[index] ?? 'open' }));
}

function statesOf(c1: C1State): readonly CheckState[] {
  switch (c1.kind) {
    case 'none':
      return [c1.because === null ? 'open' : 'failed'];
    case 'verifying':
      return c1.step === 'credential' ? ['passed', 'running'] : ['passed', 'passed', 'running'];
    case 'connected':
      return ['passed', 'passed', 'passed'];
    case 'offline':
      return ['passed'];
    case 'rejected':
      return c1.because.code === 'credentialRejected'
        ? ['passed', 'failed']
        : ['passed', 'passed', 'failed'];
  }
}
