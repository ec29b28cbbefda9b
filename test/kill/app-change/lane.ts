import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { keysOf } from '../../../main/connector/kept-sign-in.ts';
import { defaultSettings, Settings } from '../../../main/connector/settings.ts';
import type { PastedXeroApp } from '../../../shared/intents.ts';
import { freePorts } from '../../integration/core-surroundings.ts';
import { startSandbox, type Sandbox } from '../../sandbox/start.ts';
import { filesWithTokens } from '../traces.ts';
import type { Moment } from './moments.ts';
import { App } from './process.ts';

const KEYCHAIN = 'keychain.json';
const SETTINGS = 'settings.json';
const ORGANISATIONS = ['Kauri & Co Limited', 'Harbour Lane Cafés'] as const;
/** Not what is tested here: so many starts within a minute would reach Xero's own. */
const LIMITS = { minute: 100_000, day: 100_000, appMinute: 100_000 };
/** A machine that does other work too is slow, not wrong. */
const IN_VAIN_MS = 150_000;

/** What was seen after one kill, and once the change was gone on with after the next start. */
export interface Kill {
  readonly moment: Moment;
  readonly after: 'old alone' | 'both kept' | 'new alone';
  readonly inUse: 'old' | 'new' | 'not one alone';
  readonly next: 'reads all' | 'is broken';
  /** Entries of the keychain that belong to no sign-in that is kept. */
  readonly orphans: number;
  /** Files with a secret that may hold none. */
  readonly wrong: readonly string[];
}

/** One computer whose app is killed and started again and again while its Xero app is changed. */
export class Lane {
  readonly #sandbox: Sandbox;
  readonly #folder: string;
  readonly #ports: readonly number[];
  #app: App;
  #changes = 0;

  private constructor(sandbox: Sandbox, folder: string, ports: readonly number[]) {
    this.#sandbox = sandbox;
    this.#folder = folder;
    this.#ports = ports;
    this.#app = this.#start();
  }

  static async open(): Promise<Lane> {
    const sandbox = await startSandbox({ c1: { autoSync: false }, limits: LIMITS });
    const folder = await mkdtemp(join(tmpdir(), 'c1-xero-app-change-'));
    const settings = JSON.stringify(defaultSettings(randomUUID()));
    await writeFile(join(folder, SETTINGS), settings, { mode: 0o600 });
    const lane = new Lane(sandbox, folder, await freePorts(3));
    await lane.#app.started;
    const [first, second] = ORGANISATIONS;
    await lane.#app.does({ does: 'signIn', app: lane.#register(), organisation: first });
    await lane.#app.does({ does: 'connect', organisation: second });
    return lane;
  }

  async close(): Promise<void> {
    await this.#app.kill();
    await this.#sandbox.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Begins a change, kills the app at the moment, and goes on after the next start; null when it was done before. */
  async run(moment: Moment): Promise<Kill | null> {
    const [old] = (await this.#settings()).signIns;
    const app = this.#register();
    const inTime = await this.#killAt(moment, app);
    const killed = await this.#settings();
    // A running app has files that come and go.
    const wrong = await this.#wrong();
    this.#app = this.#start();
    const works = await Promise.race([this.#goOn(app), wait(IN_VAIN_MS).then(() => false)]);
    if (!inTime) return null;
    const { signIns } = await this.#settings();
    const [kept, ...others] = signIns;
    const ofKept = kept?.clientId === old?.clientId ? 'old' : 'new';
    const [one] = killed.signIns;
    return {
      moment,
      after:
        killed.signIns.length > 1
          ? 'both kept'
          : one?.clientId === old?.clientId
            ? 'old alone'
            : 'new alone',
      inUse: kept !== undefined && others.length === 0 ? ofKept : 'not one alone',
      next: works ? 'reads all' : 'is broken',
      orphans: await this.#orphans(),
      wrong,
    };
  }

  async #killAt({ kind, ms }: Moment, app: PastedXeroApp): Promise<boolean> {
    const running = this.#app;
    const reached = running.begins(kind).then(() => wait(ms));
    const done = this.#change(app).then(() =>
      running.until(({ changing, signIns }) => !changing && signIns.length === 1),
    );
    const inTime = await Promise.race([
      reached.then(() => true),
      done.then(() => wait(50)).then(() => false),
    ]);
    await running.kill();
    return inTime;
  }

  async #change(app: PastedXeroApp): Promise<void> {
    const [first, second] = ORGANISATIONS;
    await this.#app.does({ does: 'change', app, organisation: first });
    await this.#app.does({ does: 'connect', organisation: second });
  }

  /** The admin connects what the new app doesn't reach yet; whether all is read through one sign-in then. */
  async #goOn(app: PastedXeroApp): Promise<boolean> {
    await this.#app.started;
    const { appChange, signIns } = await this.#settings();
    if (appChange !== null && signIns.some(({ clientId }) => clientId === app.clientId)) {
      for (const organisation of ORGANISATIONS)
        await this.#app.does({ does: 'connect', organisation });
    }
    await this.#app.until((stand) => !stand.changing && stand.signIns.length === 1);
    if (!(await this.#app.does({ does: 'look' }))) return false;
    const [used] = this.#app.newest.signIns;
    return used?.state === 'signedIn' && used.read === ORGANISATIONS.length;
  }

  /** A new app in the portal, of either kind by turns. */
  #register(): PastedXeroApp {
    const kind = (this.#changes += 1) % 2 === 0 ? 'web' : 'desktop';
    const redirectUris = this.#ports.map((port) => `http://localhost:${port}/callback`);
    const { clientId, secret = '' } = this.#sandbox.xero.register({
      kind,
      name: `Change ${this.#changes}`,
      redirectUris,
    });
    return kind === 'web' ? { kind, clientId, secret } : { kind, clientId };
  }

  #start(): App {
    const files = [KEYCHAIN, SETTINGS].map((name) => join(this.#folder, name));
    return new App([...files, this.#folder, this.#ports.join()], this.#sandbox.env);
  }

  async #settings(): Promise<Settings> {
    return Settings.parse(JSON.parse(await readFile(join(this.#folder, SETTINGS), 'utf8')));
  }

  async #orphans(): Promise<number> {
    const { signIns } = await this.#settings();
    const belong = signIns.flatMap(({ id, app }) => keysOf(id).slice(0, app === 'desktop' ? 1 : 2));
    const text = await readFile(join(this.#folder, KEYCHAIN), 'utf8');
    const keys = Object.keys(z.record(z.string(), z.string()).parse(JSON.parse(text)));
    return keys.filter((key) => key.startsWith('xero/') && !belong.includes(key)).length;
  }

  async #wrong(): Promise<string[]> {
    const files = await filesWithTokens(this.#folder, this.#sandbox.xero.secrets());
    return files.map(({ path }) => path).filter((path) => !path.startsWith(KEYCHAIN));
  }
}
