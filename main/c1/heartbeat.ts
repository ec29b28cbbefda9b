import type { Clock, Log } from '../ports.ts';
import { isAborted } from './abort.ts';
import type { C1Client } from './client.ts';
import { heartbeatPause } from './pace.ts';

/** How a task stands after a heartbeat: `lost` once C1 couldn't be told for nine times in a row. */
export type Standing = 'alive' | 'cancelled' | 'lost';

/** How a task that waits for a person stands: `refused` once C1 won't hear of it, `over` when it was ended here. */
export type Awaited = 'cancelled' | 'refused' | 'over';

export interface HeartbeatOptions {
  readonly client: Pick<C1Client, 'heartbeat'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly taskId: string;
  /** Told which tasks C1 cancelled, this one or others: one heartbeat may speak of all (c1-protocol.md §3.4). */
  readonly onCancelled: (taskIds: readonly string[]) => void;
}

const MOST_MISSES = 9;

/** Tells C1 that one task is still worked on, at the pace that C1 sets (c1-protocol.md §4.6). */
export class Heartbeat {
  readonly #client: Pick<C1Client, 'heartbeat'>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #taskId: string;
  readonly #onCancelled: (taskIds: readonly string[]) => void;
  #pause = heartbeatPause(undefined);
  #misses = 0;

  constructor(options: HeartbeatOptions) {
    this.#client = options.client;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#taskId = options.taskId;
    this.#onCancelled = options.onCancelled;
  }

  /** Beats once. A miss isn't the end: work goes on, and the next beat comes at the same pace. */
  async beat(signal: AbortSignal): Promise<Standing> {
    const told = await this.#tell(signal);
    if (told !== 'missed' && told !== 'refused') return told;
    return this.#misses >= MOST_MISSES ? 'lost' : 'alive';
  }

  /** Goes on beating, from now on, until C1 doesn't wait any more or the signal aborts; however long C1 can't be reached. */
  async whileAwaited(signal: AbortSignal): Promise<Awaited> {
    while (!isAborted(signal)) {
      const told = await this.#tell(signal);
      if (isAborted(signal)) break;
      if (told === 'cancelled' || told === 'refused') return told;
      await this.#clock.sleep(this.#pause, signal);
    }
    return 'over';
  }

  async #tell(signal: AbortSignal): Promise<'alive' | 'cancelled' | 'missed' | 'refused'> {
    const answer = await this.#client.heartbeat(this.#taskId, signal);
    if (!answer.ok) {
      this.#misses += 1;
      const { code } = answer.failure;
      this.#log.warn('c1.heartbeat.missed', { misses: this.#misses, code });
      return code === 'c1Refused' ? 'refused' : 'missed';
    }
    this.#misses = 0;
    this.#pause = heartbeatPause(answer.value.next);
    const { cancelled } = answer.value;
    if (cancelled.length > 0) this.#onCancelled(cancelled);
    return cancelled.includes(this.#taskId) ? 'cancelled' : 'alive';
  }

  /** Goes on beating until the task is over (the signal aborts) or shouldn't be worked on any more. */
  async keep(signal: AbortSignal): Promise<Standing> {
    for (;;) {
      await this.#clock.sleep(this.#pause, signal);
      if (isAborted(signal)) return 'alive';
      const standing = await this.beat(signal);
      if (isAborted(signal)) return 'alive';
      if (standing !== 'alive') return standing;
    }
  }
}
