import type { SyncState } from '../../shared/snapshot.ts';
import type { Clock } from '../ports.ts';

interface RestSurroundings {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly giveBack: () => void;
}

/** From the end of the work: what ends it writes and tells a little more. */
export const REST_AFTER_MS = 5_000;

/** Gives memory back once after each stretch of work, when it has been over for a while. The start is one too. */
export class Rest {
  readonly #surroundings: RestSurroundings;
  #works = false;
  #hasWorked = true;
  #resting: AbortController | undefined;

  constructor(surroundings: RestSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Told of each state, and of the first one. */
  follow(sync: SyncState): void {
    this.#works = isWork(sync);
    if (this.#works) this.#takeUp();
    else if (this.#hasWorked) this.#layDown();
  }

  /** A window has come up, which is a short work by itself. */
  windowOpened(): void {
    this.#takeUp();
    if (!this.#works) this.#layDown();
  }

  /** Somebody who types or scrolls would see the pause that giving back takes. */
  windowTouched(): void {
    if (this.#resting !== undefined) this.windowOpened();
  }

  #takeUp(): void {
    this.#hasWorked = true;
    this.#resting?.abort();
    this.#resting = undefined;
  }

  #layDown(): void {
    this.#hasWorked = false;
    const resting = new AbortController();
    this.#resting = resting;
    void this.#rest(resting.signal);
  }

  async #rest(signal: AbortSignal): Promise<void> {
    const { clock, giveBack } = this.#surroundings;
    await clock.sleep(REST_AFTER_MS, signal);
    if (signal.aborted) return;
    this.#resting = undefined;
    giveBack();
  }
}

function isWork({ kind }: SyncState): boolean {
  return kind === 'reading' || kind === 'writing' || kind === 'uploading';
}
