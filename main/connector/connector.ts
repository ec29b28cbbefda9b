import { join } from 'node:path';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { CredentialEvent } from '../../shared/history.ts';
import type { Intents } from '../../shared/intents.ts';
import type { Snapshot, UploadSummary } from '../../shared/snapshot.ts';
import { isAborted } from '../c1/abort.ts';
import { Ledger } from '../c1/ledger.ts';
import { previewPasted } from '../c1/pasted-credential.ts';
import { SealedLedgerFile } from '../store/ledger-file.ts';
import { keepAlive } from '../xero/keep-alive.ts';
import { previewXeroApp } from '../xero/pasted-app.ts';
import type { ReadPurpose } from '../xero/reader.ts';
import { AccessPart, type AccessIntents } from './access-part.ts';
import { C1Side } from './c1-side.ts';
import { C1History } from './c1-history.ts';
import { CaFileChoice } from './ca-file.ts';
import { Choices } from './choices.ts';
import { clearClipboard } from './clipboard.ts';
import { copyText } from './copy-texts.ts';
import { CredentialStore } from './credential-store.ts';
import { checkHeldBack } from './day-budget.ts';
import { everyDay } from './every-day.ts';
import { exportHistory } from './history-export.ts';
import { History, uploadEvent } from './history.ts';
import { lookAgain } from './look.ts';
import { clearLooseSignIns } from './loose-sign-ins.ts';
import { Looks, type LookOutcome } from './looks.ts';
import { nothingThere, pageAddress } from './pages.ts';
import { Remembering } from './remembering.ts';
import { connectPasted, rotate } from './rotation-moves.ts';
import { Requests } from './requests.ts';
import { Schedule } from './schedule.ts';
import { shownSettings } from './settings.ts';
import { SignIns } from './sign-ins.ts';
import { isSignedIn } from './signed-in.ts';
import { initialSnapshot } from './state.ts';
import { StateHolder } from './state-holder.ts';
import type { ConnectorSurroundings } from './surroundings.ts';
import { removeLeftovers, syncHandler } from './sync.ts';
import { Upkeep, type UpkeepIntent } from './upkeep.ts';
import { XeroSide } from './xero-side.ts';

const MINUTE_MS = 60_000;
/** How long quitting waits for a look that is being broken off. */
const LAST_LOOK_MS = 5000;

/** The desktop's connector: wires the rooms, owns the state, carries out the window's intents. */
export class Connector {
  readonly #surroundings: ConnectorSurroundings;
  readonly #state: StateHolder;
  readonly #choices: Choices;
  readonly #schedule: Schedule;
  readonly #signIns: SignIns;
  readonly #looks: Looks;
  readonly #xero: XeroSide;
  readonly #c1: C1Side;
  readonly #memory: Remembering;
  readonly #history: History;
  readonly #caFile: CaFileChoice;
  readonly #access: AccessPart;
  readonly #upkeep: Upkeep;
  readonly #requests: Requests;
  readonly #stop = new AbortController();

  constructor(surroundings: ConnectorSurroundings) {
    const { app, settings } = surroundings;
    this.#surroundings = surroundings;
    const state = new StateHolder(initialSnapshot(app, shownSettings(settings.read())));
    this.#state = state;
    const history = new History({ ...surroundings, state });
    this.#history = history;
    const choices = new Choices(settings, state);
    this.#choices = choices;
    this.#schedule = new Schedule({
      ...surroundings,
      every: () => settings.read().lookEveryMinutes * MINUTE_MS,
      onNext: (at) => state.tell({ type: 'nextLookSet', at }),
    });
    const signIns = new SignIns({
      ...surroundings,
      state,
      history,
      ports: surroundings.redirectPorts,
      choices,
    });
    this.#signIns = signIns;
    const memory = new Remembering({ ...surroundings, state, signIns });
    this.#memory = memory;
    const access = new AccessPart({ ...surroundings, history }, state);
    this.#access = access;
    const onWhole: typeof access.looked = (read, at) => {
      access.looked(read, at);
      void this.#requests.looked(read);
    };
    const looks = { ...surroundings, state, settings, signIns, memory, history, onWhole };
    this.#looks = new Looks(looks);
    this.#requests = new Requests({
      ...surroundings,
      settings,
      look: (which, signal) => this.#looks.lookFor(which, signal),
      isSelf: (person) => isSignedIn(person, signIns.kept),
      onChange: (to) => state.tell({ type: 'inboxMoved', to }),
      onEvent: (event) => history.record(event),
    });
    this.#caFile = new CaFileChoice({ ...surroundings, state, history });
    this.#upkeep = new Upkeep({
      ...surroundings,
      history,
      state,
      signIns,
      stop: () => this.stop(),
      onPace: () => this.#schedule.paceChanged(),
      onIds: () => void this.#lookByItself(),
      onRequests: () => void this.#requestsSwitched(),
      onResumed: () => void this.wake(),
    });
    this.#xero = new XeroSide({
      ...surroundings,
      state,
      choices,
      signIns,
      memory,
      history,
      stop: this.#stop.signal,
      lookAnew: () => void this.#lookByItself(),
      betweenLooks: (work) => this.#looks.between(work),
    });
    this.#c1 = this.#c1Side();
  }

  get snapshot(): Snapshot {
    return this.#state.snapshot;
  }

  /** True once everything was erased: nothing may be written any more. */
  get erased(): boolean {
    return this.#upkeep.erased;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    return this.#state.subscribe(listener);
  }

  /**
   * Goes on where the last run ended: signed in, connected, looking by itself. Xero and C1 are called after `ready`:
   * loading what that takes would keep a window waiting.
   */
  async start(ready: Promise<void> = Promise.resolve()): Promise<void> {
    this.#caFile.restore();
    await this.#upkeep.start(this.#stop.signal);
    await removeLeftovers(this.#syncFolder);
    await clearLooseSignIns({ ...this.#surroundings, choices: this.#choices });
    await this.#memory.restore();
    void this.#access.list.restore();
    await this.#history.begin(this.#surroundings.app.version);
    this.#requests.start();
    await this.#c1.start(ready);
    await ready;
    if (isAborted(this.#stop.signal)) return;
    void this.#xero.resume();
    void this.#lookByItself();
    void this.#schedule.run(() => this.#lookByItself(), this.#stop.signal);
    void keepAlive(() => this.#signIns.keepers, this.#surroundings.clock, this.#stop.signal);
    void everyDay(() => this.#removeOld(), this.#surroundings.clock, this.#stop.signal);
  }

  /** The computer or its network is back: what waited is tried at once, but for a pause that Xero asked for. */
  async wake(): Promise<void> {
    await this.reconnect();
    if (!this.#schedule.paused) await this.#lookByItself();
  }

  /** The screen was unlocked, or the keychain's prompt answered: what it kept shut may be read by now. */
  async unlocked(): Promise<void> {
    const { c1 } = this.snapshot;
    const wasShut = !this.#memory.readable;
    const isC1Shut = c1.kind === 'none' && c1.because?.code === 'keychainLocked';
    if (wasShut || isC1Shut) await this.#readAnew();
    if (wasShut) await this.#lookByItself();
  }

  /** The computer is on another network: C1 is asked over a new connection. */
  async reconnect(): Promise<void> {
    this.#c1.hangUp();
    await this.#requests.retry();
    await this.#c1.retry();
  }

  /** Ends all work; a running upload may finish, and what Xero and C1 said last is kept. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#signIns.cancel();
    await this.#c1.stop();
    await this.#requests.stop();
    // A refresh under way has spent the old token: the new one must reach the keychain.
    await Promise.race([this.#looks.idle(), this.#surroundings.clock.sleep(LAST_LOOK_MS)]);
    await this.#memory.write();
    await this.#access.stop();
    await removeLeftovers(this.#syncFolder);
    this.#history.record({ kind: 'app', what: 'stopped' });
    await this.#history.flush();
  }

  get intents(): Intents {
    return { ...this.#intents, ...this.#access.intents, ...this.#upkeep.intents };
  }

  readonly #intents: Omit<Intents, keyof AccessIntents | UpkeepIntent> = {
    checkXeroApp: (app) => Promise.resolve(previewXeroApp(app)),
    startSignIn: (app) => this.#xero.signIn(app),
    connectAnother: ({ signInId }) => this.#xero.connectAnother(signInId),
    cancelSignIn: () => {
      this.#signIns.cancel();
      return Promise.resolve(succeed());
    },
    changeXeroApp: ({ signInId, app }) => this.#xero.changeApp(signInId, app),
    changeXeroSecret: ({ signInId, secret }) => this.#xero.changeSecret(signInId, secret),
    signOut: ({ signInId, where }) => this.#xero.signOut(signInId, where),
    disconnectOrganisation: ({ id }) => this.#xero.disconnect(id),
    chooseOrganisations: ({ ids }) => Promise.resolve(this.#xero.govern(ids)),
    previewLoss: ({ ids }) => Promise.resolve(this.#xero.previewLoss(ids)),
    previewCredential: ({ pasted }) => Promise.resolve(succeed(previewPasted(pasted))),
    connectC1: ({ pasted, hostConfirmed }) => connectPasted(this.#c1, pasted, hostConfirmed),
    clearClipboard: () => clearClipboard(this.#surroundings.clipboard),
    rotate: (move) => rotate(this.#c1.rotation, move),
    removeCredential: () => this.#c1.remove(),
    checkXeroNow: () => this.#checkXeroNow(),
    retryC1: async () => {
      await this.#c1.retry();
      return succeed();
    },
    chooseCaFile: () => this.#trusting(this.#caFile.choose()),
    forgetCaFile: () => this.#trusting(Promise.resolve(this.#caFile.forget())),
    readHistory: ({ before, ...query }) => this.#history.page(query, before),
    exportHistory: ({ format, ...query }) =>
      exportHistory(format, query, { ...this.#surroundings, history: this.#history }),
    goToStep: ({ step }) => Promise.resolve(this.#choices.moveTo(step)),
    copy: ({ what, code }) => Promise.resolve(this.#copy(copyText(what, this.snapshot, code))),
    request: (move) => this.#requests.move(move),
    openSample: () => this.#surroundings.openSample(),
    openPage: async ({ page }) => {
      const address = pageAddress(page, this.snapshot);
      return address === null ? fail(nothingThere) : this.#surroundings.browser.open(address);
    },
  };

  get #syncFolder(): string {
    return join(this.#surroundings.folder, 'sync');
  }

  #c1Side(): C1Side {
    const { clock, log, secrets, random, folder } = this.#surroundings;
    const shelf = new SealedLedgerFile({ path: join(folder, 'tasks.sealed'), secrets, random });
    const ledger = new Ledger({ shelf, clock, log });
    const told = new C1History(this.#history, this.#state);
    const sync = syncHandler({
      ...this.#surroundings,
      look: (signal) => this.#look('c1', signal),
      folder: this.#syncFolder,
      onState: (to) => this.#state.tell({ type: 'syncMoved', to }),
      onUploaded: (upload) => this.#uploaded(upload),
    });
    return new C1Side(
      {
        ...this.#surroundings,
        ledger,
        handlers: (host) => ({ syncFull: sync, ...this.#requests.handlers(host) }),
        leftOpen: (host) => this.#requests.leftOpen(host),
        gate: (signal) => this.#upkeep.pause.over(signal),
        overhear: (event, host) => {
          told.follow(event);
          this.#requests.follow(host, event);
        },
      },
      this.#state,
      new CredentialStore(secrets),
      (event) => this.#credentialMoved(event),
    );
  }

  async #lookByItself(): Promise<void> {
    if (this.#signIns.reaches.length === 0 || this.#upkeep.pause.on) return;
    if (!this.#memory.readable) await this.#memory.restore();
    await this.#look('look', this.#stop.signal);
  }

  /** Reads what the keychain had kept shut. */
  async #readAnew(): Promise<void> {
    if (!this.#memory.readable) await this.#memory.restore();
    void this.#access.list.restore();
    void this.#history.flush();
    await this.#c1.start();
  }

  async #checkXeroNow(): Promise<Result<void>> {
    if (!this.#memory.readable) await this.#readAnew();
    const looked = await this.#look('check', this.#stop.signal);
    if (!looked.ok) return looked;
    const [held, ...others] = looked.value.look.held;
    if (held === undefined) return succeed();
    return fail(checkHeldBack(held.name, held.left, held.until, others.length));
  }

  async #look(purpose: ReadPurpose, signal: AbortSignal): Promise<Result<LookOutcome>> {
    const looked = await this.#looks.look(purpose, signal);
    this.#schedule.lookEnded(lookAgain(looked));
    await this.#memory.write();
    void this.#xero.resume();
    return looked;
  }

  /** C1 is told what is done now. */
  async #requestsSwitched(): Promise<void> {
    await this.#requests.switched();
    this.#c1.greetAgain();
  }

  async #removeOld(): Promise<void> {
    await this.#history.removeOld();
    await this.#access.list.removeOld();
  }

  #credentialMoved(event: CredentialEvent): void {
    this.#history.record(event);
    void this.#memory.write();
  }

  #uploaded(upload: UploadSummary): void {
    this.#state.tell({ type: 'uploaded', upload });
    this.#history.record(uploadEvent(upload));
    void this.#memory.write();
  }

  /** Who is trusted has changed: what failed for it is tried anew. */
  async #trusting(change: Promise<Result<void>>): Promise<Result<void>> {
    const changed = await change;
    if (changed.ok) void this.wake();
    return changed;
  }

  #copy(text: string | null): Result<void> {
    if (text === null) return fail(nothingThere);
    this.#surroundings.clipboard.write(text);
    return succeed();
  }
}
