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

  /** Remembers that there is this sign-in; its secrets are in the keychain already. */
  keepSignIn({ id, app, clientId }: Pick<KeptSignIn, 'id' | 'app' | 'clientId'>): Result<void> {
    const { signIns } = this.#settings.read();
    // Signing in once more changes nothing here, so a full disk needn't stand in its way.
    if (signIns.some((signIn) => signIn.id === id && signIn.clientId === clientId)) {
      return succeed();
    }
    const others = signIns.filter((signIn) => signIn.id !== id);
    return this.#settings.change({ signIns: [...others, { id, app, clientId }] });
  }

  /** Forgets a sign-in and stops governing what only it reached, with the last one all; `undo` puts both back. */
  dropSignIn(id: string, organisations: readonly string[]): Result<{ undo: () => Result<void> }> {
    const { signIns, governed } = this.#settings.read();
    const others = signIns.filter((signIn) => signIn.id !== id);
    const dropped = this.#settings.change({
      signIns: others,
      // What was chosen at a sign-in may not have been looked at yet.
      governed: others.length === 0 ? [] : governed.filter((each) => !organisations.includes(each)),
    });
    if (!dropped.ok) return dropped;
    return succeed({ undo: () => this.#settings.change({ signIns, governed }) });
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
