import { Code, ConnectError } from '@connectrpc/connect';
import { expect, it } from 'vitest';
import { MemoryLedger } from '../../../main/c1/ledger.ts';
import { FakeClock } from '../fake-clock.ts';
import { taskId, taskOfKind, type HeartbeatAnswer } from './fake-c1.ts';
import { HeldHandler, startLoop } from './loop.ts';

/** Tasks that wait for a person: C1 is told that they are, until it doesn't wait any more. */

const SECOND = 1000;

function waiting(answers: (call: number) => HeartbeatAnswer, heartbeat: 'yes' | 'no' = 'yes') {
  const person = new HeldHandler();
  const parts = startLoop({ grant: { slot: 'none', heartbeat, handle: person.handler } }, [
    { task: taskOfKind(1, 'grant'), nextPoll: 300_000 },
  ]);
  parts.c1.onHeartbeat = answers;
  return { ...parts, person, ran: parts.run() };
}

it('is told at the pace that C1 sets, and ends when C1 cancels it', async () => {
  const { c1, clock, person, finished, stop, ran } = waiting((call) => ({
    next: 5000,
    cancelled: call === 3,
  }));
  const { context } = await person.start();
  await clock.untilAsleepFor(5000);
  await clock.advance(5000);
  expect(context.signal.aborted).toBe(false);
  await clock.advance(5000);
  expect(context.signal.aborted).toBe(true);
  await clock.advance(SECOND);
  expect(await finished()).toMatchObject([{ brokenOff: { code: 'c1TaskCancelled' } }]);
  expect(c1.heartbeats).toEqual([taskId(1), taskId(1), taskId(1)]);
  stop.abort();
  await ran;
});

it('ends when C1 refuses to hear of it, and isn’t handed out again', async () => {
  const { c1, clock, person, finished, stop, ran } = waiting(() => {
    throw new ConnectError('no such task', Code.NotFound);
  });
  await person.start();
  await clock.untilAsleepFor(SECOND);
  await clock.advance(SECOND);
  await finished();
  expect(c1.finished).toMatchObject([
    { status: { code: Code.Canceled }, finalState: { value: { nonRetryable: true } } },
  ]);
  stop.abort();
  await ran;
});

it('goes on however long C1 can’t be reached', async () => {
  const { clock, person, stop, ran } = waiting(() => {
    throw new ConnectError('later', Code.Unavailable);
  });
  const { context } = await person.start();
  await clock.untilAsleepFor(30_000);
  await clock.advance(20 * 30_000);
  expect(context.signal.aborted).toBe(false);
  stop.abort();
  await clock.untilAsleepFor(SECOND);
  await clock.advance(SECOND);
  await ran;
});

it('isn’t told where that is switched off', async () => {
  const { c1, clock, person, stop, ran } = waiting(() => ({ next: 5000 }), 'no');
  await person.start();
  await clock.advance(60_000);
  expect(c1.heartbeats).toEqual([]);
  stop.abort();
  await clock.untilAsleepFor(SECOND);
  await clock.advance(SECOND);
  await ran;
});

it('is taken up again after a restart, though C1 doesn’t hand it out again', async () => {
  const person = new HeldHandler();
  const parts = startLoop({ grant: { slot: 'none', handle: person.handler } }, [], {
    leftOpen: () => Promise.resolve([taskOfKind(1, 'grant')]),
  });
  const ran = parts.run();
  const { end } = await person.start();
  end({ kind: 'success' });
  await parts.finished();
  expect(parts.c1.finished).toMatchObject([{ taskId: taskId(1), finalState: { case: 'success' } }]);
  parts.stop.abort();
  await ran;
});

it('that was answered before the restart isn’t answered again, and whoever waits is told', async () => {
  const person = new HeldHandler();
  const clock = new FakeClock();
  const ledger = new MemoryLedger(clock).of('acme.conductor.one');
  await ledger.keep(taskId(1), { kind: 'success' });
  await ledger.settle(taskId(1));
  const parts = startLoop({ grant: { slot: 'none', handle: person.handler } }, [], {
    clock,
    ledger,
    leftOpen: () => Promise.resolve([taskOfKind(1, 'grant')]),
  });
  const ran = parts.run();
  expect(await parts.finished()).toMatchObject([{ outcome: { kind: 'success' } }]);
  expect(parts.c1.finished).toEqual([]);
  parts.stop.abort();
  await ran;
});
