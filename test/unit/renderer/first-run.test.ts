import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { firstUploadOf } from '../../../renderer/pages/setup/first-upload.ts';
import { stepsOf } from '../../../renderer/pages/setup/steps.ts';
import { checksOf } from '../../../renderer/parts/checks.ts';
import { progressOf } from '../../../renderer/parts/sync-progress.ts';
import {
  MINUTE,
  NOW,
  chosen,
  connected,
  credential,
  fresh,
  justConnected,
  manyOrganisations,
  signedIn,
  uploaded,
} from '../../e2e/screens/data.ts';
import { failures } from '../../e2e/screens/failures.ts';

const atC1: Snapshot = { ...chosen, setup: 'c1', c1: justConnected };

describe('The steps of first run', () => {
  it('say what has been done under each', () => {
    expect(stepsOf(fresh).map(({ done }) => done)).toEqual([false, false, false]);
    expect(stepsOf({ ...chosen, c1: connected })).toMatchObject([
      { done: true, facts: ['Signed in as Ana Pires'] },
      { done: true, facts: ['Harbour & Sons Ltd', 'Northgate Dental Care'] },
      { done: true, facts: ['harbour.conductor.one'] },
    ]);
  });

  it('count organisations beyond the third', () => {
    const [, organisations] = stepsOf({ ...chosen, xero: [signedIn(manyOrganisations)] });
    expect(organisations?.facts).toHaveLength(4);
    expect(organisations?.facts.at(-1)).toBe('and 6 others');
  });
});

describe('The proof of a pasted credential', () => {
  const states = (c1: Snapshot['c1']) => checksOf(c1).map(({ state }) => state);

  it('goes through three steps', () => {
    expect(states({ kind: 'none', because: null })).toEqual(['open', 'open', 'open']);
    expect(states({ kind: 'verifying', credential, step: 'credential' })).toEqual([
      'passed',
      'running',
      'open',
    ]);
    expect(states({ kind: 'verifying', credential, step: 'connector' })).toEqual([
      'passed',
      'passed',
      'running',
    ]);
    expect(states(connected)).toEqual(['passed', 'passed', 'passed']);
  });

  it('shows which step C1 refused', () => {
    expect(states({ kind: 'rejected', credential, because: failures.rejected })).toEqual([
      'passed',
      'failed',
      'open',
    ]);
    const because = { ...failures.rejected, code: 'c1Forbidden' } as const;
    expect(states({ kind: 'rejected', credential, because })).toEqual([
      'passed',
      'passed',
      'failed',
    ]);
  });
});

describe('The first upload', () => {
  it('waits two minutes for C1 before it says how to ask', () => {
    const { since } = justConnected;
    expect(firstUploadOf(atC1, since + 2 * MINUTE - 1).kind).toBe('waiting');
    expect(firstUploadOf(atC1, since + 2 * MINUTE).kind).toBe('quiet');
  });

  it('isn’t taken for begun by a look of the app’s own', () => {
    const looking: Snapshot = { ...atC1, sync: { kind: 'reading', done: 0, of: 2, for: 'look' } };
    expect(firstUploadOf(looking, NOW).kind).toBe('waiting');
  });

  it('ends with what C1 received', () => {
    expect(firstUploadOf({ ...atC1, uploaded }, NOW)).toEqual({
      kind: 'received',
      upload: uploaded,
    });
  });

  it('never runs backwards from reading to uploading', () => {
    const percents = [
      progressOf({ kind: 'reading', done: 0, of: 2, for: 'c1' }),
      progressOf({ kind: 'reading', done: 2, of: 2, for: 'c1' }),
      progressOf({ kind: 'writing' }),
      progressOf({ kind: 'uploading', sent: 0, of: 48_312 }),
      progressOf({ kind: 'uploading', sent: 48_312, of: 48_312 }),
    ].map((progress) => progress?.percent);
    expect(percents).toEqual([0, 60, 60, 70, 100]);
  });

  it('shows no progress for a sync of which nothing is known yet', () => {
    expect(progressOf({ kind: 'reading', done: 0, of: 0, for: 'c1' })?.percent).toBe(0);
  });
});
