import { describe, expect, it } from 'vitest';
import { Looks } from '../../../main/connector/looks.ts';
import type { Reach } from '../../../main/connector/reach.ts';
import { People } from '../../../main/connector/people.ts';
import { defaultSettings, type SettingsStore } from '../../../main/connector/settings.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { signedOut, unreachable } from '../../../main/xero/errors.ts';
import { organisationForbidden } from '../../../main/xero/organisation-errors.ts';
import type { Holdings } from '../../../main/access/holdings.ts';
import type { OrganisationAccess } from '../../../main/access/types.ts';
import { writerBroke } from '../../../main/c1z/failures.ts';
import type { AccessWriter } from '../../../main/c1z/writer.ts';
import { fail, type Result } from '../../../shared/errors.ts';
import type { Snapshot, SyncState } from '../../../shared/snapshot.ts';
import { farm, harbour, user } from '../access/build.ts';
import { KeptLog } from '../c1/quiet.ts';
import { atOnce } from '../c1z/at-once.ts';
import { FakeClock, settle } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { reachTo } from './reaches.ts';
import { KeptHistory } from './kept-history.ts';
import { MemorySettings } from './memory-settings.ts';
import { FARM, HARBOUR, organisation, signIn, snapshot } from './snapshots.ts';

const HARBOUR_ACCESS = harbour(user(), user({ userId: 'u-ben', globalUserId: 'g-ben' }));
const FARM_ACCESS = farm(user({ userId: 'u-ana-2' }));
const never = new AbortController().signal;

function looking(
  reaches: readonly Reach[],
  before: Partial<Snapshot> = {},
  governed: readonly string[] = [HARBOUR],
  writer: Pick<AccessWriter, 'summarise'> = atOnce,
) {
  const clock = new FakeClock();
  const state = new StateHolder(snapshot(before));
  const settings: SettingsStore = new MemorySettings({
    ...defaultSettings(HARBOUR),
    governed: [...governed],
  });
  const memory: { people: People; holdings: Holdings | null } = {
    people: new People(),
    holdings: null,
  };
  const syncs: SyncState[] = [];
  const first = state.snapshot.sync;
  state.subscribe(({ sync }) => {
    if (sync !== (syncs.at(-1) ?? first)) syncs.push(sync);
  });
  const signIns = {
    reaches,
    found: (id: string, to: Snapshot['xero'][number]['state']) =>
      state.tell({ type: 'signInMoved', id, to }),
  };
  const log = new KeptLog();
  /** When each look ended that found everything. */
  const whole: number[] = [];
  const onWhole = (_read: unknown, at: number) => void whole.push(at);
  const history = new KeptHistory();
  const parts = { state, settings, signIns, clock, log, history, memory, writer, onWhole };
  const looks = new Looks(parts);
  const organisations = () =>
    state.snapshot.xero.flatMap((each) =>
      each.organisations.map((one) => [one.name, one.governed, one.state.kind] as const),
    );
  return { looks, state, clock, memory, syncs, log, history, organisations, whole };
}

/** A sign-in whose list of organisations can't be had. */
function lost(signInId: string, failure = signedOut()): Reach {
  const { reader } = reachTo(signInId, []);
  return { signInId, reader: { ...reader, connections: () => Promise.resolve(fail(failure)) } };
}

describe('a look', () => {
  it('shows who has access where, and what became of the look', async () => {
    const { looks, state, clock, syncs, organisations } = looking([
      reachTo('sign-in-1', [HARBOUR_ACCESS, FARM_ACCESS]),
    ]);
    const { read } = valueOf(await looks.look('look', never));
    expect(read).toEqual({
      organisations: [HARBOUR_ACCESS],
      options: { accountId: 'global', legacyOrganisationId: null },
    });
    expect(organisations()).toEqual([
      ['Harbour Books', true, 'read'],
      ['Hillside Farm', false, 'unread'],
    ]);
    expect(state.snapshot.xero[0]?.organisations[0]?.state).toMatchObject({
      at: clock.now(),
      people: 2,
    });
    expect(state.snapshot.access).toMatchObject({
      at: clock.now(),
      counts: { organisations: 1, accounts: 2 },
    });
    expect(syncs).toEqual([
      { kind: 'reading', done: 0, of: 1, for: 'look' },
      { kind: 'reading', done: 1, of: 1, for: 'look' },
      { kind: 'done', at: clock.now(), for: 'look' },
    ]);
  });

  it('for C1 leaves the end to the upload', async () => {
    const { looks, syncs } = looking([reachTo('sign-in-1', [HARBOUR_ACCESS])]);
    valueOf(await looks.look('c1', never));
    expect(syncs.map((sync) => sync.kind)).toEqual(['reading', 'reading']);
    const failing = looking([lost('sign-in-1')]);
    await failing.looks.look('c1', never);
    expect(failing.syncs).toEqual([]);
  });

  it('reads Xero once at a time, and nobody gets the result of a look that began before', async () => {
    const held: ((answer: Result<OrganisationAccess>) => void)[] = [];
    const reach = reachTo('sign-in-1', [HARBOUR_ACCESS]);
    const slow: Reach = {
      ...reach,
      reader: { ...reach.reader, organisation: () => new Promise((answer) => held.push(answer)) },
    };
    const { looks } = looking([slow]);
    const first = looks.look('look', never);
    const second = looks.look('c1', never);
    await settle();
    expect(held).toHaveLength(1);
    held[0]?.({ ok: true, value: harbour(user()) });
    expect(valueOf(await first).look.read[0]?.users).toHaveLength(1);
    await settle();
    expect(held).toHaveLength(2);
    held[1]?.({ ok: true, value: HARBOUR_ACCESS });
    expect(valueOf(await second).look.read[0]?.users).toHaveLength(2);
  });

  it('remembers who each user is, for the next look', async () => {
    const { looks, memory } = looking([reachTo('sign-in-1', [HARBOUR_ACCESS])]);
    await looks.look('look', never);
    // Xero stops sending GlobalUserID: the accounts keep their ids.
    const bare = harbour(user({ globalUserId: null }));
    const later = looking([reachTo('sign-in-1', [bare])]);
    later.memory.people = memory.people;
    const { read } = valueOf(await later.looks.look('look', never));
    expect(read.organisations[0]?.users[0]?.globalUserId).toBe('g-ana');
  });

  it('whose numbers can’t be worked out fails, and keeps the last ones', async () => {
    const { looks, state, syncs } = looking(
      [reachTo('sign-in-1', [HARBOUR_ACCESS])],
      {},
      [HARBOUR],
      { summarise: () => Promise.resolve(fail(writerBroke('exit code 9'))) },
    );
    const before = state.snapshot.access;
    expect(failureOf(await looks.look('look', never)).code).toBe('bug');
    expect(state.snapshot.access).toBe(before);
    expect(syncs.at(-1)).toMatchObject({ kind: 'failed', for: 'look', because: { code: 'bug' } });
  });

  it('shows an organisation that refuses, and the others as read', async () => {
    const refusal = organisationForbidden('Harbour Books', 'Xero answered 403');
    const { looks, state, syncs, organisations } = looking(
      [reachTo('sign-in-1', [HARBOUR_ACCESS, FARM_ACCESS], { [HARBOUR]: fail(refusal) })],
      {},
      [HARBOUR, FARM],
    );
    valueOf(await looks.look('look', never));
    expect(organisations()).toEqual([
      ['Harbour Books', true, 'failed'],
      ['Hillside Farm', true, 'read'],
    ]);
    expect(syncs.at(-1)).toMatchObject({ kind: 'failed', for: 'look', because: refusal });
    expect(state.snapshot.xero[0]?.state).toEqual({ kind: 'signedIn' });
  });

  it('keeps showing a governed organisation that Xero no longer lists, as missing', async () => {
    const organisations = [organisation(), organisation({ id: FARM, name: 'Hillside Farm' })];
    const {
      looks,
      organisations: shown,
      state,
    } = looking([reachTo('sign-in-1', [HARBOUR_ACCESS])], { xero: [signIn({ organisations })] }, [
      HARBOUR,
      FARM,
    ]);
    valueOf(await looks.look('look', never));
    expect(shown()).toEqual([
      ['Harbour Books', true, 'read'],
      ['Hillside Farm', true, 'missing'],
    ]);
    expect(state.snapshot.sync).toMatchObject({
      kind: 'failed',
      because: {
        code: 'organisationMissing',
        message: expect.stringContaining('Hillside Farm') as string,
      },
    });
  });

  it('shows a demo company that was reset as missing, and the new one beside it', async () => {
    const anew = { organisation: { ...FARM_ACCESS.organisation, id: 'farm-anew' }, users: [] };
    const organisations = [organisation({ id: FARM, name: 'Hillside Farm', demo: true })];
    const { looks, organisations: shown } = looking(
      [reachTo('sign-in-1', [anew])],
      { xero: [signIn({ organisations })] },
      [FARM],
    );
    const { failed } = valueOf(await looks.look('look', never)).look;
    expect(failed[0]?.failure.code).toBe('demoCompanyReset');
    expect(failed[0]?.failure.message).toContain('govern that one in its place');
    expect(shown()).toEqual([
      ['Hillside Farm', false, 'unread'],
      ['Hillside Farm', true, 'missing'],
    ]);
  });

  it('shows what another sign-in still reaches there alone', async () => {
    const both = [organisation(), organisation({ id: FARM, name: 'Hillside Farm' })];
    const xero = [
      signIn({ organisations: both }),
      signIn({ id: 'sign-in-2', organisations: both }),
    ];
    const { looks, state } = looking(
      [reachTo('sign-in-1', [HARBOUR_ACCESS]), reachTo('sign-in-2', [FARM_ACCESS])],
      { xero },
      [HARBOUR, FARM],
    );
    valueOf(await looks.look('look', never));
    expect(
      state.snapshot.xero.map((each) =>
        each.organisations.map(({ name, state: { kind } }) => [name, kind]),
      ),
    ).toEqual([[['Harbour Books', 'read']], [['Hillside Farm', 'read']]]);
  });

  it('keeps what a sign-in had whose list can’t be had', async () => {
    const organisations = [organisation(), organisation({ id: FARM, governed: false })];
    const { looks, organisations: shown } = looking(
      [lost('sign-in-1'), reachTo('sign-in-2', [HARBOUR_ACCESS])],
      { xero: [signIn({ organisations }), signIn({ id: 'sign-in-2', organisations: [] })] },
    );
    valueOf(await looks.look('look', never));
    expect(shown()).toEqual([
      ['Harbour Books', true, 'read'],
      ['Harbour Books', false, 'unread'],
      ['Harbour Books', true, 'read'],
    ]);
  });

  it('asks for a sign-in of the one that is refused, though another read the organisation', async () => {
    const xero = [signIn(), signIn({ id: 'sign-in-2' })];
    const { looks, state } = looking(
      [
        reachTo('sign-in-1', [HARBOUR_ACCESS], { [HARBOUR]: fail(signedOut()) }),
        reachTo('sign-in-2', [HARBOUR_ACCESS]),
      ],
      { xero },
    );
    valueOf(await looks.look('look', never));
    expect(state.snapshot.xero.map((each) => each.state.kind)).toEqual(['needsSignIn', 'signedIn']);
    expect(state.snapshot.sync.kind).toBe('done');
  });

  it('keeps the numbers of the last read that was whole, for what leaving an organisation costs', async () => {
    const reach = reachTo('sign-in-1', [HARBOUR_ACCESS, FARM_ACCESS]);
    const { looks, memory, whole } = looking([reach], {}, [HARBOUR, FARM]);
    await looks.look('look', never);
    expect(whole).toHaveLength(1);
    expect(memory.holdings?.organisations.map(({ name }) => name)).toEqual([
      'Harbour Books',
      'Hillside Farm',
    ]);
    const half = looking([reachTo('sign-in-1', [HARBOUR_ACCESS])], {}, [HARBOUR, FARM]);
    half.memory.holdings = memory.holdings;
    await half.looks.look('look', never);
    expect(half.memory.holdings).toBe(memory.holdings);
    expect(half.whole).toEqual([]);
  });

  it('shows how many connections aren’t organisations, also beside none that is', async () => {
    const { looks, state } = looking(
      [reachTo('sign-in-1', [HARBOUR_ACCESS], {}, 2), reachTo('sign-in-2', [], {}, 1)],
      { xero: [signIn(), signIn({ id: 'sign-in-2', organisations: [] })] },
    );
    await looks.look('look', never);
    expect(state.snapshot.xero.map(({ leftOut }) => leftOut)).toEqual([2, 1]);
  });

  it('shows an organisation under the id it is connected under, whatever its answer says', async () => {
    const odd = { ...HARBOUR_ACCESS, tenantId: FARM };
    const reach = reachTo('sign-in-1', [FARM_ACCESS], { [FARM]: { ok: true, value: odd } });
    const { looks, state, organisations } = looking([reach], {}, [FARM]);
    await looks.look('look', never);
    expect(organisations()).toEqual([['Harbour Books', true, 'read']]);
    expect(state.snapshot.access?.warnings.join()).toContain('another ID');
  });

  it('forgets an organisation that is neither listed nor governed', async () => {
    const organisations = [organisation(), organisation({ id: FARM, governed: false })];
    const { looks, organisations: shown } = looking([reachTo('sign-in-1', [HARBOUR_ACCESS])], {
      xero: [signIn({ organisations })],
    });
    await looks.look('look', never);
    expect(shown().map(([name]) => name)).toEqual(['Harbour Books']);
  });

  it('shows which sign-in Xero no longer honours, and leaves the others', async () => {
    const xero = [signIn(), signIn({ id: 'sign-in-2', organisations: [] })];
    const { looks, state } = looking([reachTo('sign-in-1', [HARBOUR_ACCESS]), lost('sign-in-2')], {
      xero,
    });
    valueOf(await looks.look('look', never));
    expect(state.snapshot.xero.map((each) => each.state.kind)).toEqual(['signedIn', 'needsSignIn']);
    expect(state.snapshot.sync.kind).toBe('done');
  });

  it('blames only the sign-in that ended when another one can’t be reached', async () => {
    const xero = [signIn(), signIn({ id: 'sign-in-2' })];
    const { looks, state } = looking(
      [lost('sign-in-1'), lost('sign-in-2', unreachable('ECONNRESET'))],
      { xero },
    );
    expect(failureOf(await looks.look('look', never)).code).toBe('xeroSignedOut');
    expect(state.snapshot.xero.map((each) => each.state.kind)).toEqual(['needsSignIn', 'signedIn']);
  });

  it('asks for a sign-in when Xero lists an organisation, but refuses the token for it', async () => {
    const reach = reachTo('sign-in-1', [HARBOUR_ACCESS], { [HARBOUR]: fail(signedOut()) });
    const { looks, state } = looking([reach]);
    await looks.look('look', never);
    expect(state.snapshot.xero[0]?.state.kind).toBe('needsSignIn');
  });

  it('sees a sign-in that was refused for a while as well again', async () => {
    const needs = { kind: 'needsSignIn', because: signedOut() } as const;
    const { looks, state } = looking([reachTo('sign-in-1', [HARBOUR_ACCESS])], {
      xero: [signIn({ state: needs })],
    });
    await looks.look('look', never);
    expect(state.snapshot.xero[0]?.state.kind).toBe('signedIn');
  });

  it('shows what is left of the day, as the organisation’s own', async () => {
    const days = { [HARBOUR]: { left: 951, at: 1 }, [FARM]: { left: 100, at: 1 } };
    const { looks, state } = looking([
      reachTo('sign-in-1', [HARBOUR_ACCESS, FARM_ACCESS], {}, 0, days),
    ]);
    await looks.look('look', never);
    const [harbourShown, farmShown] = state.snapshot.xero[0]?.organisations ?? [];
    expect(harbourShown?.today).toEqual({ left: 951, forC1Alone: false });
    expect(farmShown?.today).toEqual({ left: 100, forC1Alone: true });
  });

  it('leaves all as it was where the day’s last calls are kept for C1', async () => {
    const read = { kind: 'read', at: 1, people: 9, roles: [] } as const;
    const access = {
      at: 1,
      counts: { organisations: 1, accounts: 9, roles: 6, entitlements: 8, grants: 20 },
      warnings: [],
    };
    const clock = new FakeClock();
    const days = { [HARBOUR]: { left: 96, at: clock.now() } };
    const { looks, state, syncs } = looking([reachTo('sign-in-1', [HARBOUR_ACCESS], {}, 0, days)], {
      access,
      xero: [signIn({ organisations: [organisation({ state: read })] })],
    });
    expect(valueOf(await looks.look('check', never)).look.held).toHaveLength(1);
    expect(state.snapshot.access).toBe(access);
    expect(state.snapshot.xero[0]?.organisations[0]?.state).toEqual(read);
    expect(syncs).toEqual([]);
  });

  it('by hand is shown as the app’s own', async () => {
    const { looks, syncs } = looking([reachTo('sign-in-1', [HARBOUR_ACCESS])]);
    await looks.look('check', never);
    expect(syncs.at(-1)).toMatchObject({ kind: 'done', for: 'look' });
  });

  it('keeps the last numbers when nothing could be read', async () => {
    const access = {
      at: 1,
      counts: { organisations: 1, accounts: 9, roles: 6, entitlements: 8, grants: 20 },
      warnings: [],
    };
    const refusal = organisationForbidden('Harbour Books', 'Xero answered 403');
    const reach = reachTo('sign-in-1', [HARBOUR_ACCESS], { [HARBOUR]: fail(refusal) });
    const { looks, state } = looking([reach], { access });
    await looks.look('look', never);
    expect(state.snapshot.access).toBe(access);
  });

  it('fails with the next step when nobody is signed in', async () => {
    const { looks } = looking([]);
    expect(failureOf(await looks.look('look', never)).next).toBe('signInToXero');
  });

  it('logs numbers, and neither people nor organisations', async () => {
    const { looks, log } = looking([reachTo('sign-in-1', [HARBOUR_ACCESS])]);
    await looks.look('look', never);
    expect(log.lines).toEqual([
      'info xero.looked {"organisations":1,"failed":0,"held":0,"for":"look"}',
      'info access.warnings {"sameEmail":2}',
    ]);
  });
});
