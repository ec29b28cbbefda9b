import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { CredentialEvent } from '../../shared/history.ts';
import type { C1Credential, C1State } from '../../shared/snapshot.ts';
import { parseCredential } from '../c1/credential.ts';
import type { C1Event } from '../c1/events.ts';
import { isUsual } from '../c1/pasted-credential.ts';
import type { C1Surroundings } from './c1-session.ts';
import { CredentialAtWork, proofStopped } from './credential-at-work.ts';
import { replacing, type StoredCredential } from './credential-entry.ts';
import type { CredentialStore } from './credential-store.ts';
import { unconfirmed } from './rotation-failures.ts';
import type { RotationEvent } from './rotation-surroundings.ts';
import { Rotation } from './rotation.ts';
import type { StateHolder } from './state-holder.ts';

type TaskFinished = Extract<C1Event, { kind: 'taskFinished' }>;

/** C1's side of the connector: the credential in use, and the loop that lives by it. */
export class C1Side {
  /** Changes the credential while the one in use works on. */
  readonly rotation: Rotation;
  readonly #surroundings: C1Surroundings;
  readonly #state: StateHolder;
  readonly #store: CredentialStore;
  readonly #onEvent: (event: CredentialEvent) => void;
  #inUse: CredentialAtWork | undefined;
  /** One that was pasted and is tried before it is taken; the window follows it meanwhile. */
  #trying: { readonly stop: AbortController; readonly done: Promise<unknown> } | undefined;
  /** While one gives way to another, nobody else opens one. */
  #changing = false;
  #asked: { at: number | null; pace: number | null } = { at: null, pace: null };

  constructor(
    surroundings: C1Surroundings,
    state: StateHolder,
    store: CredentialStore,
    onEvent: (event: CredentialEvent) => void = () => undefined,
  ) {
    this.#surroundings = surroundings;
    this.#state = state;
    this.#store = store;
    this.#onEvent = onEvent;
    this.rotation = new Rotation({
      store,
      clock: surroundings.clock,
      open: (stored) => this.#open(stored),
      changeTo: (next, keep, signal) => this.#changeTo(next, keep, signal),
      onState: (to) => state.tell({ type: 'rotationMoved', to }),
      onEvent: (what, of) => this.#record(what, of),
    });
  }

  /** Goes on with the credential of the keychain, where there is one; C1 is called after `ready`. */
  async start(ready?: Promise<void>): Promise<void> {
    const stored = await this.#store.read();
    // Another start may have been quicker.
    if (this.#inUse !== undefined || this.#changing) return;
    if (!stored.ok) {
      this.#tell({ kind: 'none', because: stored.failure });
      return;
    }
    if (stored.value === null) return;
    const inUse = this.#open(stored.value.current, ready);
    this.#inUse = inUse;
    inUse.begin();
    this.#tell({ kind: 'verifying', credential: inUse.shown, step: 'credential' });
    this.rotation.resume(stored.value);
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
    this.#trying?.stop.abort();
    await this.#trying?.done;
    await this.rotation.stop();

    const before = this.#state.snapshot.c1;
    const stop = new AbortController();
    const done = this.#connect(
      { credential, addedAt: this.#surroundings.clock.now() },
      stop.signal,
    );
    this.#trying = { stop, done };
    const connected = await done;
    this.#trying = undefined;
    if (!connected.ok) {
      const { failure } = connected;
      this.#tell(before.kind === 'none' ? { kind: 'none', because: failure } : before);
      await this.#resumeRotation();
    }
    return connected;
  }

  async #connect(fresh: StoredCredential, signal: AbortSignal): Promise<Result<void>> {
    const next = this.#open(fresh);
    const taken = await this.#take(fresh, next, signal);
    if (!taken.ok) await next.end();
    return taken;
  }

  async #take(
    fresh: StoredCredential,
    next: CredentialAtWork,
    signal: AbortSignal,
  ): Promise<Result<void>> {
    for (const step of ['credential', 'connector'] as const) {
      this.#tell({ kind: 'verifying', credential: next.shown, step });
      const proof = await next.prove(step, signal);
      if (!proof.ok) return proof;
    }
    const keep = async () => {
      const kept = await this.#store.replace((entry) => replacing(entry, fresh));
      if (kept.ok) this.rotation.resume(kept.value);
      return kept;
    };
    const changed = await this.#changeTo(next, keep, signal);
    if (changed.ok) this.#record('added', next.shown);
    return changed;
  }

  /** Forgets every credential on this computer; in C1 they stay valid until they are revoked there. */
  async remove(): Promise<Result<void>> {
    await this.rotation.stop();
    const erased = await this.#store.erase();
    if (!erased.ok) {
      await this.#resumeRotation();
      return erased;
    }
    await this.rotation.forget();
    const inUse = this.#inUse;
    this.#inUse = undefined;
    this.#tell({ kind: 'none', because: null });
    if (inUse !== undefined) this.#record('removed', inUse.shown);
    await inUse?.end();
    return succeed();
  }

  /** After sleep, or on another network: the next call opens a new connection. */
  hangUp(): void {
    this.#inUse?.hangUp();
  }

  /** Tries at once what waits for its next try, and anew what C1 had refused. */
  async retry(): Promise<void> {
    if (this.#changing) return;
    const inUse = this.#inUse;
    if (inUse?.over === false) {
      inUse.wake();
      await this.rotation.wake();
      return;
    }
    this.#inUse = undefined;
    await inUse?.end();
    await this.start();
  }

  /** Tells C1 anew what is done here, where it is connected. */
  greetAgain(): void {
    this.#inUse?.greetAgain();
  }

  /** Takes no more tasks; a running upload may finish. */
  async stop(): Promise<void> {
    this.#trying?.stop.abort();
    await this.#trying?.done;
    await this.rotation.stop();
    await this.#inUse?.end();
  }

  async #resumeRotation(): Promise<void> {
    const stored = await this.#store.read();
    if (stored.ok && stored.value !== null) this.rotation.resume(stored.value);
  }

  #open(stored: StoredCredential, ready?: Promise<void>): CredentialAtWork {
    const onEvent = (event: C1Event, from: CredentialAtWork) => this.#follow(from, event);
    return new CredentialAtWork(stored, this.#surroundings, onEvent, ready);
  }

  /** Ends the one in use between two tasks, keeps what follows it, and sets that to work. */
  async #changeTo(
    next: CredentialAtWork,
    keep: () => Promise<Result<unknown>>,
    signal: AbortSignal,
  ): Promise<Result<void>> {
    const before = this.#inUse;
    const held = (await before?.hold(signal)) ?? succeed();
    if (!held.ok) return held;
    this.#changing = true;
    const kept = signal.aborted ? fail(proofStopped) : await keep();
    this.#changing = false;
    if (!kept.ok) {
      before?.goOn();
      return kept;
    }
    this.#inUse = next;
    this.#connected(next.shown);
    // What it still has to tell C1 is told before the next one may tell it too.
    next.begin(before?.end());
    return succeed();
  }

  #follow(from: CredentialAtWork, event: C1Event): void {
    if (event.kind === 'taskReceived' && event.task === 'syncFull') this.#askedAt(event.at);
    if (event.kind === 'taskFinished') this.#finished(event);
    if (from !== this.#inUse) return;
    if (event.kind === 'taskFinished' && event.delivered) void this.rotation.taskFinished();
    // While a new credential is tried, the window follows that one.
    if (this.#trying === undefined) this.#show(from.shown, event);
  }

  #show(credential: C1Credential, event: C1Event): void {
    switch (event.kind) {
      case 'verifying':
        return this.#tell({ kind: 'verifying', credential, step: event.step });
      case 'connected':
        return this.#connected(credential);
      case 'answered':
        return this.#answered(credential, event.at);
      case 'offline':
        return this.#tell({ kind: 'offline', credential, because: event.because });
      case 'rejected':
        return this.#rejected(credential, event.because);
      case 'taskReceived':
      case 'taskFinished':
        return;
    }
  }

  #rejected(credential: C1Credential, because: Failure): void {
    // It is told once, however often C1 repeats it.
    if (this.#state.snapshot.c1.kind !== 'rejected') {
      const { clientId, host } = credential;
      const { code, message, detail = null } = because;
      const trouble = { code, message, detail };
      this.#onEvent({ kind: 'credential', what: 'rejected', clientId, host, because: trouble });
    }
    this.#tell({ kind: 'rejected', credential, because });
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

  #record(what: RotationEvent | 'added' | 'removed', { clientId, host }: C1Credential): void {
    this.#onEvent({ kind: 'credential', what, clientId, host });
  }

  #tell(to: C1State): void {
    this.#state.tell({ type: 'c1Moved', to });
  }
}
