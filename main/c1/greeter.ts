import type { Result } from '../../shared/errors.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { isAborted, orAborted, whenAborted } from './abort.ts';
import type { Declared } from './capabilities.ts';
import type { C1Client } from './client.ts';
import { heals } from './errors.ts';
import { backOff } from './pace.ts';

export interface GreeterOptions {
  readonly client: Pick<C1Client, 'hello'>;
  readonly declared: () => Declared;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * Says Hello at the start, and again when a setting changed what it tells. The official client says
 * it only at its start (c1-protocol.md §4.3), where a setting can't change; C1 takes it at any time.
 */
export class Greeter {
  readonly #options: GreeterOptions;
  #wanted: 'yes' | 'no' = 'no';
  #asked = new AbortController();
  #pause = new AbortController();

  constructor(options: GreeterOptions) {
    this.#options = options;
  }

  /** Has C1 told anew, once; asking twice before that makes it no more. */
  ask(): void {
    this.#wanted = 'yes';
    this.#asked.abort();
  }

  /** Ends a pause early. */
  wake(): void {
    this.#pause.abort();
  }

  /** Says Hello with what is true now. A change while it is on its way is told by the next one. */
  async greet(signal: AbortSignal): Promise<Result<void>> {
    this.#wanted = 'no';
    return await this.#options.client.hello(this.#options.declared(), '', signal);
  }

  /** Does what it is asked for, with back-off, until the signal aborts. */
  async keep(signal: AbortSignal): Promise<void> {
    const { clock, random, log } = this.#options;
    let failures = 0;
    for (;;) {
      await this.#untilAsked(signal);
      if (isAborted(signal)) return;
      const said = await orAborted(this.greet(signal), signal);
      if (said === undefined) return;
      log.info('c1.hello.again', { code: said.ok ? null : said.failure.code });
      failures = said.ok ? 0 : failures + 1;
      // What doesn't heal shows with the next poll too; the next change of a setting tries again.
      if (said.ok || !heals(said.failure)) continue;
      this.#wanted = 'yes';
      this.#pause = new AbortController();
      await clock.sleep(backOff(failures, random), this.#pause.signal);
    }
  }

  async #untilAsked(signal: AbortSignal): Promise<void> {
    if (this.#wanted === 'yes') return;
    this.#asked = new AbortController();
    await orAborted(whenAborted(this.#asked.signal), signal);
  }
}
