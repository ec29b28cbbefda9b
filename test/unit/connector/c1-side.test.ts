import { once } from 'node:events';
import { fetchingBy } from '../fake-network.ts';
import { Code, ConnectError } from '@connectrpc/connect';
import { afterEach, describe, expect, it } from 'vitest';
import { C1Side } from '../../../main/connector/c1-side.ts';
import { CredentialStore } from '../../../main/connector/credential-store.ts';
import { initialSnapshot } from '../../../main/connector/state.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { MemoryLedger } from '../../../main/c1/ledger.ts';
import type { C1State } from '../../../shared/snapshot.ts';
import { CLIENT_ID, makeCredential, makeKey, makeSecret } from '../c1/credentials.ts';
import { FACTS, FakeC1, taskOfKind } from '../c1/fake-c1.ts';
import { Watched } from '../c1/loop.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { FakeClock, settle } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';
import { APP } from './snapshots.ts';

const SECRET = makeSecret(makeKey());
const OTHER_ID = 'calm-heron-54321@acme.conductor.one/ccc';
const OTHER_SECRET = makeSecret(makeKey());

const running: C1Side[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((side) => side.stop()));
});

/** C1's side with C1 in memory, and a token endpoint that answers `status`. */
function siding() {
  const c1 = new FakeC1();
  const clock = new FakeClock();
  const secrets = new MemorySecrets();
  const store = new CredentialStore(secrets);
  const log = new KeptLog();
  const state = new StateHolder(initialSnapshot(APP));
  const states = new Watched<C1State>();
  state.subscribe((snapshot) => {
    if (snapshot.c1 !== states.all.at(-1)) states.add(snapshot.c1);
  });
  const token = { status: 200, asked: 0 };
  const side = new C1Side(
    {
      endpoints: { xeroApi: '', xeroIdentity: '', xeroLogin: '', c1ApiHost: undefined },
      network: fetchingBy(() => {
        token.asked += 1;
        const body = JSON.stringify({ access_token: `token-${token.asked}`, expires_in: 3600 });
        return Promise.resolve(new Response(token.status === 200 ? body : '', token));
      }),
      clock,
      random: steady,
      log,
      facts: FACTS,
      ledger: new MemoryLedger(clock),
      handlers: () => ({}),
      connection: c1.connection(),
    },
    state,
    store,
  );
  running.push(side);
  const keep = (clientId = CLIENT_ID, secret = SECRET) =>
    store.replace(() => ({
      current: { credential: makeCredential(clientId, secret), addedAt: 1 },
    }));
  const until = (kind: C1State['kind'], count = 1) =>
    states.until((each) => each.kind === kind, count);
  const shown = () => state.snapshot.c1;
  return { side, c1, clock, secrets, store, state, states, token, log, keep, until, shown };
}

describe('at the app’s start', () => {
  it('nothing is asked of C1 while there is no credential', async () => {
    const { side, token, shown } = siding();
    await side.start();
    expect(shown()).toEqual({ kind: 'none', because: null });
    expect(token.asked).toBe(0);
  });

  it('the kept credential is used, and every step shown', async () => {
    const { side, c1, clock, states, keep, until } = siding();
    await keep();
    await side.start();
    const [connected] = await until('connected');
    expect(connected).toMatchObject({
      credential: { clientId: CLIENT_ID, host: 'acme.conductor.one', addedAt: 1 },
      since: clock.now(),
      askedAt: null,
      usualPace: null,
    });
    expect(states.all.map((each) => each.kind)).toContain('verifying');
    expect(c1.hellos).toHaveLength(1);
  });

  it('it is shown before C1 is called, which waits for the window', async () => {
    const { side, c1, token, keep, until, shown } = siding();
    await keep();
    const window = new AbortController();
    await side.start(once(window.signal, 'abort').then(() => undefined));
    await settle();
    expect(shown()).toMatchObject({ kind: 'verifying', credential: { clientId: CLIENT_ID } });
    expect([token.asked, c1.hellos.length]).toEqual([0, 0]);
    window.abort();
    await until('connected');
  });

  it('a locked keychain is told, and asked again by a retry', async () => {
    const { side, secrets, keep, until, shown } = siding();
    await keep();
    secrets.locked = true;
    await side.start();
    expect(shown()).toMatchObject({ kind: 'none', because: { code: 'keychainLocked' } });
    secrets.locked = false;
    await side.retry();
    await until('connected');
  });

  it('two starts at once make one connector', async () => {
    const { side, c1, clock, keep, until } = siding();
    await keep();
    await Promise.all([side.start(), side.retry(), side.start()]);
    await until('connected');
    await clock.untilAsleep();
    expect(c1.hellos).toHaveLength(1);
  });

  it('an unreachable C1 is offline, tried again by itself and at once when asked', async () => {
    const { side, c1, clock, keep, until } = siding();
    await keep();
    c1.onHello = (call) => {
      if (call < 3) throw new ConnectError('down', Code.Unavailable);
    };
    await side.start();
    const [offline] = await until('offline');
    expect(offline).toMatchObject({ because: { retryAt: expect.any(Number) as number } });
    await clock.untilAsleep();
    await clock.advance(5000);
    await until('offline', 2);
    await clock.untilAsleep();
    await side.retry();
    await until('connected');
    expect(c1.hellos).toHaveLength(3);
  });

  it('a credential that C1 refuses is told, and tried anew when asked', async () => {
    const { side, token, keep, until, shown } = siding();
    await keep();
    token.status = 401;
    await side.start();
    await until('rejected');
    expect(shown()).toMatchObject({
      kind: 'rejected',
      because: { code: 'credentialRejected', next: 'pasteCredential' },
    });
    token.status = 200;
    // The loop that was refused ends first.
    await settle();
    await side.retry();
    await until('connected');
  });
});

describe('a pasted credential', () => {
  it('is kept once C1 has greeted it', async () => {
    const { side, c1, secrets, shown } = siding();
    c1.onHello = () => expect(secrets.entries.size).toBe(0);
    valueOf(await side.connect(CLIENT_ID, SECRET, false));
    expect(shown()).toMatchObject({ kind: 'connected', credential: { clientId: CLIENT_ID } });
    expect(secrets.entries.get('c1')).toContain(SECRET);
  });

  it('that can’t be one is refused before anything is sent, and nothing changes', async () => {
    const { side, token, secrets, states } = siding();
    expect(failureOf(await side.connect(CLIENT_ID, SECRET.slice(0, -9), false)).code).toBe(
      'credentialSecretInvalid',
    );
    expect(failureOf(await side.connect(SECRET, CLIENT_ID, false)).code).toBe(
      'credentialClientIdInvalid',
    );
    expect([token.asked, secrets.entries.size, states.all]).toEqual([0, 0, []]);
  });

  it('for an unusual host is asked about first, saying who would get the data', async () => {
    const { side, token, secrets } = siding();
    const unusual = 'sneaky-otter-12345@gateway.example/ccc';
    const failure = failureOf(await side.connect(unusual, SECRET, false));
    expect(failure).toMatchObject({ code: 'credentialHostUnconfirmed', next: 'confirmHost' });
    expect(failure.message).toContain('gateway.example');
    expect([token.asked, secrets.entries.size]).toEqual([0, 0]);
    valueOf(await side.connect(unusual, SECRET, true));
  });

  it('that C1 doesn’t accept isn’t kept, and the reason stays in sight', async () => {
    const { side, token, secrets, c1, shown } = siding();
    token.status = 401;
    expect(failureOf(await side.connect(CLIENT_ID, SECRET, false)).code).toBe('credentialRejected');
    expect(secrets.entries.size).toBe(0);
    expect(c1.hellos).toEqual([]);
    expect(shown()).toMatchObject({ kind: 'none', because: { code: 'credentialRejected' } });
  });

  it('isn’t kept while C1 can’t be reached', async () => {
    const { side, c1, clock, secrets } = siding();
    c1.onHello = () => {
      throw new ConnectError('down', Code.Unavailable);
    };
    expect(failureOf(await side.connect(CLIENT_ID, SECRET, false)).next).toBe('wait');
    expect(secrets.entries.size).toBe(0);
    // Nobody goes on trying with it.
    await clock.advance(10 * 60_000);
    expect(c1.hellos).toHaveLength(1);
  });

  it('isn’t used when the keychain can’t keep it', async () => {
    const { side, c1, clock, secrets, shown } = siding();
    secrets.readOnly = true;
    expect(failureOf(await side.connect(CLIENT_ID, SECRET, false)).code).toBe('keychainLocked');
    expect(shown()).toMatchObject({ kind: 'none', because: { code: 'keychainLocked' } });
    const { polls } = c1;
    await clock.advance(10 * 60_000);
    expect(c1.polls).toBe(polls);
  });

  it('takes the place of the one in use, which stops', async () => {
    const { side, c1, clock, shown, secrets } = siding();
    valueOf(await side.connect(CLIENT_ID, SECRET, false));
    valueOf(await side.connect(OTHER_ID, OTHER_SECRET, false));
    expect(shown()).toMatchObject({ kind: 'connected', credential: { clientId: OTHER_ID } });
    expect(JSON.parse(secrets.entries.get('c1') ?? '')).toMatchObject({
      current: { clientId: OTHER_ID },
      previous: { clientId: CLIENT_ID },
    });
    // One loop polls, not two.
    await clock.untilAsleep();
    const before = c1.polls;
    await clock.advance(61_000);
    await clock.untilAsleep();
    expect(c1.polls - before).toBe(1);
  });

  it('that is refused leaves the one in use as it was', async () => {
    const { side, token, shown, secrets } = siding();
    valueOf(await side.connect(CLIENT_ID, SECRET, false));
    const before = shown();
    token.status = 401;
    expect(failureOf(await side.connect(OTHER_ID, OTHER_SECRET, false)).code).toBe(
      'credentialRejected',
    );
    expect(shown()).toEqual(before);
    expect(secrets.entries.get('c1')).not.toContain(OTHER_SECRET);
  });

  it('is nowhere in the snapshot or the log but by its public part', async () => {
    const { side, state, log } = siding();
    valueOf(await side.connect(CLIENT_ID, SECRET, false));
    const seen = JSON.stringify(state.snapshot) + log.lines.join();
    expect(seen).not.toContain('secret-token');
    expect(seen).not.toContain('token-1');
  });
});

describe('a connected C1', () => {
  it('is shown with when it last answered, and when it last asked for data', async () => {
    const { side, c1, clock, until, shown } = siding();
    c1.onPoll = (call) =>
      call <= 2 ? { task: taskOfKind(call, 'syncFull'), nextPoll: 60_000 } : { nextPoll: 60_000 };
    valueOf(await side.connect(CLIENT_ID, SECRET, false));
    await until('connected');
    await clock.untilAsleep();
    const first = clock.now();
    await clock.advance(60_000);
    await clock.untilAsleep();
    expect(shown()).toMatchObject({
      answeredAt: first + 60_000,
      askedAt: first + 60_000,
      usualPace: 60_000,
    });
  });

  it('comes back from offline with its pace', async () => {
    const { side, c1, clock, until, shown } = siding();
    c1.onPoll = (call) => {
      if (call === 1) return { task: taskOfKind(1, 'syncFull'), nextPoll: 60_000 };
      if (call === 2) throw new ConnectError('down', Code.Unavailable);
      return { nextPoll: 60_000 };
    };
    valueOf(await side.connect(CLIENT_ID, SECRET, false));
    await clock.untilAsleep();
    const asked = clock.now();
    await clock.advance(60_000);
    await until('offline');
    await clock.untilAsleep();
    await clock.advance(60_000);
    await clock.untilAsleep();
    expect(shown()).toMatchObject({ kind: 'connected', askedAt: asked });
  });
});

describe('removing the credential', () => {
  it('forgets it here and stops asking C1', async () => {
    const { side, c1, clock, secrets, shown } = siding();
    valueOf(await side.connect(CLIENT_ID, SECRET, false));
    await clock.untilAsleep();
    valueOf(await side.remove());
    expect(secrets.entries.size).toBe(0);
    expect(shown()).toEqual({ kind: 'none', because: null });
    const { polls } = c1;
    await clock.advance(10 * 60_000);
    expect(c1.polls).toBe(polls);
  });

  it('fails and goes on while the keychain is locked', async () => {
    const { side, secrets, shown } = siding();
    valueOf(await side.connect(CLIENT_ID, SECRET, false));
    secrets.locked = true;
    expect(failureOf(await side.remove()).code).toBe('keychainLocked');
    expect(shown().kind).toBe('connected');
  });
});
