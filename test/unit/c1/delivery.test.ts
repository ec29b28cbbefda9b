import { Code, ConnectError } from '@connectrpc/connect';
import { expect, it } from 'vitest';
import { Ledger, type LedgerShelf } from '../../../main/c1/ledger.ts';
import type { TaskHandler } from '../../../main/c1/task.ts';
import { succeed } from '../../../shared/errors.ts';
import { FakeClock } from '../fake-clock.ts';
import { taskId, taskOfKind } from './fake-c1.ts';
import { HeldHandler, startLoop } from './loop.ts';
import { KeptLog } from './quiet.ts';

const GRANT = { task: taskOfKind(1, 'grant'), nextPoll: 300_000 };
const done: TaskHandler = () => Promise.resolve({ kind: 'success' });
const down = () => {
  throw new ConnectError('down', Code.Unavailable);
};

/** A shelf that outlives its ledger, as a file does a process. */
function shelf(text: string | null = null) {
  const kept = { text, aside: null as string | null };
  const port: LedgerShelf = {
    read: () => Promise.resolve(succeed(kept.text)),
    write: (next) => {
      kept.text = next;
      return Promise.resolve(succeed());
    },
    setAside: () => {
      kept.aside = kept.text;
      return Promise.resolve(succeed());
    },
  };
  return { kept, port };
}

it('an answer that can’t be delivered is tried again, longer apart each time, while polling goes on', async () => {
  const { c1, clock, finished, stop, run } = startLoop({ grant: done }, [GRANT]);
  let tries = 0;
  c1.onFinish = () => {
    tries += 1;
    if (tries < 4) down();
  };
  const ran = run();
  expect(await finished()).toMatchObject([{ delivered: false }]);
  for (const wait of [1000, 4000, 9000]) {
    await clock.untilAsleep(2);
    await clock.advance(wait);
  }
  expect(tries).toBe(4);
  expect(c1.finished).toHaveLength(1);
  stop.abort();
  await ran;
});

it('an answer is stored before it is sent, and sent first by the next run', async () => {
  const { kept, port } = shelf();
  const clock = new FakeClock();
  const ledger = () => new Ledger({ shelf: port, clock, log: new KeptLog() }).of('acme');
  const first = startLoop({ grant: done }, [GRANT], { clock, ledger: ledger() });
  const stored: string[] = [];
  first.c1.onFinish = () => {
    stored.push(kept.text ?? '');
    down();
  };
  const ran = first.run();
  await first.finished();
  first.stop.abort();
  await ran;
  expect(stored[0]).toContain(taskId(1));

  const second = startLoop({}, [], { clock, ledger: ledger() });
  const pollsBefore: number[] = [];
  second.c1.onFinish = () => pollsBefore.push(second.c1.polls);
  const again = second.run();
  await clock.untilAsleep();
  expect(second.c1.finished).toMatchObject([
    { taskId: taskId(1), finalState: { case: 'success' } },
  ]);
  expect(pollsBefore).toEqual([0]);
  second.stop.abort();
  await again;
});

it('a ledger that is damaged is set aside, and an empty one begun', async () => {
  const { kept, port } = shelf('{"version":1,"entr');
  const ledger = new Ledger({ shelf: port, clock: new FakeClock(), log: new KeptLog() }).of('acme');
  expect(await ledger.find(taskId(1))).toBeUndefined();
  expect(kept.aside).toBe('{"version":1,"entr');
});

it('twenty tasks that wait for people hold up neither polling nor a sync, and outlive a stop', async () => {
  const person = new HeldHandler();
  const waiting = Array.from({ length: 20 }, (_, index) => ({
    task: taskOfKind(index + 1, 'createAccount'),
    nextPoll: 0,
  }));
  const sync = { task: taskOfKind(30, 'syncFull'), nextPoll: 60_000 };
  const { c1, clock, finished, stop, run } = startLoop(
    { createAccount: { slot: 'none', handle: person.handler }, syncFull: done },
    [...waiting, sync],
  );
  const ran = run();
  await person.start(20);
  await finished();
  expect(c1.finished).toMatchObject([{ taskId: taskId(30) }]);
  stop.abort();
  await clock.untilAsleep();
  await clock.advance(2000);
  await ran;
  expect(c1.finished).toHaveLength(1);
});

it('a cancelled task whose handler doesn’t listen is answered after a second, and what comes later is dropped', async () => {
  const held = new HeldHandler();
  const { c1, clock, finished, stop, run } = startLoop({ syncFull: held.handler }, [
    { task: taskOfKind(1, 'syncFull'), nextPoll: 300_000 },
  ]);
  c1.onHeartbeat = (call) => ({ cancelled: call === 2, next: 5000 });
  const ran = run();
  const { end } = await held.start();
  await clock.untilAsleep(2);
  await clock.advance(5000);
  expect(c1.finished).toEqual([]);
  await clock.advance(1000);
  await finished();
  end({ kind: 'success' });
  expect(c1.finished).toMatchObject([
    { status: { code: 1, message: 'C1 cancelled the task.' }, finalState: { case: 'error' } },
  ]);
  stop.abort();
  await ran;
});
