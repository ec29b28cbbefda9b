import { Code } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { C1History } from '../../../main/connector/c1-history.ts';
import { LookHistory } from '../../../main/connector/look-history.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import type { C1Event } from '../../../main/c1/events.ts';
import type { OrganisationState, XeroSignIn } from '../../../shared/snapshot.ts';
import { KeptHistory } from './kept-history.ts';
import { C1, organisation, signIn, snapshot, trouble } from './snapshots.ts';

const TASK = '2Qx1111111111111111111111aa';
const down = trouble({ code: 'xeroUnavailable', message: 'Xero is down.', detail: 'HTTP 503' });

function following() {
  const history = new KeptHistory();
  const state = new StateHolder(
    snapshot({ c1: { kind: 'verifying', credential: C1, step: 'credential' } }),
  );
  const told = new C1History(history, state);
  const task = (name: 'syncFull' | 'hello' | 'grant') => ({ taskId: TASK, task: name });
  const received = (name: 'syncFull' | 'hello' | 'grant'): C1Event => ({
    kind: 'taskReceived',
    ...task(name),
    at: 1000,
  });
  const finished = (
    name: 'syncFull' | 'hello' | 'grant',
    rest: Partial<Extract<C1Event, { kind: 'taskFinished' }>>,
  ): C1Event => ({
    kind: 'taskFinished',
    ...task(name),
    at: 13_000,
    outcome: { kind: 'success' },
    delivered: true,
    refused: false,
    brokenOff: null,
    ...rest,
  });
  const follow = (...events: readonly C1Event[]) => events.forEach((event) => told.follow(event));
  return { history, state, received, finished, follow };
}

describe('what C1 asks for', () => {
  it('is recorded with how long it took', () => {
    const { history, follow, received, finished } = following();
    follow(received('syncFull'), finished('syncFull', {}));
    expect(history.events).toEqual([
      { kind: 'sync', what: 'asked', taskId: TASK },
      { kind: 'sync', what: 'done', taskId: TASK, took: 12_000 },
    ]);
  });

  it('and fails is recorded with our own reason for it', () => {
    const { history, state, follow, finished } = following();
    state.tell({ type: 'syncMoved', to: { kind: 'failed', at: 1, for: 'c1', because: down } });
    const message = `${down.message} Try again after 2026-11-23T14:00:00.000Z.`;
    const outcome = {
      kind: 'failure',
      code: Code.Unavailable,
      message,
      nonRetryable: false,
    } as const;
    follow(finished('syncFull', { outcome }));
    const because = { code: 'xeroUnavailable', message: 'Xero is down.', detail: 'HTTP 503' };
    expect(history.events).toEqual([{ kind: 'sync', what: 'failed', taskId: TASK, because }]);
  });

  it('and breaks off is recorded with who broke it off, not with what that broke', () => {
    const { history, state, follow, finished } = following();
    state.tell({ type: 'syncMoved', to: { kind: 'failed', at: 1, for: 'c1', because: down } });
    const outcome = {
      kind: 'failure',
      code: Code.Canceled,
      message: down.message,
      nonRetryable: false,
    } as const;
    const brokenOff = trouble({ code: 'c1TaskCancelled', message: 'C1 cancelled it.' });
    follow(finished('syncFull', { outcome, brokenOff }));
    expect(history.events).toMatchObject([{ because: { code: 'c1TaskCancelled' } }]);
  });

  it('and stays open as the app stops isn’t said to have ended', () => {
    const { history, follow, finished } = following();
    follow(finished('syncFull', { outcome: null, delivered: false }));
    expect(history.events).toEqual([]);
  });

  it('besides syncs is recorded by its kind and outcome', () => {
    const { history, follow, received, finished } = following();
    const refused = {
      kind: 'failure',
      code: Code.Unimplemented,
      message: '',
      nonRetryable: true,
    } as const;
    follow(received('hello'), finished('hello', { outcome: null }));
    follow(received('grant'), finished('grant', { outcome: refused }));
    expect(history.events).toEqual([
      { kind: 'task', task: 'hello', taskId: TASK, outcome: 'done', code: null },
      { kind: 'task', task: 'grant', taskId: TASK, outcome: 'failed', code: 12 },
    ]);
  });
});

describe('looks that fail', () => {
  const shown = (state: OrganisationState): readonly XeroSignIn[] => [
    signIn({ organisations: [organisation({ state })] }),
    signIn({ id: 'sign-in-2', organisations: [organisation({ state })] }),
  ];
  const read: OrganisationState = { kind: 'read', at: 1, people: 2, roles: [] };
  const gone: OrganisationState = {
    kind: 'missing',
    because: trouble({ code: 'organisationMissing' }),
  };

  it('are recorded once, and once when they are well again', () => {
    const history = new KeptHistory();
    const looks = new LookHistory(history);
    for (const purpose of ['look', 'look', 'check'] as const) looks.failed(purpose, down);
    looks.looked([], []);
    looks.looked([], []);
    expect(history.events.map((event) => 'what' in event && event.what)).toEqual([
      'failed',
      'wellAgain',
    ]);
  });

  it('for C1 are told by its sync, and those that the app’s end breaks off by nobody', () => {
    const history = new KeptHistory();
    const looks = new LookHistory(history);
    looks.failed('c1', down);
    looks.failed('look', trouble({ code: 'cancelled' }));
    expect(history.events).toEqual([]);
  });

  it('name an organisation that can’t be read any more once, however many sign-ins reach it', () => {
    const history = new KeptHistory();
    const looks = new LookHistory(history);
    looks.looked(shown(read), shown(gone));
    looks.looked(shown(gone), shown(gone));
    looks.looked(shown(gone), shown(read));
    expect(history.sentences).toEqual([
      'Harbour Books can’t be read any more. Signed out.',
      'Harbour Books can be read again',
    ]);
  });
});
