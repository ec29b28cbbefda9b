import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { c1Unreachable, clockWrong, credentialRejected, notC1 } from '../../../main/c1/errors.ts';
import { fail } from '../../../shared/errors.ts';
import { HeldHandler, startLoop } from './loop.ts';
import { taskId, taskOfKind } from './fake-c1.ts';

const unavailable = () => {
  throw new ConnectError('down', Code.Unavailable);
};

describe('at its start the connector', () => {
  it('checks the credential, says Hello, then polls', async () => {
    const { c1, clock, events, stop, run } = startLoop();
    const ran = run();
    await clock.untilAsleep();
    expect(events.all).toEqual([
      { kind: 'verifying', step: 'credential' },
      { kind: 'verifying', step: 'connector' },
      { kind: 'connected', at: clock.now() },
      { kind: 'answered', at: clock.now() },
    ]);
    expect(c1.hellos).toHaveLength(1);
    expect(c1.hellos[0]?.taskId).toBe('');
    stop.abort();
    expect(await ran).toEqual({ ok: true, value: undefined });
  });

  it('never gives up on a C1 that is away, waiting longer each time', async () => {
    const { c1, clock, events, stop, run } = startLoop();
    c1.onHello = (call) => {
      if (call <= 10) unavailable();
    };
    const ran = run();
    for (const seconds of [1, 4, 9, 16, 25, 36, 49, 60, 60, 60]) {
      await clock.untilAsleep();
      const last = events.all.at(-1);
      expect(last).toMatchObject({
        kind: 'offline',
        because: { code: 'c1Unavailable', retryAt: clock.now() + seconds * 1000 },
      });
      await clock.advance(seconds * 1000);
    }
    await events.until(({ kind }) => kind === 'connected');
    expect(c1.hellos).toHaveLength(11);
    stop.abort();
    await ran;
  });

  it.each([
    ['an unreachable network', c1Unreachable('ENOTFOUND')],
    ['a captive portal', notC1('HTML')],
    ['a wrong clock', clockWrong(7)],
  ])('outlasts %s', async (_, failure) => {
    const { tokens, clock, events, stop, run } = startLoop();
    const token = tokens.next;
    tokens.next = () => fail(failure);
    const ran = run();
    await clock.untilAsleep();
    expect(events.all.at(-1)).toMatchObject({ kind: 'offline', because: { code: failure.code } });
    tokens.next = token;
    await clock.advance(1000);
    await events.until(({ kind }) => kind === 'connected');
    stop.abort();
    await ran;
  });

  it.each([
    [Code.Unauthenticated, 'credentialRejected'],
    [Code.PermissionDenied, 'c1Forbidden'],
    [Code.InvalidArgument, 'c1Refused'],
    [Code.Unimplemented, 'c1Refused'],
    [Code.FailedPrecondition, 'c1Refused'],
    [Code.NotFound, 'c1Refused'],
  ])('stops at once when C1 answers its Hello with gRPC code %i', async (code, failure) => {
    const { c1, clock, events, run } = startLoop();
    c1.onHello = () => {
      throw new ConnectError('no', code);
    };
    expect(await run()).toMatchObject({ ok: false, failure: { code: failure } });
    const last = events.all.at(-1);
    expect(last).toMatchObject({ kind: 'rejected', because: { code: failure } });
    expect(last).not.toHaveProperty('because.retryAt');
    expect(clock.sleeps).toEqual([]);
    expect(c1.polls).toBe(0);
  });

  it('stops at once when its credential is refused, without a Hello', async () => {
    const { c1, tokens, events, run } = startLoop();
    tokens.next = () => fail(credentialRejected('token endpoint: HTTP 401'));
    expect(await run()).toMatchObject({ failure: { code: 'credentialRejected' } });
    expect(events.all.map(({ kind }) => kind)).toEqual(['verifying', 'rejected']);
    expect(c1.hellos).toEqual([]);
  });

  it('tries again at once when woken', async () => {
    const { c1, clock, events, loop, stop, run } = startLoop();
    c1.onHello = (call) => {
      if (call === 1) unavailable();
    };
    const ran = run();
    await clock.untilAsleep();
    loop.wake();
    await events.until(({ kind }) => kind === 'connected');
    stop.abort();
    await ran;
  });

  it('can be stopped while it waits', async () => {
    const { c1, clock, stop, run } = startLoop();
    c1.onHello = unavailable;
    const ran = run();
    await clock.untilAsleep();
    stop.abort();
    expect(await ran).toEqual({ ok: true, value: undefined });
    expect(c1.polls).toBe(0);
    expect(clock.asleep).toBe(0);
  });
});

describe('polling', () => {
  it('keeps to C1’s pace, with a floor and a ceiling', async () => {
    const wishes = [{ nextPoll: 15_000 }, {}, { nextPoll: 0 }, { nextPoll: 3_600_000 }];
    const { c1, clock, stop, run } = startLoop({}, wishes);
    const ran = run();
    for (const pause of [15_000, 1050, 1050, 285_000]) {
      await clock.untilAsleep();
      expect(clock.sleeps.at(-1)).toBe(pause);
      await clock.advance(pause);
    }
    await clock.untilAsleep();
    expect(c1.polls).toBe(5);
    stop.abort();
    await ran;
  });

  it('goes on at once after a new task when C1 wishes so, yet not after a repeated one', async () => {
    const held = new HeldHandler();
    const grant = taskOfKind(1, 'grant');
    const { clock, stop, run } = startLoop({ grant: held.handler }, [
      { task: grant, nextPoll: 0 },
      { task: grant, nextPoll: 0 },
    ]);
    const ran = run();
    await clock.untilAsleep();
    expect(clock.sleeps).toEqual([0, 1050]);
    (await held.start()).end({ kind: 'success' });
    expect(held.started.all).toHaveLength(1);
    stop.abort();
    await ran;
  });

  it('backs off while C1 doesn’t answer, and returns to its pace when it does', async () => {
    const { c1, clock, events, stop, run } = startLoop();
    c1.onPoll = (call) => {
      if (call <= 3) unavailable();
      return { nextPoll: 20_000 };
    };
    const ran = run();
    for (const pause of [1000, 4000, 9000, 20_000]) {
      await clock.untilAsleep();
      expect(clock.sleeps.at(-1)).toBe(pause);
      await clock.advance(pause);
    }
    await events.until(({ kind }) => kind === 'answered', 2);
    expect(events.all.filter(({ kind }) => kind === 'offline')).toHaveLength(3);
    expect(c1.hellos).toHaveLength(1);
    stop.abort();
    await ran;
  });

  it('tells when a credential is revoked later, and yet never goes silent', async () => {
    const { c1, clock, events, stop, run } = startLoop();
    c1.onPoll = (call) => {
      if (call <= 2) throw new ConnectError('revoked', Code.Unauthenticated);
      return { nextPoll: 20_000 };
    };
    const ran = run();
    await clock.untilAsleep();
    expect(events.all.at(-1)).toMatchObject({
      kind: 'rejected',
      because: { code: 'credentialRejected', retryAt: clock.now() + 1000 },
    });
    await clock.advance(1000);
    await events.until(({ kind }) => kind === 'answered');
    stop.abort();
    await ran;
  });

  it('can be stopped while C1 holds a call open', async () => {
    const { c1, events, stop, run } = startLoop();
    c1.onPoll = () => new Promise(() => undefined);
    const ran = run();
    await events.until(({ kind }) => kind === 'connected');
    stop.abort();
    expect(await ran).toEqual({ ok: true, value: undefined });
  });

  it('asks for no more than it can work on', async () => {
    const held = new HeldHandler();
    const { c1, stop, run } = startLoop(
      { grant: held.handler },
      [1, 2, 3, 4].map((number) => ({ task: taskOfKind(number, 'grant'), nextPoll: 0 })),
    );
    const ran = run();
    const third = await held.start(3);
    expect(c1.polls).toBe(3);
    third.end({ kind: 'success' });
    await held.start(4);
    expect(c1.polls).toBe(4);
    for (const { end } of held.started.all) end({ kind: 'success' });
    stop.abort();
    await ran;
  });

  it('leaves alone a task whose id no answer could carry', async () => {
    const odd = { ...taskOfKind(1, 'grant'), id: '../../etc/passwd' };
    const { c1, clock, log, stop, run } = startLoop({}, [{ task: odd, nextPoll: 0 }]);
    const ran = run();
    await clock.untilAsleep();
    expect(c1.finished).toEqual([]);
    expect(clock.sleeps).toEqual([1050]);
    expect(log.lines.join()).not.toContain('passwd');
    stop.abort();
    await ran;
  });

  it('says which kind of task came', async () => {
    const { clock, events, stop, finished, run } = startLoop({}, [
      { task: taskOfKind(1, 'revoke'), nextPoll: 60_000 },
    ]);
    const ran = run();
    await finished();
    expect(events.all).toContainEqual({
      kind: 'taskReceived',
      taskId: taskId(1),
      task: 'revoke',
      at: clock.now(),
    });
    stop.abort();
    await ran;
  });
});
