import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { Loss, PastedXeroApp } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Log } from '../ports.ts';
import type { Connection } from '../xero/answers.ts';
import type { SignOutPlace } from '../xero/token-keeper.ts';
import { newOrganisations, toldWithLimit, wasSignedIn } from './another.ts';
import { AppChanges } from './app-change.ts';
import type { Choices } from './choices.ts';
import { disconnectOrganisation } from './disconnecting.ts';
import type { HistoryLog } from './history.ts';
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
  readonly history: HistoryLog;
  /** Aborts when the app ends. */
  readonly stop: AbortSignal;
  /** What is to be read has changed. */
  readonly lookAnew: () => void;
  /** Does this once nothing reads Xero, and lets nothing begin to meanwhile. */
  readonly betweenLooks: (work: () => Promise<void>) => Promise<void>;
}

/** Xero's side as the admin changes it: who signed in, what is connected, and what of it is governed. */
export class XeroSide {
  readonly #surroundings: XeroSideSurroundings;
  readonly #appChanges: AppChanges;

  constructor(surroundings: XeroSideSurroundings) {
    this.#surroundings = surroundings;
    this.#appChanges = new AppChanges(surroundings);
  }

  /** Goes on with a change of the Xero app that an earlier run began. */
  resume(): Promise<void> {
    return this.#appChanges.settle();
  }

  signIn(app: PastedXeroApp): Promise<Result<void>> {
    return this.#signIn(() => this.#surroundings.signIns.begin(app));
  }

  /** With another app at Xero; the sign-in stays until that one reaches all that is governed through it. */
  changeApp(signInId: string, app: PastedXeroApp): Promise<Result<void>> {
    return this.#signIn(() => this.#appChanges.begin(signInId, app));
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
    const { state, choices, memory, history, lookAnew } = this.#surroundings;
    const before = state.snapshot;
    const signedIn = await run();
    if (!signedIn.ok) return signedIn;
    const { app, who } = signedIn.value;
    history.record({ kind: 'signIn', what: 'signedIn', who: who?.name ?? null, app });
    const governed = await this.#governNew(signedIn.value.id, this.#appChanges.withoutOld(before));
    await this.#appChanges.settle();
    const moved = state.snapshot.setup === 'xero' ? choices.moveTo('organisations') : succeed();
    await memory.write('beginAnew');
    lookAnew();
    return governed.ok ? moved : governed;
  }

  /** What the admin just chose on Xero's page is governed, until it is taken out again. */
  async #governNew(signInId: string, before: Snapshot): Promise<Result<void>> {
    const { choices, signIns, history, stop } = this.#surroundings;
    const reach = signIns.reaches.find((each) => each.signInId === signInId);
    const listed = await reach?.reader.connections('check', stop);
    if (!listed?.ok) return listed ?? succeed();
    const fresh = newOrganisations(before, listed.value.connections);
    if (fresh.length === 0 && wasSignedIn(before, signInId)) {
      history.record({ kind: 'signIn', what: 'nothingNew', who: this.#who(signInId) });
    }
    const governed = choices.governAlso(fresh);
    if (fresh.length > 0 && governed.ok) {
      const isFresh = ({ tenantId }: Connection): boolean => fresh.includes(tenantId);
      const names = listed.value.connections.filter(isFresh).map(({ name }) => name);
      history.record({ kind: 'organisation', what: 'connected', names });
    }
    return governed;
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
    const { state, signIns, history, lookAnew } = this.#surroundings;
    const changed = await signIns.changeSecret(signInId, secret);
    if (!changed.ok) return changed;
    const app = state.snapshot.xero.find(({ id }) => id === signInId)?.app ?? 'web';
    const who = this.#who(signInId);
    history.record({ kind: 'signIn', what: 'secretChanged', who, app });
    lookAnew();
    return changed;
  }

  /** Forgets a sign-in; everywhere, the consent is given back at Xero too, for other computers as well. */
  async signOut(signInId: string, where: SignOutPlace): Promise<Result<void>> {
    const { state, choices, signIns, memory, history, log } = this.#surroundings;
    const who = this.#who(signInId);
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
    history.record({ kind: 'signIn', what: 'signedOut', who, consent: ended.value });
    await this.#appChanges.settle();
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
    const { state, choices, history, lookAnew } = this.#surroundings;
    const kept = choices.govern(ids);
    if (!kept.ok) return kept;
    history.record({ kind: 'organisation', what: 'chosen', names: governedNames(state.snapshot) });
    lookAnew();
    return kept;
  }

  #who(signInId: string): string | null {
    const { xero } = this.#surroundings.state.snapshot;
    return xero.find(({ id }) => id === signInId)?.who?.name ?? null;
  }
}

/** The names of what is governed, each once. */
function governedNames({ xero }: Snapshot): string[] {
  const governed = xero
    .flatMap(({ organisations }) => organisations)
    .filter((each) => each.governed);
  return [...new Map(governed.map(({ id, name }) => [id.toLowerCase(), name])).values()];
}

const noneChosen: Failure = {
  code: 'noOrganisation',
  message: say('xeroSide.chooseAtLeastOneOrganisation'),
  next: 'chooseOrganisations',
};
