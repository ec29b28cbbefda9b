import { setTimeout as wait } from 'node:timers/promises';
import type { FaultQueue } from '../sandbox/c1/faults.ts';
import type { TaskRecord } from '../sandbox/c1/queue.ts';
import type { C1Sandbox } from '../sandbox/c1/sandbox.ts';
import type { Deed, Planned } from './deeds.ts';

/** C1 gives a task that it hears nothing of to the same host again after so many milliseconds. */
const UNHEARD = 15_000;
/** And one that failed for a while after so many. */
const RETRY = 3000;
/** How long a fault waits for the call that it is for. */
const UNMET = 4000;

/** Plays the plan to its end, or until the signal aborts. */
export async function play(
  c1: C1Sandbox,
  planned: readonly Planned[],
  signal: AbortSignal,
): Promise<void> {
  const start = Date.now();
  for (const { at, deed } of planned) {
    const left = start + at - Date.now();
    if (left > 0) await wait(left, undefined, { signal });
    doDeed(c1, deed, signal);
  }
}

function doDeed(c1: C1Sandbox, deed: Deed, signal: AbortSignal): void {
  switch (deed.kind) {
    case 'task':
      if (deed.task !== 'sync_full' || !isSyncDue(c1)) c1.enqueue(deed.task);
      return;
    case 'call':
      addForAWhile(c1.faults.rpc(deed.rpc), deed.fault, signal);
      // Nobody says Hello unasked after the first one.
      if (deed.rpc === 'Hello') c1.enqueue('hello');
      return;
    case 'upload cut':
      addForAWhile(c1.faults.upload, { kind: 'drop', afterBytes: 1 }, signal);
      return;
    case 'token':
      addForAWhile(c1.faults.token, deed.fault, signal);
      c1.expireTokens();
      return;
    case 'tokens expire':
      c1.expireTokens();
      return;
    case 'cut':
      c1.wire.cut();
      return;
    case 'goaway':
      c1.wire.goAway();
      return;
    case 'silence':
      c1.wire.silence(deed.ms);
      return;
    case 'restart':
      void c1.wire.restart(deed.ms);
      return;
    case 'no next_poll':
      c1.faults.nextPollMs = null;
      void wait(deed.ms, undefined, { signal })
        .catch(() => undefined)
        .then(() => (c1.faults.nextPollMs = undefined));
      return;
    case 'cancel':
      cancelOne(c1);
      return;
    case 'deliver again':
      deliverOneAgain(c1, deed.pick);
  }
}

/**
 * A fault that no call meets is over soon: else one would always wait for a connector that backs off,
 * and nothing of it would ever get through.
 */
function addForAWhile<F>(queue: FaultQueue<F>, fault: F, signal: AbortSignal): void {
  if (!queue.empty) return;
  queue.add(fault, 1);
  void wait(UNMET, undefined, { signal }).then(
    () => queue.clear(),
    () => undefined,
  );
}

/** The sync under way; without one, the next to start, which is held up until its cancellation is told. */
function cancelOne(c1: C1Sandbox): void {
  const running = c1.tasks().find(({ kind, state }) => kind === 'sync_full' && state === 'running');
  if (running !== undefined) {
    c1.cancel(running.id);
    return;
  }
  if (isSyncDue(c1)) return;
  const id = c1.enqueue('sync_full');
  c1.faults.rpc('UploadAsset').add({ kind: 'delay', ms: 3000 }, 1);
  void c1
    .waitFor('claimed', ({ task }) => task.id === id)
    .then(
      () => c1.cancel(id),
      () => undefined,
    );
}

/** C1 asks a connector for one sync at a time (c1-protocol.md §4.11). */
function isSyncDue(c1: C1Sandbox): boolean {
  return c1.tasks().some((task) => task.kind === 'sync_full' && !isSettled(task));
}

function deliverOneAgain(c1: C1Sandbox, pick: number): void {
  const handedOut = c1.tasks().filter((task) => task.deliveries > 0 && isAnswered(task));
  const chosen = handedOut[Math.floor(pick * handedOut.length)];
  if (chosen !== undefined) c1.deliverAgain(chosen.id);
}

/** Whether a task of the kind is answered at all, and C1 still wants the answer. */
function isAnswered({ kind, cancelled }: Readonly<TaskRecord>): boolean {
  return kind !== 'none' && !cancelled;
}

/** Hands out again what C1 would: tasks it doesn't hear of, and those that failed for a while. */
export function reissue(c1: C1Sandbox): void {
  const now = Date.now();
  for (const task of c1.tasks()) {
    if (task.kind === 'none') continue;
    const unheard = task.state === 'running' && now - task.lastHeardAt > UNHEARD;
    const failed = task.state === 'failed' && task.outcome?.nonRetryable === false;
    const due = failed && now - (task.endedAt ?? now) > RETRY;
    if (unheard || due) c1.deliverAgain(task.id);
  }
}

/** Whether nothing is left to do for this task. */
export function isSettled(task: Readonly<TaskRecord>): boolean {
  if (task.kind === 'none') return task.deliveries > 0;
  if (task.state === 'failed') return task.outcome?.nonRetryable === true;
  return task.state === 'done' || task.state === 'cancelled';
}
