import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type {
  ConnectorAnswer,
  ProofStep,
  RotationEnd,
  RotationState,
} from '../../shared/rotation.ts';
import { heals } from '../c1/errors.ts';
import { parseCredential } from '../c1/credential.ts';
import {
  adding,
  closing,
  dropping,
  isSame,
  publicHalf,
  reading,
  retiring,
  rollingBack,
  switching,
  type Change,
  type CredentialEntry,
  type StoredCredential,
} from './credential-entry.ts';
import { nothingToChange } from './credential-store.ts';
import { alreadyInUse, doubtAbout, noneInUse, previousEnded } from './rotation-failures.ts';
import type { RotationSurroundings, RotationWork } from './rotation-surroundings.ts';
import { Turn } from './turn.ts';

/**
 * Changes the C1 credential while the old one works on: kept as pending, proved for real, switched
 * between two tasks, and the old one kept until the new one has finished its first (desktop.md §4).
 * The keychain's entry says at every start how it goes on, whenever the app ended.
 */
export class Rotation {
  readonly #use: RotationSurroundings;
  readonly #moves = new Turn();
  #state: RotationState = { kind: 'none' };
  #pending: StoredCredential | null = null;
  #previous: StoredCredential | null = null;
  /** How the last change ended, until it was read. */
  #end: RotationEnd | null = null;
  #answer: ConnectorAnswer | null = null;
  #work: RotationWork | null = null;
  /** The step under way, which a later one waits for. */
  #step: Promise<unknown> = Promise.resolve();

  constructor(surroundings: RotationSurroundings) {
    this.#use = surroundings;
  }

  /**
   * Goes on where the entry stands, unless a change is under way. Nothing is switched before the admin
   * has answered, again after a restart.
   */
  resume({ pending, previous, ended }: Omit<CredentialEntry, 'current'>): void {
    if (this.#work !== null) return;
    this.#pending = null;
    this.#previous = previous ?? null;
    this.#end = ended ?? null;
    if (pending === undefined) this.#rest();
    else this.#begin(pending);
  }

  /** Keeps a new pair as pending and begins to check it; the one in use goes on. */
  add(clientId: string, secret: string, hostConfirmed: boolean): Promise<Result<void>> {
    return this.#moves.take(async () => {
      const parsed = parseCredential(clientId, secret);
      if (!parsed.ok) return parsed;
      const before = await this.#use.store.read();
      if (!before.ok) return before;
      if (before.value === null) return fail(noneInUse);
      const pending = { credential: parsed.value, addedAt: this.#use.clock.now() };
      const { current } = before.value;
      if (isSame(current, pending)) return fail(alreadyInUse);
      const unsure = hostConfirmed ? null : doubtAbout(parsed.value, current.credential);
      if (unsure !== null) return fail(unsure);
      const kept = await this.#use.store.change(adding(pending));
      if (!kept.ok) return kept;
      await this.#leave();
      this.#end = null;
      this.#use.onEvent('pending', publicHalf(pending));
      this.#begin(pending);
      return succeed();
    });
  }

  /** Says whether it is the same connector; then C1 is greeted, and switched to when it takes that. */
  answer(connector: ConnectorAnswer): Result<void> {
    const [pending, work] = [this.#pending, this.#work];
    if (pending === null || work === null || this.#state.kind !== 'asking')
      return fail(nothingToChange);
    this.#answer = connector;
    this.#step = this.#goOn(pending, work);
    return succeed();
  }

  /** Tries the step anew that is stuck. */
  retry(): Promise<Result<void>> {
    return this.#moves.take(async () => {
      const pending = this.#pending;
      if (pending === null || this.#state.kind !== 'stuck') return fail(nothingToChange);
      await this.#leave();
      this.#begin(pending, this.#answer);
      return succeed();
    });
  }

  /** When the network is back: what was stuck for it is tried anew. */
  async wake(): Promise<void> {
    if (this.#state.kind === 'stuck' && heals(this.#state.because)) await this.retry();
  }

  /** Erases the new pair here; in C1 it stays valid until it is revoked there. */
  cancel(): Promise<Result<void>> {
    return this.#moves.take(async () => {
      const answer = this.#answer;
      await this.#leave();
      const pending = this.#pending;
      // The switch may have been quicker.
      if (pending === null) return fail(nothingToChange);
      const dropped = await this.#use.store.change(dropping);
      if (!dropped.ok) {
        this.#begin(pending, answer);
        return dropped;
      }
      this.#pending = null;
      this.#use.onEvent('discarded', publicHalf(pending));
      this.#rest();
      return succeed();
    });
  }

  /** Takes the one before into use again, where C1 still accepts it. */
  rollBack(): Promise<Result<void>> {
    return this.#moves.take(async () => {
      const previous = this.#previous;
      if (previous === null || this.#state.kind !== 'trial') return fail(nothingToChange);
      this.#trial(previous, true, null);
      const back = this.#putBack(previous, this.#open(previous));
      this.#step = back;
      const done = await back;
      await this.#leave();
      return done;
    });
  }

  /** The one in use has finished a task: the one before isn't needed any more. */
  async taskFinished(): Promise<void> {
    const previous = this.#previous;
    if (previous === null || (this.#state.kind === 'trial' && this.#state.rollingBack)) return;
    const retired = await this.#use.store.change(retiring);
    // A keychain that is locked now is asked again with the next task.
    if (!retired.ok) return;
    this.#previous = null;
    this.#use.onEvent('retired', publicHalf(previous));
    this.#end = retired.value.ended ?? null;
    if (this.#state.kind === 'trial') this.#rest();
  }

  /** The admin has read how it ended. With a keychain that is shut now, the next start tells it again. */
  close(): Promise<Result<void>> {
    return this.#moves.take(async () => {
      if (this.#state.kind !== 'ended') return succeed();
      this.#end = null;
      this.#rest();
      await this.#use.store.change(reading);
      return succeed();
    });
  }

  /** Stops what is under way; the keychain keeps what the next start goes on from. */
  async stop(): Promise<void> {
    await this.#leave();
  }

  /** Forgets everything, as the keychain's entry is gone. */
  async forget(): Promise<void> {
    await this.#leave();
    this.#pending = null;
    this.#previous = null;
    this.#end = null;
    this.#rest();
  }

  #open(stored: StoredCredential): RotationWork {
    const work = { atWork: this.#use.open(stored), stop: new AbortController() };
    this.#work = work;
    return work;
  }

  #begin(pending: StoredCredential, answer: ConnectorAnswer | null = null): void {
    this.#pending = pending;
    this.#answer = answer;
    this.#step = this.#check(pending, this.#open(pending));
  }

  async #check(pending: StoredCredential, work: RotationWork): Promise<void> {
    if (!(await this.#proved(pending, work, 'credential'))) return;
    if (this.#answer === null) this.#tell({ kind: 'asking', pending: publicHalf(pending) });
    else await this.#goOn(pending, work);
  }

  async #goOn(pending: StoredCredential, work: RotationWork): Promise<void> {
    if (!(await this.#proved(pending, work, 'connector'))) return;
    this.#use.onEvent('verified', publicHalf(pending));
    this.#tell({ kind: 'switching', pending: publicHalf(pending) });
    const before = await this.#switch(work, switching);
    if (!before.ok) {
      if (!work.stop.signal.aborted) this.#stuck(pending, 'switch', before.failure);
      return;
    }
    this.#pending = null;
    this.#previous = before.value;
    this.#use.onEvent('switched', publicHalf(pending));
    this.#rest();
  }

  /** Changes to a proved one, and resolves with the one that was in use. */
  async #switch(work: RotationWork, change: Change): Promise<Result<StoredCredential>> {
    const before: StoredCredential[] = [];
    const keep = () =>
      this.#use.store.change((entry) => {
        before.push(entry.current);
        return change(entry);
      });
    const changed = await this.#use.changeTo(work.atWork, keep, work.stop.signal);
    if (!changed.ok) return changed;
    this.#work = null;
    const [wasInUse] = before;
    return wasInUse === undefined ? fail(nothingToChange) : succeed(wasInUse);
  }

  async #putBack(previous: StoredCredential, work: RotationWork): Promise<Result<void>> {
    const { atWork, stop } = work;
    const accepted = await atWork.prove('credential', stop.signal);
    const greeted = accepted.ok ? await atWork.prove('connector', stop.signal) : accepted;
    const back = greeted.ok ? await this.#switch(work, rollingBack) : greeted;
    if (!back.ok) return fail(await this.#staysAway(previous, back.failure));
    this.#previous = null;
    this.#end = { how: 'rolledBack', gone: publicHalf(back.value) };
    this.#use.onEvent('rolledBack', publicHalf(previous));
    this.#rest();
    return succeed();
  }

  /** Why the one before couldn't be put back; what C1 has closed is never offered again. */
  async #staysAway(previous: StoredCredential, because: Failure): Promise<Failure> {
    if (because.code !== 'credentialRejected') {
      this.#trial(previous, false, because);
      return because;
    }
    const closed = await this.#use.store.change(closing);
    this.#previous = closed.ok ? (closed.value.previous ?? null) : { ...previous, closed: true };
    this.#rest();
    return previousEnded;
  }

  /** Whether C1 accepted it at this step; where it didn't, that is told. */
  async #proved(
    pending: StoredCredential,
    { atWork, stop }: RotationWork,
    step: ProofStep,
  ): Promise<boolean> {
    this.#tell({ kind: 'checking', pending: publicHalf(pending), step });
    const proof = await atWork.prove(step, stop.signal);
    if (stop.signal.aborted) return false;
    if (!proof.ok) this.#stuck(pending, step, proof.failure);
    return proof.ok;
  }

  #stuck(pending: StoredCredential, at: ProofStep | 'switch', because: Failure): void {
    this.#tell({ kind: 'stuck', pending: publicHalf(pending), at, because });
  }

  /** Ends what is under way, unless it is in use by then. */
  async #leave(): Promise<void> {
    this.#work?.stop.abort();
    await this.#step;
    const left = this.#work;
    this.#work = null;
    await left?.atWork.end();
  }

  #rest(): void {
    const [previous, end] = [this.#previous, this.#end];
    if (previous !== null) this.#trial(previous, false, previous.closed ? previousEnded : null);
    else this.#tell(end === null ? { kind: 'none' } : { kind: 'ended', ...end });
  }

  #trial(previous: StoredCredential, isRollingBack: boolean, because: Failure | null): void {
    const shown = publicHalf(previous);
    this.#tell({ kind: 'trial', previous: shown, rollingBack: isRollingBack, because });
  }

  #tell(state: RotationState): void {
    this.#state = state;
    this.#use.onState(state);
  }
}
