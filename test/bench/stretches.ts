import { openSync, readSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';

/** How long a thread was busy, in milliseconds. */
export interface Stretch {
  /** By the clock on the wall. */
  readonly wallMs: number;
  /** Without the time that it waited while something else had the processor. */
  readonly ownMs: number;
}

const TICK_MS = 1;
const NONE: Stretch = { wallMs: 0, ownMs: 0 };

/**
 * Watches the thread that makes it: the longest stretches without a turn of its event loop, by the
 * name of what was being done, and the most memory of its heap.
 */
export class Stretches {
  readonly #longest = new Map<string, Stretch>();
  readonly #waited = waitedMs();
  #part = '';
  #at = performance.now();
  #waitedAt = this.#waited();
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

  #tick(): void {
    const now = performance.now();
    const waited = this.#waited();
    const wallMs = Math.max(0, now - this.#at - TICK_MS);
    const ownMs = Math.max(0, wallMs - (waited - this.#waitedAt));
    this.#at = now;
    this.#waitedAt = waited;
    const { wallMs: wall, ownMs: own } = this.#longest.get(this.#part) ?? NONE;
    if (this.#part !== '') {
      this.#longest.set(this.#part, {
        wallMs: Math.max(wall, wallMs),
        ownMs: Math.max(own, ownMs),
      });
    }
    this.#heapBytes = Math.max(this.#heapBytes, getHeapStatistics().used_heap_size);
  }
}

/** How long this thread has waited for a processor so far, where the system says so (Linux), else never. */
function waitedMs(): () => number {
  const text = Buffer.alloc(128);
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    return () => {
      const length = readSync(file, text, 0, text.length, 0);
      return Number(text.toString('ascii', 0, length).split(' ')[1]) / 1e6;
    };
  } catch {
    return () => 0;
  }
}
