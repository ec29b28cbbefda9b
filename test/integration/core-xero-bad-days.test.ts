import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../main/clock.ts';
import { parseEndpoints } from '../../main/endpoints.ts';
import { createNetwork } from '../../main/network.ts';
import { XeroApi } from '../../main/xero/api.ts';
import { Governor } from '../../main/xero/governor.ts';
import { XeroIdentity } from '../../main/xero/identity.ts';
import { XeroReader } from '../../main/xero/reader.ts';
import { ClientCredentialsTokens } from '../../main/xero/tokens.ts';
import { KeptLog } from '../unit/c1/quiet.ts';
import { hurriedClock } from './core-surroundings.ts';
import { DEMO, DONE, EVERY, HARBOUR, KAURI, openDesk, refused, type Desk } from './core-desk.ts';
import type { Fault } from '../sandbox/xero/faults.ts';

/** What C1 hears of a sync that came to nothing: it may ask again, and nothing was uploaded. */
async function expectSyncFails(desk: Desk, code: number, failure: string): Promise<void> {
  const uploads = desk.sandbox.c1.uploads().length;
  const task = await desk.syncNow();
  expect(task).toMatchObject({ state: 'failed', outcome: { code, nonRetryable: false } });
  expect(desk.snapshot.sync).toMatchObject({
    kind: 'failed',
    for: 'c1',
    because: { code: failure },
  });
  expect(desk.sandbox.c1.uploads()).toHaveLength(uploads);
  expect(desk.sandbox.c1.violations()).toEqual([]);
}

/** The fault is over: the next sync is whole. */
async function expectSyncWorks(desk: Desk): Promise<void> {
  desk.sandbox.xero.clearFaults();
  expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
}

function states(desk: Desk): unknown {
  return Object.fromEntries(
    EVERY.map((name) => {
      const state = desk.organisation(name)?.state;
      return [name, state !== undefined && 'because' in state ? state.because.code : state?.kind];
    }),
  );
}

describe('Xero fails once, or asks for a short pause', () => {
  it.each<[string, Fault]>([
    ['a problem of its own', { kind: 'status', status: 503 }],
    ['a cut connection', { kind: 'reset' }],
    ['a pause of two seconds', { kind: 'status', status: 429, retryAfter: 2, problem: 'minute' }],
  ])('%s: the sync goes on by itself', async (_what, fault) => {
    const desk = await openDesk();
    await desk.settle();
    for (const endpoint of ['connections', 'users', 'organisation'] as const) {
      desk.sandbox.xero.fail({ endpoint, fault });
    }
    expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
  });
});

describe('Xero fails throughout', () => {
  it.each<[string, Fault, string, string, number]>([
    ['a problem of its own', { kind: 'status', status: 500 }, 'xeroUnavailable', 'wait', 14],
    ['cut connections', { kind: 'reset' }, 'xeroUnreachable', 'wait', 14],
    ['a web page', { kind: 'html' }, 'xeroAnswerUnreadable', 'checkXeroNow', 13],
    ['truncated answers', { kind: 'truncated' }, 'xeroAnswerUnreadable', 'checkXeroNow', 13],
    ['empty answers', { kind: 'empty' }, 'xeroAnswerUnreadable', 'checkXeroNow', 13],
  ])(
    '%s: it is said, C1 may ask again, and nothing is uploaded',
    async (_what, fault, code, next, grpc) => {
      const desk = await openDesk();
      await desk.settle();
      for (const endpoint of ['connections', 'users'] as const) {
        desk.sandbox.xero.clearFaults();
        desk.sandbox.xero.fail({ endpoint, fault, times: Infinity });
        await expectSyncFails(desk, grpc, code);
        expect(desk.snapshot.sync).toMatchObject({ because: { next } });
        expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);
      }
      await expectSyncWorks(desk);
    },
  );

  it('a pause of an hour: C1 is told until when, and till then Xero isn’t asked again', async () => {
    const desk = await openDesk();
    await desk.settle();
    const fault = { kind: 'status', status: 429, retryAfter: 3600, problem: 'day' } as const;
    desk.sandbox.xero.fail({ endpoint: 'users', fault });
    await expectSyncFails(desk, 14, 'xeroRateLimited');
    const calls = desk.calls('users');
    await expectSyncFails(desk, 14, 'xeroRateLimited');
    expect(desk.calls('users')).toBe(calls);
  });

  it('says when it looks again after a long pause', async () => {
    const desk = await openDesk();
    await desk.signIn();
    await desk.until(() => desk.organisation(KAURI)?.state.kind === 'read');
    const fault = { kind: 'status', status: 429, retryAfter: 3600, problem: 'day' } as const;
    desk.sandbox.xero.fail({ endpoint: 'connections', fault });
    const before = Date.now();
    const looked = await desk.intents.checkXeroNow();
    const failure = looked.ok ? undefined : looked.failure;
    expect(failure?.retryAt).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(failure?.message).toContain('60 min');
  });
});

describe('Xero says nothing at all', () => {
  it('is given up after the time-out, tried four times, and told', async () => {
    const { sandbox } = await openDesk();
    const { xero, env, ca } = sandbox;
    const endpoints = parseEndpoints(env);
    if (!endpoints.ok) throw new Error(endpoints.failure.message);
    const surroundings = {
      endpoints: endpoints.value,
      network: createNetwork(ca),
      clock: hurriedClock,
      random: systemRandom,
      log: new KeptLog(),
    };
    const { clientId, secret = '' } = xero.customConnection;
    const app = { kind: 'custom', clientId, clientSecret: secret } as const;
    const tokens = new ClientCredentialsTokens(new XeroIdentity(app, surroundings), hurriedClock);
    const api = new XeroApi(surroundings.endpoints, surroundings.network, { timeout: 500 });
    const governor = new Governor(surroundings);
    const reader = new XeroReader({ ...surroundings, api, tokens, governor });
    for (const endpoint of ['connections', 'users'] as const) {
      xero.fail({ endpoint, fault: { kind: 'hang' }, times: Infinity });
    }
    const { signal } = new AbortController();
    const only = { id: '', tenantId: '', name: KAURI };
    const outcomes = await Promise.all([
      reader.connections('c1', signal),
      reader.organisation(only, 'c1', signal),
    ]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject(refused('xeroUnreachable', 'wait'));
    expect(xero.requests('connections')).toHaveLength(4);
    expect(xero.requests('users')).toHaveLength(4);
  });
});

describe('one organisation', () => {
  it('that forbids access: the others are still shown, but no half-truth is uploaded', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    const { id } = desk.sandbox.world.organisation(HARBOUR);
    const fault = { kind: 'status', status: 403 } as const;
    desk.sandbox.xero.fail({ endpoint: 'users', fault, organisationId: id, times: Infinity });

    await expectSyncFails(desk, 7, 'xeroForbidden');
    expect(states(desk)).toEqual({ [KAURI]: 'read', [HARBOUR]: 'xeroForbidden', [DEMO]: 'read' });
    expect(desk.organisation(HARBOUR)?.state).toMatchObject({
      because: {
        next: 'chooseOrganisations',
        message: expect.stringContaining(HARBOUR) as unknown,
      },
    });
    expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);
    await expectSyncWorks(desk);
    expect(states(desk)).toEqual({ [KAURI]: 'read', [HARBOUR]: 'read', [DEMO]: 'read' });
  });

  it('that was disconnected at Xero is missing, until the admin stops governing it', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    desk.sandbox.xero.disconnect(HARBOUR);
    await expectSyncFails(desk, 9, 'organisationMissing');
    expect(desk.organisation(HARBOUR)).toMatchObject({
      governed: true,
      state: { kind: 'missing', because: { next: 'chooseOrganisations' } },
    });

    const ids = [KAURI, DEMO].map((name) => desk.organisation(name)?.id ?? '');
    expect(await desk.intents.chooseOrganisations({ ids })).toMatchObject(DONE);
    await expectSyncWorks(desk);
    const organisations = desk.sandbox.c1
      .access()
      ?.resources.filter(({ id }) => id?.resourceType === 'org');
    expect(organisations?.map(({ displayName }) => displayName).toSorted()).toEqual([DEMO, KAURI]);
  });

  it('that was disconnected comes back when it is connected again', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    desk.sandbox.xero.disconnect(HARBOUR);
    await expectSyncFails(desk, 9, 'organisationMissing');
    expect(await desk.signIn(HARBOUR)).toMatchObject(DONE);
    await expectSyncWorks(desk);
    expect(desk.snapshot.uploaded?.counts.organisations).toBe(3);
  });

  it('has to be chosen: with none, nothing changes', async () => {
    const desk = await openDesk();
    await desk.settle(EVERY);
    const outcome = await desk.intents.chooseOrganisations({ ids: [] });
    expect(outcome).toMatchObject(refused('noOrganisation', 'chooseOrganisations'));
    expect(desk.settings.read().governed).toHaveLength(3);
  });
});

describe('Xero refuses the token (401)', () => {
  it.each(['connections', 'users'] as const)(
    'of %s once: it is replaced, and nobody notices',
    async (endpoint) => {
      const desk = await openDesk();
      await desk.settle();
      const before = desk.calls('token');
      desk.sandbox.xero.fail({ endpoint, fault: { kind: 'status', status: 401 } });
      expect(await desk.syncNow()).toMatchObject({ outcome: { ok: true } });
      expect(desk.calls('token')).toBe(before + 1);
      expect(desk.snapshot.xero).toMatchObject([{ state: { kind: 'signedIn' } }]);
    },
  );

  it.each(['connections', 'users'] as const)(
    'of %s again and again: it needs a sign-in, and goes on after it',
    async (endpoint) => {
      const desk = await openDesk();
      await desk.settle();
      const fault = { kind: 'status', status: 401 } as const;
      desk.sandbox.xero.fail({ endpoint, fault, times: Infinity });
      await expectSyncFails(desk, 16, 'xeroSignedOut');
      expect(desk.snapshot.xero).toMatchObject([
        {
          state: { kind: 'needsSignIn', because: { code: 'xeroSignedOut', next: 'signInToXero' } },
        },
      ]);
      desk.sandbox.xero.clearFaults();
      expect(await desk.signIn()).toMatchObject(DONE);
      await expectSyncWorks(desk);
    },
  );
});

describe('signing out', () => {
  it('gives the consent back and leaves no token, even when Xero doesn’t answer', async () => {
    const desk = await openDesk();
    await desk.settle();
    const signInId = desk.snapshot.xero[0]?.id ?? '';
    expect(await desk.intents.signOut({ signInId, where: 'everywhere' })).toMatchObject(DONE);
    expect(desk.sandbox.xero.connections(desk.app)).toEqual([]);
    expect([...desk.keychain.entries.keys()]).not.toContainEqual(expect.stringMatching(/^xero/));
    expect(desk.snapshot).toMatchObject({ setup: 'xero', xero: [] });
    expect(desk.settings.read()).toMatchObject({ signIns: [], governed: [] });

    await desk.signIn();
    const [again] = desk.snapshot.xero;
    desk.sandbox.xero.fail({ endpoint: 'revocation', fault: { kind: 'reset' } });
    expect(
      await desk.intents.signOut({ signInId: again?.id ?? '', where: 'everywhere' }),
    ).toMatchObject(DONE);
    expect([...desk.keychain.entries.keys()]).not.toContainEqual(expect.stringMatching(/^xero/));
  });
});
