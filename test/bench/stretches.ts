import { openSync, readSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';

/** How long a thread gave nothing else its turn, in milliseconds, to within a tick. */
export interface Stretch {
  /** By the clock on the wall. */
  readonly wallMs: number;
  /** Of the processor; on a machine that is busy with other things, the rest was theirs. */
  readonly cpuMs: number;
}

/** What the system says of a thread so far, in milliseconds. */
interface ThreadTimes {
  readonly ranMs: number;
  /** While it could have run and something else had the processor. */
  readonly waitedMs: number;
}

const TICK_MS = 4;
const NONE: Stretch = { wallMs: 0, cpuMs: 0 };

/**
 * Watches the thread that makes it: the longest stretches without a turn of its event loop, by the
 * name of what was being done, and the most memory of its heap.
 */
export class Stretches {
  readonly #times = threadTimes();
  readonly #longest = new Map<string, Stretch>();
  readonly #startedAt = performance.now();
  readonly #started = this.#times();
  #part = '';
  #at = this.#startedAt;
  #before = this.#started;
  #heapBytes = 0;
  readonly #timer = setInterval(() => this.#tick(), TICK_MS);

  /** What is done from now on. */
  begin(part: string): void {
    this.#tick();
    this.#part = part;
  }

  end(): Readonly<Record<string, Stretch>> {
    this.#tick();
    clearInterval(this.#timer);
    return Object.fromEntries(this.#longest);
  }

  get heapBytes(): number {
    return this.#heapBytes;
  }

  /** How much of the processor this thread had so far. */
  get ranMs(): number {
    return this.#times().ranMs;
  }

  /** Which part of the time since its start this thread waited for a processor, from 0 to 1. */
  get waitedShare(): number {
    const waited = this.#times().waitedMs - this.#started.waitedMs;
    return waited / (performance.now() - this.#startedAt);
  }

  #tick(): void {
    const now = performance.now();
    const times = this.#times();
    const wallMs = now - this.#at;
    const cpuMs = times.ranMs - this.#before.ranMs;
    this.#at = now;
    this.#before = times;
    if (this.#part !== '') {
      const longest = this.#longest.get(this.#part) ?? NONE;
      this.#longest.set(this.#part, {
        wallMs: Math.max(longest.wallMs, wallMs),
        cpuMs: Math.max(longest.cpuMs, cpuMs),
      });
    }
    this.#heapBytes = Math.max(this.#heapBytes, getHeapStatistics().used_heap_size);
  }
}

/** Linux says it of each thread; elsewhere the process stands for its thread, which never waits. */
function threadTimes(): () => ThreadTimes {
  const text = Buffer.alloc(128);
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    return () => {
      const length = readSync(file, text, 0, text.length, 0);
      const [ran = 0, waited = 0] = text.toString('ascii', 0, length).split(' ').map(Number);
      return { ranMs: ran / 1e6, waitedMs: waited / 1e6 };
    };
  } catch {
    return () => {
      const { user, system } = process.cpuUsage();
      return { ranMs: (user + system) / 1000, waitedMs: 0 };
    };
  }
}
