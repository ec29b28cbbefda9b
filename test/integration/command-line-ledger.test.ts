import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openTerminal, type Terminal } from './command-line.ts';

/** Serves with a state folder, which outlives the process. */
function serveWithState(terminal: Terminal) {
  return terminal.start(['serve'], {
    ...terminal.customConnection,
    ...terminal.c1,
    BATON_HOST_ID: 'server',
    BATON_XERO_STATE_DIR: terminal.path('state'),
  });
}

/** A task that was done, and whose process was killed while its answer was on the way. */
async function killedWhileAnswering(terminal: Terminal): Promise<string> {
  const { c1 } = terminal.sandbox;
  const id = c1.enqueue('sync_full');
  const killed = serveWithState(terminal);
  await c1.waitFor('fault', ({ where }) => where.startsWith('FinishTask'));
  killed.signal('SIGKILL');
  expect(await killed.ended).toMatchObject({ code: null });
  c1.faults.clear();
  const ledger: unknown = JSON.parse(await readFile(terminal.path('state/ledger.json'), 'utf8'));
  expect(ledger).toMatchObject({ entries: [{ taskId: id, delivery: 'pending' }] });
  return id;
}

it('an answer that was stored when the process was killed is sent by the next, before it asks for more', async () => {
  const terminal = await openTerminal();
  const { c1 } = terminal.sandbox;
  c1.faults.rpc('FinishTask').add({ kind: 'hang' }, 1);
  const id = await killedWhileAnswering(terminal);
  const pollsBefore = c1.events('poll').length;
  const serving = serveWithState(terminal);
  const { task } = await c1.waitFor('finished');
  expect(c1.events('poll')).toHaveLength(pollsBefore);
  expect(task).toMatchObject({ id, deliveries: 1, finishes: 1, outcome: { ok: true } });
  serving.signal('SIGTERM');
  expect(await serving.ended).toMatchObject({ code: 0 });
  expect(c1.uploads()).toHaveLength(1);
}, 60_000);

it('an answer that C1 has, unknown to the process that was killed, is sent again, and the work isn’t done again', async () => {
  const terminal = await openTerminal();
  const { c1 } = terminal.sandbox;
  c1.faults.rpc('FinishTask').add({ kind: 'drop', when: 'after' }, 1);
  // Its next try must not arrive before the process is gone.
  c1.faults.rpc('FinishTask').add({ kind: 'hang' }, 1);
  const id = await killedWhileAnswering(terminal);
  const serving = serveWithState(terminal);
  await c1.waitFor('finished', ({ task }) => task.id === id && task.finishes === 2);
  c1.deliverAgain(id);
  const { task } = await c1.waitFor('finished', ({ task: { finishes } }) => finishes === 3);
  expect(task).toMatchObject({ id, deliveries: 2, outcome: { ok: true } });
  serving.signal('SIGTERM');
  expect(await serving.ended).toMatchObject({ code: 0 });
  expect(c1.uploads()).toHaveLength(1);
}, 60_000);
