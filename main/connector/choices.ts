import { succeed, type Result } from '../../shared/errors.ts';
import type { SetupStep } from '../../shared/snapshot.ts';
import { sameId } from './governed.ts';
import type { SettingsStore } from './settings.ts';
import type { KeptSignIn } from './kept-sign-in.ts';
import type { StateHolder } from './state-holder.ts';

/**
 * What the admin chose. The settings are written first and the snapshot follows,
 * so that after a failure (`diskFull`, `diskFailed`) both are as before.
 */
export class Choices {
  readonly #settings: SettingsStore;
  readonly #state: StateHolder;

  constructor(settings: SettingsStore, state: StateHolder) {
    this.#settings = settings;
    this.#state = state;
  }

  /** Notes, before its secrets go into the keychain, whose they are, should the app end before it is kept. */
  beginSignIn(id: string): Result<void> {
    return this.#settings.change({ loose: [...this.#settings.read().loose, id] });
  }

  /** The keychain holds nothing of these sign-ins any more. */
  cleared(ids: readonly string[]): Result<void> {
    const { loose } = this.#settings.read();
    const left = loose.filter((id) => !ids.includes(id));
    return left.length === loose.length ? succeed() : this.#settings.change({ loose: left });
  }

  /** Remembers that there is this sign-in; its secrets are in the keychain already. */
  keepSignIn({ id, app, clientId }: Pick<KeptSignIn, 'id' | 'app' | 'clientId'>): Result<void> {
    const { signIns, loose } = this.#settings.read();
    // Signing in once more changes nothing here, so a full disk needn't stand in its way.
    if (signIns.some((signIn) => signIn.id === id && signIn.clientId === clientId)) {
      return succeed();
    }
    const others = signIns.filter((signIn) => signIn.id !== id);
    return this.#settings.change({
      signIns: [...others, { id, app, clientId }],
      loose: loose.filter((each) => each !== id),
    });
  }

  /**
   * Forgets a sign-in whose secrets go next, and stops governing what only it reached, with the last one
   * all; `undo` puts both back.
   */
  dropSignIn(id: string, organisations: readonly string[]): Result<{ undo: () => Result<void> }> {
    const { signIns, governed, loose } = this.#settings.read();
    const others = signIns.filter((signIn) => signIn.id !== id);
    const dropped = this.#settings.change({
      signIns: others,
      loose: [...loose, id],
      // What was chosen at a sign-in may not have been looked at yet.
      governed: others.length === 0 ? [] : governed.filter((each) => !organisations.includes(each)),
    });
    if (!dropped.ok) return dropped;
    return succeed({ undo: () => this.#settings.change({ signIns, governed, loose }) });
  }

  /** Governs these organisations and no others. */
  govern(ids: readonly string[]): Result<void> {
    const kept = this.#settings.change({ governed: [...ids] });
    if (kept.ok) this.#state.tell({ type: 'governedChosen', ids });
    return kept;
  }

  /** Governs these as well. */
  governAlso(ids: readonly string[]): Result<void> {
    const { governed } = this.#settings.read();
    const more = ids.filter((id) => !governed.some((each) => sameId(each, id)));
    return this.#settings.change({ governed: [...governed, ...more] });
  }

  /** Stops governing one; `undo` puts it back where it was. */
  stopGoverning(id: string): Result<{ undo: () => Result<void> }> {
    const { governed } = this.#settings.read();
    const others = governed.filter((each) => !sameId(each, id));
    if (others.length === governed.length) return succeed({ undo: succeed });
    const stopped = this.#settings.change({ governed: others });
    return stopped.ok ? succeed({ undo: () => this.governAlso([id]) }) : stopped;
  }

  /** Goes to a step of first run, and begins there after a restart. */
  moveTo(step: SetupStep): Result<void> {
    const kept = this.#settings.change({ setup: step });
    if (kept.ok) this.#state.tell({ type: 'setupMoved', to: step });
    return kept;
  }
}
