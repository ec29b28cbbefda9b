import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { C1Credential, C1State } from '../../shared/snapshot.ts';
import { parseCredential } from '../c1/credential.ts';
import type { C1Event } from '../c1/events.ts';
import { isUsual } from '../c1/pasted-credential.ts';
import { openC1Session, type C1Session, type C1Surroundings } from './c1-session.ts';
import type { CredentialStore, StoredCredential } from './credential-store.ts';
import type { StateHolder } from './state-holder.ts';

interface Running {
  readonly credential: C1Credential;
  readonly session: C1Session;
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
  /** False while a pasted credential is still being checked. */
  adopted: boolean;
  /** True once the loop has ended: C1 refused the connector, or it was stopped. */
  over: boolean;
}

type TaskFinished = Extract<C1Event, { kind: 'taskFinished' }>;

export const unconfirmed = (host: string): Failure => ({
  code: 'credentialHostUnconfirmed',
  message: `This credential sends your company’s access data to ${host}, which isn’t one of C1’s usual addresses. Confirm it if you know who runs it.`,
  next: 'confirmHost',
});

const aborted: Failure = {
  code: 'cancelled',
  message: 'Connecting to C1 was stopped. Nothing was kept.',
  next: 'tryAgain',
};

/** C1's side of the connector: the credential in use, and the loop that lives by it. */
export class C1Side {
  readonly #surroundings: C1Surroundings;
  readonly #state: StateHolder;
  readonly #store: CredentialStore;
  #running: Running | undefined;
  #candidate: Running | undefined;
  #asked: { at: number | null; pace: number | null } = { at: null, pace: null };

  constructor(surroundings: C1Surroundings, state: StateHolder, store: CredentialStore) {
    this.#surroundings = surroundings;
    this.#state = state;
    this.#store = store;
  }

  /** Goes on with the credential of the keychain, where there is one. */
  async start(): Promise<void> {
    const stored = await this.#store.read();
    // Another start may have been quicker.
    if (this.#running !== undefined) return;
    if (!stored.ok) {
      this.#tell({ kind: 'none', because: stored.failure });
      return;
    }
    if (stored.value === null) return;
    this.#running = this.#open(stored.value, () => undefined);
    this.#running.adopted = true;
    this.#tell({ kind: 'verifying', credential: this.#running.credential, step: 'credential' });
  }

  /**
   * Connects with a pasted pair. It is tried for real before it replaces the one
   * in use, and kept only when C1 accepted it and the keychain holds it.
   */
  async connect(clientId: string, secret: string, hostConfirmed: boolean): Promise<Result<void>> {
    const parsed = parseCredential(clientId, secret);
    if (!parsed.ok) return parsed;
    const credential = parsed.value;
    if (!isUsual(credential.audience) && !hostConfirmed) return fail(unconfirmed(credential.host));
    await this.#drop(this.#candidate);

    const before = this.#state.snapshot.c1;
    const stored = { credential, addedAt: this.#surroundings.clock.now() };
    const accepted = await this.#try(stored);
    const kept = accepted.ok ? await this.#store.write(stored) : accepted;
    if (!kept.ok) {
      await this.#drop(this.#candidate);
      this.#tell(before.kind === 'none' ? { kind: 'none', because: kept.failure } : before);
      return kept;
    }
    const replaced = this.#running;
    this.#running = this.#candidate;
    this.#candidate = undefined;
    if (this.#running !== undefined) {
      this.#running.adopted = true;
      this.#connected(this.#running.credential);
    }
    await this.#end(replaced);
    return succeed();
  }

  /** Forgets the credential on this computer; in C1 it stays valid until it is revoked there. */
  async remove(): Promise<Result<void>> {
    const erased = await this.#store.erase();
    if (!erased.ok) return erased;
    const running = this.#running;
    this.#running = undefined;
    this.#tell({ kind: 'none', because: null });
    await this.#end(running);
    return succeed();
  }

  /** After sleep, or on another network: the next call opens a new connection. */
  hangUp(): void {
    this.#candidate?.session.client.reset();
    this.#running?.session.client.reset();
  }

  /** Tries at once what waits for its next try, and anew what C1 had refused. */
  async retry(): Promise<void> {
    const running = this.#running;
    if (running?.over === false) {
      running.session.loop.wake();
      return;
    }
    this.#running = undefined;
    await this.#end(running);
    await this.start();
  }

  /** Takes no more tasks; a running upload may finish. */
  async stop(): Promise<void> {
    await this.#drop(this.#candidate);
    await this.#end(this.#running);
  }

  #try(stored: StoredCredential): Promise<Result<void>> {
    return new Promise((resolve) => {
      const candidate = this.#open(stored, (event) => {
        if (event.kind === 'connected') resolve(succeed());
        if (event.kind === 'rejected' || event.kind === 'offline') resolve(fail(event.because));
      });
      this.#candidate = candidate;
      void candidate.ended.then(() => resolve(fail(aborted)));
    });
  }

  #open(stored: StoredCredential, watch: (event: C1Event) => void): Running {
    const { clientId, host } = stored.credential;
    const credential: C1Credential = { clientId, host, addedAt: stored.addedAt };
    const stop = new AbortController();
    const session = openC1Session(stored.credential, this.#surroundings, (event) => {
      this.#follow(running, event);
      watch(event);
    });
    const running: Running = {
      credential,
      session,
      stop,
      adopted: false,
      over: false,
      // The loop begins in a later turn, when `running` is there for its events.
      ended: Promise.resolve()
        .then(() => session.loop.run(stop.signal))
        .finally(() => (running.over = true)),
    };
    return running;
  }

  async #drop(candidate: Running | undefined): Promise<void> {
    if (candidate === undefined) return;
    this.#candidate = undefined;
    await this.#end(candidate);
  }

  async #end(running: Running | undefined): Promise<void> {
    if (running === undefined) return;
    running.stop.abort();
    await running.ended;
    running.session.client.close();
  }

  #follow(running: Running, event: C1Event): void {
    if (event.kind === 'taskReceived' && event.task === 'syncFull') this.#askedAt(event.at);
    // While a new credential is tried, the window follows that one.
    if (running !== (this.#candidate ?? this.#running)) return;
    const { credential, adopted } = running;
    switch (event.kind) {
      case 'verifying':
        return this.#tell({ kind: 'verifying', credential, step: event.step });
      case 'connected':
        if (adopted) this.#connected(credential);
        return;
      case 'answered':
        if (adopted) this.#answered(credential, event.at);
        return;
      case 'offline':
        if (adopted) this.#tell({ kind: 'offline', credential, because: event.because });
        return;
      case 'rejected':
        if (adopted) this.#tell({ kind: 'rejected', credential, because: event.because });
        return;
      case 'taskReceived':
        return;
      case 'taskFinished':
        return this.#finished(event);
    }
  }

  /** A sync that C1 cancelled says so, instead of what the cancelling broke off. */
  #finished({ task, outcome, brokenOff: because, at }: TaskFinished): void {
    if (task !== 'syncFull' || outcome?.kind !== 'failure' || because === null) return;
    const to = { kind: 'failed', at, for: 'c1', because } as const;
    this.#state.tell({ type: 'syncMoved', to });
  }

  #connected(credential: C1Credential): void {
    const now = this.#surroundings.clock.now();
    const { at: askedAt, pace: usualPace } = this.#asked;
    this.#tell({
      kind: 'connected',
      credential,
      since: now,
      answeredAt: now,
      askedAt,
      usualPace,
    });
  }

  #answered(credential: C1Credential, at: number): void {
    if (this.#state.snapshot.c1.kind === 'connected') this.#state.tell({ type: 'c1Answered', at });
    else this.#connected(credential);
  }

  #askedAt(at: number): void {
    const { at: before, pace } = this.#asked;
    this.#asked = { at, pace: before === null ? pace : at - before };
    this.#state.tell({ type: 'c1Asked', at });
  }

  #tell(to: C1State): void {
    this.#state.tell({ type: 'c1Moved', to });
  }
}
