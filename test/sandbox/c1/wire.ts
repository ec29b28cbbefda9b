import { setTimeout as wait } from 'node:timers/promises';
import type { Listening } from './listen-securely.ts';

/** What can befall all connections at once. */
export class Wire {
  readonly #listening: Listening;
  readonly #told: (what: string) => void;
  #silence: NodeJS.Timeout | undefined;
  /** When the silence ends, in milliseconds since 1970. */
  #silentUntil = 0;
  #restarting: Promise<void> | undefined;
  readonly #closed = new AbortController();

  /** `told` hears of each mishap. */
  constructor(listening: Listening, told: (what: string) => void) {
    this.#listening = listening;
    this.#told = told;
  }

  /** Cuts every connection. */
  cut(): void {
    this.#told('cut');
    this.#listening.relay.cut();
  }

  /** GOAWAY on every connection: running calls are answered, new ones need a new connection. */
  goAway(): void {
    this.#told('goaway');
    this.#listening.goAway();
  }

  /** Nothing passes for so many milliseconds, and nobody is told; a longer silence isn't cut short. */
  silence(ms: number): void {
    this.#told('silence');
    clearTimeout(this.#silence);
    this.#listening.relay.silent = true;
    this.#silentUntil = Math.max(this.#silentUntil, Date.now() + ms);
    const left = this.#silentUntil - Date.now();
    this.#silence = setTimeout(() => (this.#listening.relay.silent = false), left);
  }

  /** Nothing passes any more over the connections that are open now, and nobody is told. */
  forget(): void {
    this.#told('forget');
    this.#listening.relay.forget();
  }

  /** The server is gone for so many milliseconds, then back on its port with the same queue. */
  async restart(downMs: number): Promise<void> {
    this.#restarting ??= this.#restart(downMs).finally(() => (this.#restarting = undefined));
    await this.#restarting;
  }

  async #restart(downMs: number): Promise<void> {
    const { relay, port } = this.#listening;
    this.#told('restart');
    await relay.close();
    await wait(downMs, undefined, { signal: this.#closed.signal }).catch(() => undefined);
    if (!this.#closed.signal.aborted) await relay.open(port);
  }

  close(): void {
    clearTimeout(this.#silence);
    this.#closed.abort();
  }
}
