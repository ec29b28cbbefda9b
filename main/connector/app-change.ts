import type { AppChange } from '../../shared/app-change.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { PastedXeroApp } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Log } from '../ports.ts';
import { signedOut } from '../xero/errors.ts';
import { readXeroApp } from '../xero/pasted-app.ts';
import type { Choices } from './choices.ts';
import { sameId } from './governed.ts';
import type { HistoryLog } from './history.ts';
import type { KeptSignIn } from './kept-sign-in.ts';
import type { SettingsStore } from './settings.ts';
import type { SignIns } from './sign-ins.ts';
import type { StateHolder } from './state-holder.ts';
import { Turn } from './turn.ts';

interface AppChangeSurroundings {
  readonly state: StateHolder;
  readonly settings: SettingsStore;
  readonly choices: Choices;
  readonly signIns: Pick<SignIns, 'kept' | 'reaches' | 'begin' | 'end'>;
  readonly history: HistoryLog;
  readonly log: Log;
  /** Does this once nothing reads Xero, and lets nothing begin to meanwhile. */
  readonly betweenLooks: (work: () => Promise<void>) => Promise<void>;
  /** Aborts when the app ends. */
  readonly stop: AbortSignal;
}

/**
 * Changes the app at Xero that a sign-in is for. The settings say from which sign-in to which Client ID
 * before the browser opens, and until the new app reaches all that the old one does; both sign-ins are
 * kept meanwhile, so that no organisation is ever out of reach, whenever the app ends.
 */
export class AppChanges {
  readonly #surroundings: AppChangeSurroundings;
  readonly #turn = new Turn();
  /** Whether the old sign-in is to be let go as soon as nothing reads through it. */
  #lettingGo = false;
  /** How many sign-ins with a new app are under way in the browser. */
  #beginning = 0;

  constructor(surroundings: AppChangeSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Signs in with another app beside the sign-in; after a failure all is as before. */
  async begin(signInId: string, pasted: PastedXeroApp): Promise<Result<KeptSignIn>> {
    const { settings, signIns } = this.#surroundings;
    const old = signIns.kept.find(({ id }) => id === signInId);
    if (old === undefined) return fail(signedOut());
    const app = readXeroApp(pasted);
    if (!app.ok) return app;
    if (app.value.clientId === old.clientId) return fail(sameApp);
    const before = settings.read().appChange;
    const noted = settings.change({ appChange: { from: signInId, clientId: app.value.clientId } });
    if (!noted.ok) return noted;
    this.#beginning += 1;
    const begun = await signIns.begin(pasted);
    this.#beginning -= 1;
    if (!begun.ok) settings.change({ appChange: before });
    return begun;
  }

  /** The snapshot without the sign-in that is given up: what it reaches is new to the app that takes its place. */
  withoutOld(snapshot: Snapshot): Snapshot {
    const { appChange } = this.#surroundings.settings.read();
    return { ...snapshot, xero: snapshot.xero.filter(({ id }) => id !== appChange?.from) };
  }

  /** Shows how the change stands; where nothing needs the old sign-in any more, it is let go after the running look. */
  settle(): Promise<void> {
    return this.#turn.take(() => this.#settle());
  }

  async #settle(): Promise<void> {
    const { settings, state, betweenLooks } = this.#surroundings;
    // A look that ends while somebody still signs in finds no new sign-in, and has nothing to settle.
    if (settings.read().appChange === null || this.#beginning > 0) return;
    const stands = this.#stands();
    if (stands === null) {
      this.#over();
      return;
    }
    state.tell({ type: 'appChangeMoved', to: stands.change });
    if (this.#lettingGo || (await this.#neededStill(stands.old.id)) !== false) return;
    // A look that runs may be reading through it, and would fail.
    this.#lettingGo = true;
    void betweenLooks(() => this.#turn.take(() => this.#letGo())).finally(() => {
      this.#lettingGo = false;
    });
  }

  async #letGo(): Promise<void> {
    const { log, stop } = this.#surroundings;
    // Somebody may have signed out of the new one while the look went on.
    const stands = this.#stands();
    if (stands === null || stop.aborted) return;
    const ended = await this.#giveUp(stands.old);
    if (ended.ok) this.#over();
    else log.warn('xero.oldAppKept', { code: ended.failure.code });
  }

  /** The change, while both its sign-ins are there. */
  #stands(): { readonly change: AppChange; readonly old: KeptSignIn } | null {
    const { settings, signIns } = this.#surroundings;
    const change = settings.read().appChange;
    if (change === null) return null;
    const old = signIns.kept.find(({ id }) => id === change.from);
    const isNew = ({ id, clientId }: KeptSignIn) =>
      id !== change.from && clientId === change.clientId;
    return old === undefined || !signIns.kept.some(isNew) ? null : { change, old };
  }

  /** Whether a governed organisation is reached through this sign-in alone; undefined where Xero doesn't say. */
  async #neededStill(signInId: string): Promise<boolean | undefined> {
    const { settings, signIns, state, stop } = this.#surroundings;
    const { governed } = settings.read();
    const reached: string[] = [];
    for (const { signInId: id, reader } of signIns.reaches) {
      if (id === signInId) continue;
      const listed = await reader.connections('check', stop);
      if (!listed.ok) return undefined;
      reached.push(...listed.value.connections.map(({ tenantId }) => tenantId));
    }
    const old = state.snapshot.xero.find(({ id }) => id === signInId);
    return (old?.organisations ?? []).some(
      ({ id }) =>
        governed.some((each) => sameId(each, id)) && !reached.some((each) => sameId(each, id)),
    );
  }

  /** The keychain first: were it the settings, an end of the app between the two would leave a token behind. */
  async #giveUp({ id, app }: KeptSignIn): Promise<Result<void>> {
    const { signIns, choices, state, history } = this.#surroundings;
    const who = state.snapshot.xero.find((signIn) => signIn.id === id)?.who?.name ?? null;
    const ended = await signIns.end(id, 'here');
    if (!ended.ok) return ended;
    const dropped = choices.dropSignIn(id, []);
    if (!dropped.ok) return dropped;
    history.record({ kind: 'signIn', what: 'appChanged', who, app });
    return succeed();
  }

  #over(): void {
    const { settings, state } = this.#surroundings;
    settings.change({ appChange: null });
    state.tell({ type: 'appChangeMoved', to: undefined });
  }
}

export const sameApp: Failure = {
  code: 'xeroClientIdInvalid',
  message: say('appChange.thisIsTheClientID'),
  next: 'signInToXero',
};
