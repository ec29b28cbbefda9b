import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { C1Credential, ProofStep } from '../../shared/rotation.ts';
import { isAborted, orAborted } from '../c1/abort.ts';
import type { C1Event } from '../c1/events.ts';
import type { C1Session, C1Surroundings } from './c1-session.ts';
import { publicHalf, type StoredCredential } from './credential-entry.ts';

export const proofStopped: Failure = {
  code: 'cancelled',
  message: say('credentialAtWork.connectingToC1WasStopped'),
  next: 'tryAgain',
};

/** One credential's life with C1: proved step by step where it is new, then at work until it is ended. */
export class CredentialAtWork {
  readonly shown: C1Credential;
  /** Its own part of the program, loaded only now: the tray needs none of it. */
  readonly #session: Promise<C1Session>;
  readonly #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();
  #stage: 'idle' | 'running' | 'over' = 'idle';

  /**
   * Nothing is sent before it is proved or begins; `onEvent` hears of what happens once it has begun. What it
   * takes is loaded after `ready`.
   */
  constructor(
    stored: StoredCredential,
    surroundings: C1Surroundings,
    onEvent: (event: C1Event, from: CredentialAtWork) => void,
    ready: Promise<void> = Promise.resolve(),
  ) {
    this.shown = publicHalf(stored);
    this.#session = ready
      .then(() => import('./c1-session.ts'))
      .then(({ openC1Session }) =>
        openC1Session(stored.credential, surroundings, (event) => onEvent(event, this)),
      );
  }

  /** True once its loop has ended: C1 refused the connector, or it was ended here. */
  get over(): boolean {
    return this.#stage === 'over';
  }

  /**
   * Whether C1 accepts the credential, or accepts this connector with it; the second registers the
   * connector. Fails with `cancelled` when the signal aborts.
   */
  async prove(step: ProofStep, signal: AbortSignal): Promise<Result<void>> {
    const { client, loop } = await this.#session;
    const asked = step === 'credential' ? client.authenticate() : loop.greet(signal);
    const said = await orAborted(asked, signal);
    return said === undefined || isAborted(signal) ? fail(proofStopped) : said;
  }

  /** Takes up work, once `after` is over. */
  begin(after: Promise<unknown> = Promise.resolve()): void {
    this.#stage = 'running';
    this.#ended = after
      .then(() => this.#session)
      .then(({ loop }) => loop.run(this.#stop.signal))
      .finally(() => (this.#stage = 'over'));
  }

  /**
   * Takes no more tasks, and resolves once those in hand have ended; at once where it is over. Fails, and
   * goes on, when the signal aborts first.
   */
  async hold(signal: AbortSignal): Promise<Result<void>> {
    if (this.#stage !== 'running') return succeed();
    const held = Promise.race([(await this.#session).loop.hold(), this.#ended]).then(() =>
      succeed(),
    );
    const done = await orAborted(held, signal);
    if (done !== undefined) return done;
    this.goOn();
    return fail(proofStopped);
  }

  goOn(): void {
    void this.#session.then(({ loop }) => loop.goOn());
  }

  /** Tries at once what waits for its next try. */
  wake(): void {
    void this.#session.then(({ loop }) => loop.wake());
  }

  /** Says another Hello: what is done here has changed. */
  greetAgain(): void {
    void this.#session.then(({ loop }) => loop.greetAgain());
  }

  /** After sleep, or on another network: the next call opens a new connection. */
  hangUp(): void {
    void this.#session.then(({ client }) => client.reset());
  }

  /** Takes no more tasks; a running upload may finish. */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    this.#stage = 'over';
    (await this.#session).client.close();
  }
}
