import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemRandom } from '../../main/clock.ts';
import { lookAtXero } from '../../main/connector/look.ts';
import { People } from '../../main/connector/people.ts';
import type { XeroAccess } from '../../main/command-line/options.ts';
import { openReach } from '../../main/command-line/xero-reach.ts';
import { parseEndpoints } from '../../main/endpoints.ts';
import { createNetwork } from '../../main/network.ts';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import type { XeroApp } from '../sandbox/xero/apps.ts';
import type { XeroLimits } from '../sandbox/xero/limits.ts';
import { makeSigningKey } from '../sandbox/xero/signer.ts';
import { KeptLog } from '../unit/c1/quiet.ts';
import { FakeClock, settle } from '../unit/fake-clock.ts';
import { valueOf } from '../unit/results.ts';

const HOUR = 3_600_000;
const signingKey = makeSigningKey();

interface Read {
  readonly connections: number;
  readonly organisation: number;
  readonly users: number;
}

/** A server's sign-in to a Xero with so many organisations, and the calls that each read of it takes. */
async function reading(
  orgs: number,
  limits: Partial<XeroLimits> = {},
  kind: XeroApp['kind'] = 'web',
) {
  const clock = new FakeClock();
  const sandbox = await startSandbox({
    orgs,
    limits,
    now: () => clock.now(),
    c1: { autoSync: false },
    signingKey: await signingKey,
  });
  onTestFinished(() => sandbox.close());
  const { xero, env, ca } = sandbox;
  const redirectUris = ['http://localhost:9/callback'];
  const app =
    kind === 'custom'
      ? xero.customConnection
      : xero.register({ kind, name: 'A server', redirectUris });
  // The first of its organisations are connected; more can be later.
  const names = sandbox.world.organisations.map(({ name }) => name);
  const connect = (...organisations: readonly string[]): string =>
    xero.consent(app, { organisations });
  const access = (): XeroAccess => {
    const { clientId, secret = null } = app;
    if (kind === 'custom') return { kind, clientId, clientSecret: secret ?? '' };
    const refreshToken = connect(...names.slice(0, Math.max(1, orgs - 1)));
    return { kind: 'refreshToken', clientId, clientSecret: secret, refreshToken };
  };
  const reach = openReach(
    { xero: access(), tokenFile: null },
    {
      endpoints: valueOf(parseEndpoints(env)),
      network: createNetwork(ca),
      clock,
      random: systemRandom,
      log: new KeptLog(),
      tokenLock: null,
    },
  );
  const look = () =>
    lookAtXero(
      {
        reaches: [reach],
        purpose: 'c1',
        now: clock.now(),
        governed: 'all',
        people: new People(),
        onProgress: () => undefined,
        onUnlisted: () => undefined,
      },
      new AbortController().signal,
    );
  return { sandbox, clock, connect, names, look, calls: () => callsIn(sandbox, look) };
}

/** The calls of one read that reads all there is. */
async function callsIn(
  { xero }: Sandbox,
  look: () => ReturnType<typeof lookAtXero>,
): Promise<Read> {
  const count = (): Read => ({
    connections: xero.requests('connections').length,
    organisation: xero.requests('organisation').length,
    users: xero.requests('users').length,
  });
  const before = count();
  const { failed, held } = valueOf(await look());
  expect([failed, held]).toEqual([[], []]);
  const after = count();
  return {
    connections: after.connections - before.connections,
    organisation: after.organisation - before.organisation,
    users: after.users - before.users,
  };
}

describe('the calls that a read takes', () => {
  it.each([
    [1, 'web'],
    [3, 'web'],
    [25, 'web'],
    [1, 'desktop'],
    [3, 'desktop'],
    [25, 'desktop'],
  ] as const)(
    'for %i organisations of a %s app: 2n + 1 the first time, then n + 1, and the details again after a day',
    async (n, kind) => {
      const { connect, names, clock, calls } = await reading(n, {}, kind);
      connect(...names);
      const first = { connections: 1, organisation: n, users: n };
      const later = { connections: 1, organisation: 0, users: n };
      expect(await calls()).toEqual(first);
      expect(await calls()).toEqual(later);
      await clock.advance(23 * HOUR);
      expect(await calls()).toEqual(later);
      await clock.advance(HOUR);
      expect(await calls()).toEqual(first);
    },
  );

  it('of a custom connection are 3 the first time, then 2: its list is the organisation itself', async () => {
    const { clock, calls, sandbox } = await reading(1, {}, 'custom');
    const first = { connections: 0, organisation: 2, users: 1 };
    const later = { connections: 0, organisation: 1, users: 1 };
    expect(await calls()).toEqual(first);
    expect(await calls()).toEqual(later);
    await clock.advance(24 * HOUR);
    expect(await calls()).toEqual(first);
    // One token serves all reads within its half hour.
    expect(sandbox.xero.requests('token')).toHaveLength(2);
  });

  it('are one more for an organisation that is new', async () => {
    const { connect, names, calls } = await reading(3);
    expect(await calls()).toEqual({ connections: 1, organisation: 2, users: 2 });
    connect(...names);
    expect(await calls()).toEqual({ connections: 1, organisation: 1, users: 3 });
  });
});

describe('reads without end', () => {
  it('stay within Xero’s limits, whatever these are, and are all made', async () => {
    const { sandbox, clock, look } = await reading(1, { minute: 4, appMinute: 7 });
    let done = 0;
    const all = Promise.all(
      Array.from({ length: 12 }, async () => {
        valueOf(await look());
        done += 1;
      }),
    );
    void all.catch(() => undefined);
    const stop = new AbortController();
    const turning = turn(clock, stop.signal);
    await all;
    stop.abort();
    await turning;
    expect(done).toBe(12);
    const statuses = sandbox.xero.requests().map(({ status }) => status);
    // What Xero takes is learnt from its answers: hardly a call is refused, and none is lost.
    expect(statuses.filter((status) => status === 429).length).toBeLessThanOrEqual(5);
  });

  it('end with the day’s last call, and say when the next is let in', async () => {
    const { clock, look } = await reading(1, { day: 3 });
    valueOf(await look());
    valueOf(await look());
    const [failed] = valueOf(await look()).failed;
    expect(failed?.failure).toMatchObject({
      code: 'xeroRateLimited',
      retryAt: clock.now() + 24 * HOUR,
    });
    await clock.advance(24 * HOUR);
    expect(valueOf(await look()).failed).toEqual([]);
  });
});

/** Moves time on whenever somebody sleeps and no call is under way, however long a real call takes. */
async function turn(clock: FakeClock, signal: AbortSignal): Promise<void> {
  let underWay = 0;
  const begun = () => (underWay += 1);
  const answered = () => (underWay -= 1);
  subscribe('http.client.request.start', begun);
  subscribe('http.client.response.finish', answered);
  while (!signal.aborted) {
    await settle();
    if (underWay === 0 && clock.asleep > 0) await clock.advance(1000);
  }
  unsubscribe('http.client.request.start', begun);
  unsubscribe('http.client.response.finish', answered);
}
