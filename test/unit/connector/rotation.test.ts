import { Code, ConnectError } from '@connectrpc/connect';
import { afterEach, describe, expect, it } from 'vitest';
import { MemoryLedger } from '../../../main/c1/ledger.ts';
import { C1Side } from '../../../main/connector/c1-side.ts';
import { CredentialStore } from '../../../main/connector/credential-store.ts';
import { initialSnapshot } from '../../../main/connector/state.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import type { RotationState } from '../../../shared/rotation.ts';
import type { C1State } from '../../../shared/snapshot.ts';
import { CLIENT_ID, makeCredential, makeKey, makeSecret } from '../c1/credentials.ts';
import { FACTS, FakeC1, taskOfKind } from '../c1/fake-c1.ts';
import { HeldHandler, Watched } from '../c1/loop.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { fetchingBy } from '../fake-network.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';
import { APP } from './snapshots.ts';

const OLD = { id: CLIENT_ID, secret: makeSecret(makeKey()) };
const NEW = { id: 'calm-heron-54321@acme.conductor.one/ccc', secret: makeSecret(makeKey()) };
const ELSEWHERE = 'calm-heron-54321@beta.conductor.one/ccc';

const running: C1Side[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((side) => side.stop()));
});

/** A computer whose keychain outlives its app; C1 knows the Client IDs that weren't revoked. */
function computer() {
  const clock = new FakeClock();
  const secrets = new MemorySecrets();
  const store = new CredentialStore(secrets);
  const revoked = new Set<string>();
  const c1 = new FakeC1();
  const sync = new HeldHandler();
  const log = new KeptLog();
  const entry = () => {
    const text = secrets.entries.get('c1');
    const parsed = JSON.parse(text ?? '{}') as Record<string, { clientId: string } | undefined>;
    const { current, pending, previous } = parsed;
    return [current?.clientId, pending?.clientId, previous?.clientId];
  };
  const asking: string[] = [];
  const start = async () => {
    const state = new StateHolder(initialSnapshot(APP));
    const states = new Watched<RotationState>();
    const c1States = new Watched<C1State['kind']>();
    const events: string[] = [];
    state.subscribe(({ rotation, c1: { kind } }) => {
      c1States.add(kind);
      if (rotation !== states.all.at(-1)) states.add(rotation);
    });
    const side = new C1Side(
      {
        endpoints: { xeroApi: '', xeroIdentity: '', xeroLogin: '', c1ApiHost: undefined },
        network: fetchingBy((_address, init) => {
          const id = formOf(init?.body).get('client_id') ?? '';
          asking.push(id);
          const answer = JSON.stringify({ access_token: 'token', expires_in: 3600 });
          return Promise.resolve(
            revoked.has(id) ? new Response('', { status: 401 }) : new Response(answer),
          );
        }),
        clock,
        random: steady,
        log,
        facts: FACTS,
        ledger: new MemoryLedger(clock),
        handlers: () => ({ syncFull: sync.handler }),
        connection: c1.connection(),
      },
      state,
      store,
      ({ what, clientId }) => events.push(`${what} ${clientId === OLD.id ? 'old' : 'new'}`),
    );
    running.push(side);
    await side.start();
    const until = async (kind: RotationState['kind'], count = 1) => {
      const found = await states.until((each) => each.kind === kind, count);
      return found[count - 1];
    };
    const untilC1 = (kind: C1State['kind']) => c1States.until((each) => each === kind);
    const { rotation } = side;
    const add = (id = NEW.id, secret = NEW.secret, confirmed = false) =>
      rotation.add(id, secret, confirmed);
    return { side, rotation, state, events, until, untilC1, add };
  };
  const keep = () =>
    store.replace(() => ({
      current: { credential: makeCredential(OLD.id, OLD.secret), addedAt: 1 },
    }));
  return { clock, secrets, store, revoked, c1, sync, log, entry, asking, start, keep };
}

/** Connected with the old credential. */
async function atWork() {
  const desk = computer();
  valueOf(await desk.keep());
  desk.c1.onPoll = () => ({ nextPoll: 60_000 });
  const app = await desk.start();
  await desk.clock.untilAsleep();
  return { ...desk, ...app };
}

describe('a rotation', () => {
  it('goes from pasted to retired, with the old credential in use until the switch', async () => {
    const { add, rotation, until, entry, c1, clock, sync, state, events } = await atWork();
    valueOf(await add());
    expect(entry()).toEqual([OLD.id, NEW.id, undefined]);
    await until('asking');
    // C1 knows nothing of the new one's connector before the answer.
    expect(c1.hellos).toHaveLength(1);
    valueOf(rotation.answer('same'));
    await until('trial');
    expect(c1.hellos).toHaveLength(2);
    expect(entry()).toEqual([NEW.id, undefined, OLD.id]);
    expect(state.snapshot.c1).toMatchObject({
      kind: 'connected',
      credential: { clientId: NEW.id },
    });
    await clock.untilAsleep();
    c1.onPoll = () => ({ task: taskOfKind(1, 'syncFull'), nextPoll: 60_000 });
    await clock.advance(61_000);
    (await sync.start()).end({ kind: 'success' });
    expect(await until('ended')).toMatchObject({ how: 'done', gone: { clientId: OLD.id } });
    expect(entry()).toEqual([NEW.id, undefined, undefined]);
    expect(events).toEqual(['pending new', 'verified new', 'switched new', 'retired old']);
    valueOf(await rotation.close());
    expect(state.snapshot.rotation).toEqual({ kind: 'none' });
  });

  it('waits for the sync that is running, and asks C1 for no other', async () => {
    const { add, rotation, until, entry, c1, clock, sync } = await atWork();
    c1.onPoll = () => ({ task: taskOfKind(1, 'syncFull'), nextPoll: 1000 });
    await clock.advance(61_000);
    const held = await sync.start();
    valueOf(await add());
    await until('asking');
    valueOf(rotation.answer('same'));
    await until('switching');
    const { polls } = c1;
    await clock.advance(60_000);
    expect(c1.polls - polls).toBeLessThanOrEqual(1);
    expect(held.context.signal.aborted).toBe(false);
    expect(entry()).toEqual([OLD.id, NEW.id, undefined]);
    held.end({ kind: 'success' });
    await until('trial');
    expect(entry()).toEqual([NEW.id, undefined, OLD.id]);
  });

  it('that is cancelled while a sync is waited for leaves the old one at work', async () => {
    const { add, rotation, until, entry, c1, clock, sync } = await atWork();
    c1.onPoll = () => ({ task: taskOfKind(1, 'syncFull'), nextPoll: 1000 });
    await clock.advance(61_000);
    const held = await sync.start();
    valueOf(await add());
    await until('asking');
    valueOf(rotation.answer('same'));
    await until('switching');
    valueOf(await rotation.cancel());
    expect(entry()).toEqual([OLD.id, undefined, undefined]);
    held.end({ kind: 'success' });
    c1.onPoll = () => ({ task: taskOfKind(2, 'syncFull'), nextPoll: 1000 });
    await clock.untilAsleep();
    await clock.advance(60_000);
    (await sync.start(2)).end({ kind: 'success' });
  });

  it('with a credential that C1 refuses is stuck, and the old one goes on', async () => {
    const { add, rotation, until, entry, revoked, state, events } = await atWork();
    revoked.add(NEW.id);
    valueOf(await add());
    expect(await until('stuck')).toMatchObject({
      at: 'credential',
      because: { code: 'credentialRejected' },
    });
    expect(state.snapshot.c1).toMatchObject({
      kind: 'connected',
      credential: { clientId: OLD.id },
    });
    revoked.clear();
    valueOf(await rotation.retry());
    await until('asking');
    valueOf(await rotation.cancel());
    expect(entry()).toEqual([OLD.id, undefined, undefined]);
    expect(events).toEqual(['pending new', 'discarded new']);
  });

  it('whose connector C1 refuses is stuck there, and remembers the answer for the next try', async () => {
    const { add, rotation, until, c1, entry } = await atWork();
    valueOf(await add());
    await until('asking');
    c1.onHello = () => {
      throw new ConnectError('no', Code.PermissionDenied);
    };
    valueOf(rotation.answer('another'));
    expect(await until('stuck')).toMatchObject({
      at: 'connector',
      because: { code: 'c1Forbidden' },
    });
    c1.onHello = () => undefined;
    valueOf(await rotation.retry());
    await until('trial');
    expect(entry()[0]).toBe(NEW.id);
  });

  it('that waited for the network goes on when it is back', async () => {
    const { add, side, until, c1, rotation } = await atWork();
    valueOf(await add());
    await until('asking');
    c1.onHello = () => {
      throw new ConnectError('down', Code.Unavailable);
    };
    valueOf(rotation.answer('same'));
    await until('stuck');
    c1.onHello = () => undefined;
    await side.retry();
    await until('trial');
  });

  it('isn’t made when the keychain fails at the switch; the old one works on', async () => {
    const { add, rotation, until, entry, secrets, state, clock, c1 } = await atWork();
    valueOf(await add());
    await until('asking');
    secrets.readOnly = true;
    valueOf(rotation.answer('same'));
    expect(await until('stuck')).toMatchObject({
      at: 'switch',
      because: { code: 'keychainLocked' },
    });
    expect(entry()).toEqual([OLD.id, NEW.id, undefined]);
    expect(state.snapshot.c1).toMatchObject({ credential: { clientId: OLD.id } });
    const polled = new Promise<void>((resolve) => {
      c1.onPoll = () => {
        resolve();
        return { nextPoll: 60_000 };
      };
    });
    await clock.advance(61_000);
    await polled;
    secrets.readOnly = false;
    valueOf(await rotation.retry());
    await until('trial');
  });

  it('switches at once when C1 ended the old one at Rotate', async () => {
    const { add, rotation, until, untilC1, revoked, c1, clock, state } = await atWork();
    revoked.add(OLD.id);
    c1.onPoll = () => {
      throw new ConnectError('ended', Code.Unauthenticated);
    };
    await clock.advance(61_000);
    await untilC1('rejected');
    valueOf(await add());
    await until('asking');
    c1.onPoll = () => ({ nextPoll: 60_000 });
    valueOf(rotation.answer('same'));
    await until('trial');
    expect(state.snapshot.c1).toMatchObject({
      kind: 'connected',
      credential: { clientId: NEW.id },
    });
  });
});

describe('what is pasted', () => {
  it('for another C1 is asked about before anything is sent or kept', async () => {
    const { add, asking, entry, until } = await atWork();
    const before = asking.length;
    const failure = failureOf(await add(ELSEWHERE));
    expect(failure).toMatchObject({ code: 'credentialHostUnconfirmed', next: 'confirmHost' });
    expect(failure.message).toContain('beta.conductor.one');
    expect([asking.length - before, entry()[1]]).toEqual([0, undefined]);
    valueOf(await add(ELSEWHERE, NEW.secret, true));
    await until('asking');
  });

  it('that is in use already is told, and nothing begins', async () => {
    const { add, state } = await atWork();
    expect(failureOf(await add(OLD.id, OLD.secret)).code).toBe('credentialInUse');
    expect(state.snapshot.rotation.kind).toBe('none');
  });

  it('isn’t taken while the keychain is locked', async () => {
    const { add, secrets, state } = await atWork();
    secrets.locked = true;
    expect(failureOf(await add()).code).toBe('keychainLocked');
    expect(state.snapshot.rotation.kind).toBe('none');
  });

  it('a second time takes the place of the first', async () => {
    const { add, until, entry } = await atWork();
    const other = 'keen-lynx-11111@acme.conductor.one/ccc';
    valueOf(await add());
    await until('asking');
    valueOf(await add(other));
    await until('asking', 2);
    expect(entry()).toEqual([OLD.id, other, undefined]);
  });

  it('is nowhere in the snapshot or the log but by its public part', async () => {
    const { add, until, state, log, rotation } = await atWork();
    valueOf(await add());
    await until('asking');
    valueOf(rotation.answer('same'));
    await until('trial');
    expect(JSON.stringify(state.snapshot) + log.lines.join()).not.toContain('secret-token');
  });
});

describe('going back', () => {
  it('takes the old one into use again by one click', async () => {
    const { add, rotation, until, entry, state, events } = await atWork();
    valueOf(await add());
    await until('asking');
    valueOf(rotation.answer('same'));
    await until('trial');
    valueOf(await rotation.rollBack());
    expect(entry()).toEqual([OLD.id, undefined, undefined]);
    expect(state.snapshot.c1).toMatchObject({ credential: { clientId: OLD.id } });
    expect(state.snapshot.rotation).toMatchObject({
      how: 'rolledBack',
      gone: { clientId: NEW.id },
    });
    expect(events.at(-1)).toBe('rolledBack old');
  });

  it('isn’t possible when C1 ended the old one; the new one stays', async () => {
    const { add, rotation, until, entry, revoked, state, start } = await atWork();
    valueOf(await add());
    await until('asking');
    valueOf(rotation.answer('same'));
    await until('trial');
    revoked.add(OLD.id);
    expect(failureOf(await rotation.rollBack()).message).toContain('can’t be put back');
    expect(entry()).toEqual([NEW.id, undefined, OLD.id]);
    expect(state.snapshot.c1).toMatchObject({
      kind: 'connected',
      credential: { clientId: NEW.id },
    });
    // Nor after a restart, where it isn't offered either.
    const after = await start();
    expect(after.state.snapshot.rotation).toMatchObject({
      kind: 'trial',
      because: { code: 'credentialRejected' },
    });
  });

  it('works when the new one was revoked before its first task', async () => {
    const { add, rotation, until, untilC1, revoked, state, c1 } = await atWork();
    valueOf(await add());
    await until('asking');
    // The old one asks for nothing before the next minute: this meets the new one's first poll.
    c1.onPoll = () => {
      revoked.add(NEW.id);
      throw new ConnectError('ended', Code.Unauthenticated);
    };
    valueOf(rotation.answer('same'));
    await until('trial');
    await untilC1('rejected');
    c1.onPoll = () => ({ nextPoll: 60_000 });
    valueOf(await rotation.rollBack());
    expect(state.snapshot.c1).toMatchObject({
      kind: 'connected',
      credential: { clientId: OLD.id },
    });
  });
});

describe('after a crash', () => {
  it('with a new one pasted, the old one is in use, and the question is asked again', async () => {
    const before = await atWork();
    valueOf(await before.add());
    await before.until('asking');
    const { state, until, rotation } = await before.start();
    await until('asking');
    expect(state.snapshot.c1).toMatchObject({ credential: { clientId: OLD.id } });
    valueOf(rotation.answer('same'));
    await until('trial');
  });

  it('with the switch written, the new one is in use and the old one kept', async () => {
    const before = await atWork();
    valueOf(await before.add());
    await before.until('asking');
    before.rotation.answer('same');
    await before.until('trial');
    const { state, rotation } = await before.start();
    expect(state.snapshot.c1).toMatchObject({ credential: { clientId: NEW.id } });
    expect(state.snapshot.rotation).toMatchObject({
      kind: 'trial',
      previous: { clientId: OLD.id },
    });
    valueOf(await rotation.rollBack());
    expect(before.entry()).toEqual([OLD.id, undefined, undefined]);
  });

  it('how it ended is told until it was read, and not again', async () => {
    const before = await atWork();
    valueOf(await before.add());
    await before.until('asking');
    valueOf(before.rotation.answer('same'));
    await before.until('trial');
    valueOf(await before.rotation.rollBack());
    const { state, rotation } = await before.start();
    expect(state.snapshot.rotation).toMatchObject({
      kind: 'ended',
      how: 'rolledBack',
      gone: { clientId: NEW.id, host: 'acme.conductor.one' },
    });
    expect(JSON.stringify([...before.secrets.entries.values()])).not.toContain(
      NEW.secret.slice(-40),
    );
    valueOf(await rotation.close());
    expect((await before.start()).state.snapshot.rotation).toEqual({ kind: 'none' });
  });

  it('the end that wasn’t read gives way to the next change', async () => {
    const { add, rotation, until, state, start } = await atWork();
    valueOf(await add());
    await until('asking');
    valueOf(rotation.answer('same'));
    await until('trial');
    valueOf(await rotation.rollBack());
    valueOf(await add());
    await until('asking', 2);
    valueOf(await rotation.cancel());
    expect(state.snapshot.rotation).toEqual({ kind: 'none' });
    expect((await start()).state.snapshot.rotation).toEqual({ kind: 'none' });
  });

  it('removing erases the new one and the one before too', async () => {
    const { add, side, until, secrets, state } = await atWork();
    valueOf(await add());
    await until('asking');
    valueOf(await side.remove());
    expect(secrets.entries.size).toBe(0);
    expect([state.snapshot.c1.kind, state.snapshot.rotation.kind]).toEqual(['none', 'none']);
  });
});

function formOf(body: unknown): URLSearchParams {
  if (body instanceof URLSearchParams) return body;
  return new URLSearchParams(typeof body === 'string' ? body : '');
}
