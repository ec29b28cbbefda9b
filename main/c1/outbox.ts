import type { Clock, Log, Random } from '../ports.ts';
import { isAborted } from './abort.ts';
import type { C1Client } from './client.ts';
import { withinRules } from './finish.ts';
import type { TaskLedger } from './ledger.ts';
import { backOff } from './pace.ts';
import type { TaskOutcome } from './task.ts';

export interface OutboxOptions {
  readonly client: Pick<C1Client, 'finishTask'>;
  readonly ledger: TaskLedger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * What became of an answer: C1 has it; C1 won't have it; or nobody knows, since C1 was in trouble
 * with it or wasn't reached at all, so that it is sent again.
 */
export type Delivery = 'acknowledged' | 'refused' | 'unknown' | 'unreachable';

interface Waiting {
  readonly outcome: TaskOutcome;
  readonly since: number;
}

/** In milliseconds: C1 has long handed the task to nobody or to somebody else by then. */
const PATIENCE = 24 * 3600 * 1000;

/**
 * Delivers the answers to tasks (c1-protocol.md §4.7). Each is stored before it is first sent, and
 * sent until C1's answer is known or a day has passed, also across restarts; the official client
 * sends once and forgets.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #waiting = new Map<string, Waiting>();
  readonly #inFlight = new Map<string, Promise<Delivery>>();
  readonly #closing = new AbortController();
  #pause = new AbortController();
  #retrying: Promise<void> | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Stores and sends. Resolves after the first try; what that didn't deliver is tried again from here. */
  async deliver(taskId: string, outcome: TaskOutcome): Promise<Delivery> {
    const waiting = this.#waiting.get(taskId) ?? (await this.#store(taskId, withinRules(outcome)));
    const delivery = await this.#send(taskId, waiting);
    this.#retry();
    return delivery;
  }

  /** Sends what an earlier run couldn't deliver, before anything new is asked for. */
  async resume(): Promise<void> {
    for (const { taskId, outcome, since } of await this.#options.ledger.undelivered()) {
      this.#waiting.set(taskId, { outcome, since });
    }
    if (this.#waiting.size === 0) return;
    this.#options.log.info('c1.finish.resumed', { answers: this.#waiting.size });
    await this.#pass();
    this.#retry();
  }

  /** Takes an answer back, since its task is about to run anew. */
  async withdraw(taskId: string): Promise<void> {
    this.#waiting.delete(taskId);
    await this.#inFlight.get(taskId);
    await this.#options.ledger.forget(taskId);
  }

  /** Tries at once what waits. */
  wake(): void {
    this.#pause.abort();
  }

  /** Tries everything once more; what is left waits in the ledger for the next run. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#pause.abort();
    await this.#retrying;
    await this.#pass();
  }

  async #store(taskId: string, outcome: TaskOutcome): Promise<Waiting> {
    await this.#options.ledger.keep(taskId, outcome);
    const waiting = { outcome, since: this.#options.clock.now() };
    this.#waiting.set(taskId, waiting);
    return waiting;
  }

  #retry(): void {
    if (this.#waiting.size === 0 || isAborted(this.#closing.signal)) return;
    this.#retrying ??= this.#keepTrying().finally(() => (this.#retrying = undefined));
  }

  async #keepTrying(): Promise<void> {
    const { clock, random } = this.#options;
    let failures = 1;
    while (this.#waiting.size > 0 && !isAborted(this.#closing.signal)) {
      this.#pause = new AbortController();
      await clock.sleep(backOff(failures, random), this.#pause.signal);
      if (isAborted(this.#closing.signal)) return;
      failures = (await this.#pass()) === 'some' ? 1 : failures + 1;
    }
  }

  /** Tries each waiting answer once; where C1 can't be reached, the rest needn't be tried. */
  async #pass(): Promise<'some' | 'none'> {
    const { clock, ledger, log } = this.#options;
    let delivered: 'some' | 'none' = 'none';
    for (const [taskId, waiting] of [...this.#waiting]) {
      if (clock.now() - waiting.since >= PATIENCE) {
        this.#waiting.delete(taskId);
        log.error('c1.finish.gaveUp');
        await ledger.settle(taskId);
        continue;
      }
      const delivery = await this.#send(taskId, waiting);
      if (delivery === 'unreachable') break;
      if (delivery !== 'unknown') delivered = 'some';
    }
    return delivered;
  }

  /** One answer is never sent twice at once. */
  #send(taskId: string, waiting: Waiting): Promise<Delivery> {
    const underWay = this.#inFlight.get(taskId);
    if (underWay !== undefined) return underWay;
    const sending = this.#sendOnce(taskId, waiting).finally(() => this.#inFlight.delete(taskId));
    this.#inFlight.set(taskId, sending);
    return sending;
  }

  async #sendOnce(taskId: string, waiting: Waiting): Promise<Delivery> {
    const { client, ledger, log } = this.#options;
    const sent = await client.finishTask(taskId, waiting.outcome);
    const isCurrent = this.#waiting.get(taskId) === waiting;
    if (sent.ok || sent.failure.code === 'c1Refused') {
      if (isCurrent) this.#waiting.delete(taskId);
    }
    if (sent.ok) {
      await ledger.settle(taskId);
      return 'acknowledged';
    }
    log.warn('c1.finish.failed', { code: sent.failure.code, detail: sent.failure.detail ?? null });
    if (sent.failure.code === 'c1Refused') {
      // NOT_FOUND and the like: C1 doesn't wait for this answer, so there's nothing to keep.
      await ledger.forget(taskId);
      return 'refused';
    }
    return sent.failure.code === 'c1Unavailable' ? 'unknown' : 'unreachable';
  }
}
