import { join } from 'node:path';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { Intents } from '../../shared/intents.ts';
import type { AppInfo, SetupStep, Snapshot, UploadSummary } from '../../shared/snapshot.ts';
import { previewCredential } from '../c1/credential.ts';
import type { HostFacts } from '../c1/hello.ts';
import { MemoryLedger } from '../c1/ledger.ts';
import type { C1zRequest, C1zWritten } from '../c1z/writer.ts';
import type {
  Browser,
  Clipboard,
  Clock,
  Endpoints,
  Log,
  Network,
  Random,
  SecretStore,
} from '../ports.ts';
import { C1Side } from './c1-side.ts';
import { copyText } from './copy-texts.ts';
import { CredentialStore } from './credential-store.ts';
import { Looks } from './looks.ts';
import { pageAddress } from './pages.ts';
import { Remembering } from './remembering.ts';
import { LOOK_EVERY_MS, repeat } from './schedule.ts';
import type { SettingsStore } from './settings.ts';
import { SignIns, type KeptSignIn } from './sign-ins.ts';
import { initialSnapshot, organisationsOnlyOf } from './state.ts';
import { StateHolder } from './state-holder.ts';
import { removeLeftovers, syncHandler } from './sync.ts';

export interface ConnectorSurroundings {
  readonly app: AppInfo;
  readonly facts: HostFacts;
  /** The profile: sealed files and temporary ones lie here. */
  readonly folder: string;
  readonly endpoints: Endpoints;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly secrets: SecretStore;
  readonly settings: SettingsStore;
  readonly browser: Browser;
  readonly clipboard: Clipboard;
  readonly writer: { write(request: C1zRequest, signal: AbortSignal): Promise<Result<C1zWritten>> };
  readonly redirectPorts: readonly number[];
  readonly newId: () => string;
}

/** How long quitting waits for a look that is being broken off. */
const LAST_LOOK_MS = 5000;

/** The desktop's connector: wires the rooms, owns the state, carries out the window's intents. */
export class Connector {
  readonly #surroundings: ConnectorSurroundings;
  readonly #state: StateHolder;
  readonly #signIns: SignIns;
  readonly #looks: Looks;
  readonly #c1: C1Side;
  readonly #memory: Remembering;
  readonly #stop = new AbortController();

  constructor(surroundings: ConnectorSurroundings) {
    const { app, clock, settings } = surroundings;
    this.#surroundings = surroundings;
    this.#state = new StateHolder(initialSnapshot(app), clock);
    const state = this.#state;
    this.#signIns = new SignIns({ ...surroundings, state, ports: surroundings.redirectPorts });
    const signIns = this.#signIns;
    const memory = new Remembering({ ...surroundings, state, signIns });
    this.#memory = memory;
    this.#looks = new Looks({ ...surroundings, state, settings, signIns, memory });
    this.#c1 = this.#c1Side();
  }

  get snapshot(): Snapshot {
    return this.#state.snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** Goes on where the last run ended: signed in, connected, looking by itself. */
  async start(): Promise<void> {
    await removeLeftovers(this.#syncFolder);
    await this.#memory.restore();
    await this.#c1.start();
    void this.#lookByItself();
    const { clock, random } = this.#surroundings;
    const everyMs = LOOK_EVERY_MS;
    void repeat(() => this.#lookByItself(), { everyMs, clock, random }, this.#stop.signal);
  }

  /** The computer or its network is back: what waited is tried at once. */
  async wake(): Promise<void> {
    await this.#c1.retry();
    await this.#lookByItself();
  }

  /** Ends all work; a running upload may finish, and what Xero and C1 said last is kept. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#signIns.cancel();
    await this.#c1.stop();
    // A refresh under way has spent the old token: the new one must reach the keychain.
    await Promise.race([this.#looks.idle(), this.#surroundings.clock.sleep(LAST_LOOK_MS)]);
    await this.#memory.write();
    await removeLeftovers(this.#syncFolder);
  }

  readonly intents: Intents = {
    startSignIn: ({ clientId }) => this.#signIn(() => this.#signIns.begin(clientId)),
    connectAnother: ({ signInId }) => this.#signIn(() => this.#signIns.repeat(signInId)),
    cancelSignIn: () => {
      this.#signIns.cancel();
      return Promise.resolve(succeed());
    },
    signOut: ({ signInId }) => this.#signOut(signInId),
    chooseOrganisations: ({ ids }) => this.#chooseOrganisations(ids),
    previewCredential: ({ clientId, secret }) =>
      Promise.resolve(previewCredential(clientId, secret)),
    connectC1: ({ clientId, secret, hostConfirmed }) =>
      this.#connectC1(clientId, secret, hostConfirmed),
    removeCredential: () => this.#removeCredential(),
    checkXeroNow: () => this.#checkXeroNow(),
    retryC1: async () => {
      await this.#c1.retry();
      return succeed();
    },
    goToStep: ({ step }) => {
      this.#moveTo(step);
      return Promise.resolve(succeed());
    },
    copy: ({ what, code }) => Promise.resolve(this.#copy(copyText(what, this.snapshot, code))),
    openPage: async ({ page }) => {
      const address = pageAddress(page, this.snapshot);
      return address === null ? fail(nothingThere) : this.#surroundings.browser.open(address);
    },
  };

  get #syncFolder(): string {
    return join(this.#surroundings.folder, 'sync');
  }

  #c1Side(): C1Side {
    const { clock, secrets } = this.#surroundings;
    const sync = syncHandler({
      ...this.#surroundings,
      look: async (signal) => {
        const outcome = await this.#looks.look('c1', signal);
        await this.#memory.write();
        return outcome;
      },
      folder: this.#syncFolder,
      onState: (to) => this.#state.tell({ type: 'syncMoved', to }),
      onUploaded: (upload) => this.#uploaded(upload),
    });
    return new C1Side(
      { ...this.#surroundings, ledger: new MemoryLedger(clock), handlers: { syncFull: sync } },
      this.#state,
      new CredentialStore(secrets),
    );
  }

  async #lookByItself(): Promise<void> {
    if (this.#signIns.reaches.length === 0) return;
    if (!this.#memory.readable) await this.#memory.restore();
    await this.#looks.look('look', this.#stop.signal);
    await this.#memory.write();
  }

  async #checkXeroNow(): Promise<Result<void>> {
    if (!this.#memory.readable) {
      await this.#memory.restore();
      await this.#c1.start();
    }
    const looked = await this.#looks.look('look', this.#stop.signal);
    await this.#memory.write();
    return looked.ok ? succeed() : looked;
  }

  async #signIn(run: () => Promise<Result<KeptSignIn>>): Promise<Result<void>> {
    const signedIn = await run();
    if (!signedIn.ok) return signedIn;
    const { settings } = this.#surroundings;
    settings.change({
      signIns: this.#signIns.kept.map(({ id, clientId }) => ({ id, app: 'desktop', clientId })),
    });
    this.#state.note('Signed in to Xero', 'good');
    const governed = await this.#governNew(signedIn.value.id);
    if (this.snapshot.setup === 'xero') this.#moveTo('organisations');
    await this.#memory.write('beginAnew');
    void this.#lookByItself();
    return governed;
  }

  /** What the admin just chose on Xero's page is governed, until it is taken out again. */
  async #governNew(signInId: string): Promise<Result<void>> {
    const { settings } = this.#surroundings;
    const reach = this.#signIns.reaches.find((each) => each.signInId === signInId);
    const listed = await reach?.reader.connections(this.#stop.signal);
    if (!listed?.ok) return listed ?? succeed();
    const before = this.snapshot.xero.find(({ id }) => id === signInId)?.organisations ?? [];
    const isNew = (id: string): boolean => !before.some((organisation) => organisation.id === id);
    const fresh = listed.value.connections.map(({ tenantId }) => tenantId).filter(isNew);
    settings.change({ governed: [...new Set([...settings.read().governed, ...fresh])] });
    return succeed();
  }

  async #signOut(signInId: string): Promise<Result<void>> {
    const lost = organisationsOnlyOf(this.snapshot, signInId);
    const ended = await this.#signIns.end(signInId);
    if (!ended.ok) return ended;
    const { settings } = this.#surroundings;
    const { signIns, governed } = settings.read();
    settings.change({
      signIns: signIns.filter(({ id }) => id !== signInId),
      governed: governed.filter((id) => !lost.includes(id)),
    });
    if (this.#signIns.kept.length === 0) this.#moveTo('xero');
    this.#state.note('Signed out of Xero', 'neutral');
    await this.#memory.write();
    return succeed();
  }

  async #chooseOrganisations(ids: readonly string[]): Promise<Result<void>> {
    if (ids.length === 0) return fail(noneChosen);
    this.#surroundings.settings.change({ governed: [...ids] });
    this.#state.tell({ type: 'governedChosen', ids });
    void this.#lookByItself();
    return Promise.resolve(succeed());
  }

  async #connectC1(
    clientId: string,
    secret: string,
    hostConfirmed: boolean,
  ): Promise<Result<void>> {
    const connected = await this.#c1.connect(clientId, secret, hostConfirmed);
    if (connected.ok) {
      this.#state.note('C1 accepted the credential', 'good');
      await this.#memory.write();
    }
    return connected;
  }

  async #removeCredential(): Promise<Result<void>> {
    const removed = await this.#c1.remove();
    if (removed.ok) this.#state.note('The C1 credential was removed from this computer', 'neutral');
    return removed;
  }

  #uploaded(upload: UploadSummary): void {
    this.#state.tell({ type: 'uploaded', upload });
    const { accounts, organisations } = upload.counts;
    this.#state.note(`C1 received ${accounts} accounts of ${organisations} organisations`, 'good');
    void this.#memory.write();
  }

  #moveTo(step: SetupStep): void {
    this.#surroundings.settings.change({ setup: step });
    this.#state.tell({ type: 'setupMoved', to: step });
  }

  #copy(text: string | null): Result<void> {
    if (text === null) return fail(nothingThere);
    this.#surroundings.clipboard.write(text);
    return succeed();
  }
}

const nothingThere: Failure = {
  code: 'usage',
  message: 'There is nothing to open or copy at the moment.',
  next: 'wait',
};

const noneChosen: Failure = {
  code: 'noOrganisation',
  message: 'Choose at least one organisation: C1 shows the access of those that are chosen.',
  next: 'chooseOrganisations',
};
