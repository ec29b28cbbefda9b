import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { Loss, PastedXeroApp } from '../../shared/intents.ts';
import type { AppEvent, Snapshot } from '../../shared/snapshot.ts';
import type { Log } from '../ports.ts';
import type { Consent, SignOutPlace } from '../xero/token-keeper.ts';
import { newOrganisations, NOTHING_NEW, toldWithLimit, wasSignedIn } from './another.ts';
import type { Choices } from './choices.ts';
import { disconnectOrganisation } from './disconnecting.ts';
import type { KeptSignIn } from './kept-sign-in.ts';
import { previewLoss } from './loss.ts';
import type { Remembering } from './remembering.ts';
import type { SettingsStore } from './settings.ts';
import type { SignIns } from './sign-ins.ts';
import { organisationsOnlyOf } from './state.ts';
import type { StateHolder } from './state-holder.ts';

interface XeroSideSurroundings {
  readonly state: StateHolder;
  readonly settings: SettingsStore;
  readonly choices: Choices;
  readonly signIns: SignIns;
  readonly memory: Remembering;
  readonly log: Log;
  /** Aborts when the app ends. */
  readonly stop: AbortSignal;
  /** What is to be read has changed. */
  readonly lookAnew: () => void;
}

/** Xero's side as the admin changes it: who signed in, what is connected, and what of it is governed. */
export class XeroSide {
  readonly #surroundings: XeroSideSurroundings;

  constructor(surroundings: XeroSideSurroundings) {
    this.#surroundings = surroundings;
  }

  signIn(app: PastedXeroApp): Promise<Result<void>> {
    return this.#signIn(() => this.#surroundings.signIns.begin(app));
  }

  /** Through Xero's page once more, which takes one organisation each time (xero.md §2). */
  async connectAnother(signInId: string): Promise<Result<void>> {
    const { signIns, state } = this.#surroundings;
    const connected = await this.#signIn(() => signIns.repeat(signInId));
    return connected.ok
      ? connected
      : fail(toldWithLimit(connected.failure, state.snapshot, signInId));
  }

  async #signIn(run: () => Promise<Result<KeptSignIn>>): Promise<Result<void>> {
    const { state, choices, memory, lookAnew } = this.#surroundings;
    const before = state.snapshot;
    const signedIn = await run();
    if (!signedIn.ok) return signedIn;
    state.note('Signed in to Xero', 'good');
    const governed = await this.#governNew(signedIn.value.id, before);
    const moved = state.snapshot.setup === 'xero' ? choices.moveTo('organisations') : succeed();
    await memory.write('beginAnew');
    lookAnew();
    return governed.ok ? moved : governed;
  }

  /** What the admin just chose on Xero's page is governed, until it is taken out again. */
  async #governNew(signInId: string, before: Snapshot): Promise<Result<void>> {
    const { state, choices, signIns, stop } = this.#surroundings;
    const reach = signIns.reaches.find((each) => each.signInId === signInId);
    const listed = await reach?.reader.connections('check', stop);
    if (!listed?.ok) return listed ?? succeed();
    const fresh = newOrganisations(before, listed.value.connections);
    if (fresh.length === 0 && wasSignedIn(before, signInId)) state.note(NOTHING_NEW, 'neutral');
    return choices.governAlso(fresh);
  }

  /** Ends one connection at Xero; the others and the sign-in stay. */
  async disconnect(id: string): Promise<Result<void>> {
    const { memory, lookAnew, stop } = this.#surroundings;
    const disconnected = await disconnectOrganisation(id, this.#surroundings, stop);
    if (!disconnected.ok) return disconnected;
    await memory.write();
    lookAnew();
    return disconnected;
  }

  /** Another client secret for a web app or a custom connection; after a failure all is as before. */
  async changeSecret(signInId: string, secret: string): Promise<Result<void>> {
    const { state, signIns, lookAnew } = this.#surroundings;
    const changed = await signIns.changeSecret(signInId, secret);
    if (!changed.ok) return changed;
    state.note('Xero took the new client secret', 'good');
    lookAnew();
    return changed;
  }

  /** Forgets a sign-in; everywhere, the consent is given back at Xero too, for other computers as well. */
  async signOut(signInId: string, where: SignOutPlace): Promise<Result<void>> {
    const { state, choices, signIns, memory, log } = this.#surroundings;
    const lost = organisationsOnlyOf(state.snapshot, signInId);
    // First what can be undone: tokens that were given back at Xero are gone.
    const dropped = choices.dropSignIn(signInId, lost);
    if (!dropped.ok) return dropped;
    const ended = await signIns.end(signInId, where);
    if (!ended.ok) {
      const back = dropped.value.undo();
      if (!back.ok) log.error('signOut.notUndone', { code: back.failure.code });
      return ended;
    }
    const moved = signIns.kept.length === 0 ? choices.moveTo('xero') : succeed();
    const { text, tone } = SIGNED_OUT[ended.value];
    state.note(text, tone);
    await memory.write();
    return moved;
  }

  /** What C1 would see disappear if these were governed no more. */
  previewLoss(ids: readonly string[]): Result<Loss> {
    const { settings, memory } = this.#surroundings;
    return previewLoss(ids, settings.read().governed, memory.holdings);
  }

  /** Governs these and no others. */
  govern(ids: readonly string[]): Result<void> {
    if (ids.length === 0) return fail(noneChosen);
    const { choices, lookAnew } = this.#surroundings;
    const kept = choices.govern(ids);
    if (kept.ok) lookAnew();
    return kept;
  }
}

const SIGNED_OUT: Readonly<Record<Consent, Pick<AppEvent, 'text' | 'tone'>>> = {
  left: { text: 'Signed out of Xero on this computer', tone: 'neutral' },
  givenBack: { text: 'Signed out of Xero', tone: 'neutral' },
  // What the admin does at Xero is in its own words (Settings, Connected apps).
  mayRemain: {
    text: 'Signed out on this computer, but Xero couldn’t be told and may still hold the consent. To end it there, disconnect the app in Xero under Settings, Connected apps.',
    tone: 'bad',
  },
};

const noneChosen: Failure = {
  code: 'noOrganisation',
  message: 'Choose at least one organisation: C1 shows the access of those that are chosen.',
  next: 'chooseOrganisations',
};
