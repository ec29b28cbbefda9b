import { describe, expect, it } from 'vitest';
import {
  initialSnapshot,
  organisationsOnlyOf,
  reduce,
  type StateEvent,
} from '../../../main/connector/state.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import type { HistoryEntry } from '../../../shared/history.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import {
  APP,
  C1,
  COUNTS,
  FARM,
  HARBOUR,
  organisation,
  signIn,
  snapshot,
  trouble,
  waiting,
} from './snapshots.ts';

/** An entry of the history, recorded at this time. */
const entryOf = (at: number): HistoryEntry => ({
  id: `entry-${at}`,
  at,
  event: { kind: 'app', what: 'stopped' },
});

const after = (before: Snapshot, ...events: readonly StateEvent[]) => events.reduce(reduce, before);
const because = trouble();

/** One of each kind of event, on a state in which it changes something. */
const events: readonly (readonly [StateEvent, Partial<Snapshot>])[] = [
  [
    {
      type: 'restored',
      setup: 'c1',
      xero: [signIn()],
      uploaded: { at: 1, counts: COUNTS, bytes: 2 },
    },
    { xero: [], uploaded: null },
  ],
  [{ type: 'setupMoved', to: 'organisations' }, {}],
  [{ type: 'signInAdded', signIn: signIn({ id: 'sign-in-2' }) }, {}],
  [{ type: 'signInRemoved', id: 'sign-in-1' }, {}],
  [{ type: 'signInMoved', id: 'sign-in-1', to: { kind: 'needsSignIn', because } }, {}],
  [
    { type: 'signInNoted', id: 'sign-in-1', note: because },
    { xero: [signIn({ state: waiting() })] },
  ],
  [
    { type: 'browserTold', id: 'sign-in-1', browser: 'failed' },
    { xero: [signIn({ state: waiting() })] },
  ],
  [
    { type: 'signedIn', id: 'sign-in-1', who: { name: 'Ben', email: 'ben@harbour.example' } },
    { xero: [signIn({ who: null, state: { kind: 'finishing' } })] },
  ],
  [{ type: 'organisationsListed', id: 'sign-in-1', organisations: [] }, {}],
  [{ type: 'governedChosen', ids: [] }, {}],
  [{ type: 'c1Moved', to: { kind: 'offline', credential: C1, because } }, {}],
  [{ type: 'c1Answered', at: 99 }, {}],
  [{ type: 'c1Asked', at: 99 }, {}],
  [{ type: 'nextLookSet', at: 99 }, {}],
  [{ type: 'syncMoved', to: { kind: 'uploading', sent: 1, of: 2 } }, {}],
  [{ type: 'accessRead', access: { at: 1, counts: COUNTS, warnings: [] } }, {}],
  [{ type: 'uploaded', upload: { at: 9, counts: COUNTS, bytes: 1 } }, {}],
  [{ type: 'recorded', entry: entryOf(1) }, {}],
  [{ type: 'historyRead', entries: [entryOf(1)] }, {}],
];

describe.each(events)('the state after $type', (event, before) => {
  const start = snapshot(before);
  const next = reduce(start, event);

  it('is another one, and the one before it is as it was', () => {
    const copy = structuredClone(start);
    reduce(start, event);
    expect(start).toEqual(copy);
    expect(next).not.toEqual(start);
  });

  it('can be sent to the window as it is', () => {
    expect(structuredClone(next)).toEqual(next);
  });

  it('has no field for a secret', () => {
    const names: string[] = [];
    JSON.stringify(next, (name, value: unknown) => {
      names.push(name);
      return value;
    });
    expect(names.filter((name) => /secret|token|password|private|apikey/i.test(name))).toEqual([]);
  });
});

describe('the first state', () => {
  it('is at the first step of set-up, with nothing signed in or connected', () => {
    expect(initialSnapshot(APP)).toMatchObject({
      setup: 'xero',
      xero: [],
      c1: { kind: 'none', because: null },
      sync: { kind: 'idle' },
      access: null,
      uploaded: null,
    });
  });
});

describe('sign-ins in the state', () => {
  it('stand once each: one that is added again takes its old one’s place', () => {
    const { xero } = after(
      snapshot(),
      { type: 'signInAdded', signIn: signIn({ id: 'sign-in-2' }) },
      { type: 'signInAdded', signIn: signIn({ who: null }) },
    );
    expect(xero.map(({ id, who }) => [id, who?.name])).toEqual([
      ['sign-in-2', 'Ana Reyes'],
      ['sign-in-1', undefined],
    ]);
  });

  it('change alone: the others stay the same object', () => {
    const before = snapshot({ xero: [signIn(), signIn({ id: 'sign-in-2' })] });
    const to = { kind: 'finishing' } as const;
    const { xero } = reduce(before, { type: 'signInMoved', id: 'sign-in-2', to });
    expect(xero[0]).toBe(before.xero[0]);
    expect(xero[1]?.state).toBe(to);
  });

  it('know who signed in', () => {
    const who = { name: 'Ben Okafor', email: 'ben@harbour.example' };
    const { xero } = reduce(snapshot({ xero: [signIn({ who: null, state: waiting() })] }), {
      type: 'signedIn',
      id: 'sign-in-1',
      who,
    });
    expect(xero[0]).toMatchObject({ who, state: { kind: 'signedIn' } });
  });

  it('tell of the browser and of stray answers while they wait', () => {
    const { xero } = after(
      snapshot({ xero: [signIn({ state: waiting() })] }),
      { type: 'browserTold', id: 'sign-in-1', browser: 'opened' },
      { type: 'signInNoted', id: 'sign-in-1', note: because },
    );
    expect(xero[0]?.state).toEqual(waiting({ browser: 'opened', note: because }));
  });

  it.each<StateEvent>([
    { type: 'browserTold', id: 'sign-in-1', browser: 'opened' },
    { type: 'signInNoted', id: 'sign-in-1', note: because },
    { type: 'browserTold', id: 'nobody', browser: 'opened' },
  ])('don’t go back to waiting for a late $type', (event) => {
    expect(reduce(snapshot(), event)).toEqual(snapshot());
  });
});

describe('organisations in the state', () => {
  it('bring along how many connections aren’t any, which stands while nothing newer is known', () => {
    const listed = { type: 'organisationsListed', id: 'sign-in-1', organisations: [] } as const;
    const next = after(snapshot(), { ...listed, leftOut: 2 }, listed);
    expect(next.xero[0]?.leftOut).toBe(2);
    expect(reduce(next, { ...listed, leftOut: 0 }).xero[0]?.leftOut).toBe(0);
  });

  it('are governed when they are chosen, and only then', () => {
    const organisations = [organisation(), organisation({ id: FARM, governed: false })];
    const next = reduce(snapshot({ xero: [signIn({ organisations })] }), {
      type: 'governedChosen',
      ids: [FARM],
    });
    expect(next.xero[0]?.organisations.map(({ id, governed }) => [id, governed])).toEqual([
      [HARBOUR, false],
      [FARM, true],
    ]);
  });

  it('are lost with a sign-in only when no other reaches them', () => {
    const organisations = [organisation(), organisation({ id: FARM })];
    const both = snapshot({ xero: [signIn({ organisations }), signIn({ id: 'sign-in-2' })] });
    expect(organisationsOnlyOf(both, 'sign-in-1')).toEqual([FARM]);
    expect(organisationsOnlyOf(both, 'sign-in-2')).toEqual([]);
  });
});

describe('C1 in the state', () => {
  it('is asked at a pace that is measured, never assumed', () => {
    const paceAfter = (...times: readonly number[]) => {
      const { c1 } = after(snapshot(), ...times.map((at): StateEvent => ({ type: 'c1Asked', at })));
      return c1.kind === 'connected' ? [c1.askedAt, c1.usualPace] : [];
    };
    expect(paceAfter()).toEqual([null, null]);
    expect(paceAfter(1000)).toEqual([1000, null]);
    expect(paceAfter(1000, 61_000)).toEqual([61_000, 60_000]);
  });

  it('doesn’t come back from offline by a late answer', () => {
    const offline = snapshot({ c1: { kind: 'offline', credential: C1, because } });
    expect(reduce(offline, { type: 'c1Answered', at: 9 })).toEqual(offline);
    expect(reduce(offline, { type: 'c1Asked', at: 9 })).toEqual(offline);
  });
});

describe('the events of the state', () => {
  const recorded = (at: number): StateEvent => ({ type: 'recorded', entry: entryOf(at) });

  it('are the last thirty, newest first', () => {
    const { events: kept } = after(
      snapshot(),
      ...Array.from({ length: 35 }, (_, at) => recorded(at)),
    );
    expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: 30 }, (_, n) => 34 - n));
  });

  it('of earlier runs come behind those of this one, each once', () => {
    const read: StateEvent = { type: 'historyRead', entries: [entryOf(3), entryOf(2)] };
    const { events: kept } = after(snapshot(), recorded(3), recorded(4), read);
    expect(kept.map(({ at }) => at)).toEqual([4, 3, 2]);
  });
});

describe('who listens to the state', () => {
  it('hears of every change until it stops listening', () => {
    const holder = new StateHolder(snapshot());
    const heard: Snapshot[] = [];
    const stop = holder.subscribe((each) => heard.push(each));
    holder.tell({ type: 'recorded', entry: entryOf(5000) });
    expect(heard).toEqual([holder.snapshot]);
    expect(heard[0]?.events).toEqual([entryOf(5000)]);
    stop();
    holder.tell({ type: 'recorded', entry: entryOf(5001) });
    expect(heard).toHaveLength(1);
  });
});
