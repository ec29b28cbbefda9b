import { say } from '../../shared/language/say.ts';
import type { C1Credential, C1State, Snapshot } from '../../shared/snapshot.ts';
import type { RotationState } from '../../shared/rotation.ts';
import type { Check } from '../parts/checks.ts';
import { LABELS } from '../parts/checks.ts';

/** Which of the four stations a rotation has come to; 4 when all are passed. */
export function stationOf(rotation: RotationState): 0 | 1 | 2 | 3 | 4 {
  switch (rotation.kind) {
    case 'none':
      return 0;
    case 'checking':
    case 'asking':
      return 1;
    case 'stuck':
      return rotation.at === 'switch' ? 2 : 1;
    case 'switching':
      return 2;
    case 'trial':
      return 3;
    case 'ended':
      return rotation.how === 'done' ? 4 : 2;
  }
}

/** One of the two credentials, and how it stands in words. */
export interface Side {
  readonly name: string;
  readonly credential: C1Credential | null;
  readonly standing: string;
  readonly inUse: boolean;
}

/** Old and new, in that order. Exactly one of them is in use. */
export function sidesOf({
  c1,
  rotation,
}: Pick<Snapshot, 'c1' | 'rotation'>): readonly [Side, Side] {
  const current = currentOf(c1);
  const inUse = c1.kind === 'rejected' ? say('rotation.inUseButC1Refuses') : say('rotation.inUse');
  const old = (credential: C1Credential | null, standing: string): Side => ({
    name: say('rotation.oldCredential'),
    credential,
    standing,
    inUse: credential === current,
  });
  const fresh = (credential: C1Credential | null, standing: string): Side => ({
    name: say('rotation.newCredential'),
    credential,
    standing,
    inUse: credential !== null && credential === current,
  });
  switch (rotation.kind) {
    case 'none':
      return [old(current, inUse), fresh(null, say('rotation.notPastedYet'))];
    case 'checking':
    case 'asking':
    case 'stuck':
    case 'switching':
      return [old(current, inUse), fresh(rotation.pending, say('rotation.notInUseYet'))];
    case 'trial':
      return [old(rotation.previous, say('rotation.keptUntilTheFirstTask')), fresh(current, inUse)];
    case 'ended':
      return rotation.how === 'done'
        ? [old(rotation.gone, say('rotation.notKeptHereAnyMore')), fresh(current, inUse)]
        : [old(current, inUse), fresh(rotation.gone, say('rotation.notKeptHereAnyMore'))];
  }
}

/** The three steps of the check, as far as they have come. */
export function checksIn(rotation: RotationState): readonly Check[] {
  const states = statesOf(rotation);
  return LABELS.map((label, index) => ({ label, state: states[index] ?? 'open' }));
}

function statesOf(rotation: RotationState): readonly Check['state'][] {
  switch (rotation.kind) {
    case 'none':
      return [];
    case 'checking':
      return rotation.step === 'credential'
        ? ['passed', 'running']
        : ['passed', 'passed', 'running'];
    case 'asking':
      return ['passed', 'passed'];
    case 'stuck':
      if (rotation.at === 'credential') return ['passed', 'failed'];
      return rotation.at === 'connector'
        ? ['passed', 'passed', 'failed']
        : ['passed', 'passed', 'passed'];
    case 'switching':
    case 'trial':
    case 'ended':
      return ['passed', 'passed', 'passed'];
  }
}

function currentOf(c1: C1State): C1Credential | null {
  return c1.kind === 'none' ? null : c1.credential;
}
