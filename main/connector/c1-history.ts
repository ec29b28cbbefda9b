import { Code } from '@connectrpc/connect';
import type { Trouble } from '../../shared/history.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { C1Event } from '../c1/events.ts';
import { troubleOf, type HistoryLog } from './history.ts';
import type { StateHolder } from './state-holder.ts';

type Received = Extract<C1Event, { kind: 'taskReceived' }>;
type Finished = Extract<C1Event, { kind: 'taskFinished' }>;
type Failed = Extract<NonNullable<Finished['outcome']>, { kind: 'failure' }>;

/** Records what C1 asked for and what became of it. */
export class C1History {
  readonly #history: HistoryLog;
  readonly #state: StateHolder;
  /** When C1 handed out the tasks that run. */
  readonly #since = new Map<string, number>();

  constructor(history: HistoryLog, state: StateHolder) {
    this.#history = history;
    this.#state = state;
  }

  follow(event: C1Event): void {
    switch (event.kind) {
      case 'taskReceived':
        return this.#taskReceived(event);
      case 'taskFinished':
        return this.#taskFinished(event);
      default:
        return;
    }
  }

  #taskReceived({ taskId, task, at }: Received): void {
    this.#since.set(taskId, at);
    if (task === 'syncFull') this.#history.record({ kind: 'sync', what: 'asked', taskId });
  }

  #taskFinished(event: Finished): void {
    if (event.task === 'syncFull') this.#syncEnded(event);
    else this.#taskEnded(event);
    this.#since.delete(event.taskId);
  }

  #syncEnded({ taskId, outcome, brokenOff, at }: Finished): void {
    // Left unanswered as the app stops: C1 hands it out again.
    if (outcome === null) return;
    if (outcome.kind === 'success') {
      const took = at - (this.#since.get(taskId) ?? at);
      this.#history.record({ kind: 'sync', what: 'done', taskId, took });
      return;
    }
    const because =
      brokenOff === null ? whyFailed(outcome, this.#state.snapshot) : troubleOf(brokenOff);
    this.#history.record({ kind: 'sync', what: 'failed', taskId, because });
  }

  #taskEnded({ taskId, task, outcome, delivered }: Finished): void {
    const failed = outcome?.kind === 'failure';
    // A hello is answered by the Hello itself, and has no other outcome.
    const done = outcome?.kind === 'success' || (task === 'hello' && delivered);
    this.#history.record({
      kind: 'task',
      task: task ?? 'unknown',
      taskId,
      outcome: failed ? 'failed' : done ? 'done' : 'unanswered',
      code: failed ? outcome.code : null,
    });
  }
}

/** What C1 is told begins with our own failure's words, where the sync ended with one. */
function whyFailed({ code, message }: Failed, { sync }: Snapshot): Trouble {
  return sync.kind === 'failed' && message.startsWith(sync.because.message)
    ? troubleOf(sync.because)
    : { code: Code[code], message, detail: null };
}
