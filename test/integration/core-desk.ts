import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { systemRandom } from '../../main/clock.ts';
import { readChosenCaFile } from '../../main/certificate-authorities.ts';
import { Connector } from '../../main/connector/connector.ts';
import { defaultSettings } from '../../main/connector/settings.ts';
import type { ConnectorSurroundings } from '../../main/connector/surroundings.ts';
import { parseEndpoints } from '../../main/endpoints.ts';
import { readHostFacts } from '../../main/host-facts.ts';
import { createLog } from '../../main/log.ts';
import { createNetwork } from '../../main/network.ts';
import type { Clock } from '../../main/ports.ts';
import type { Result } from '../../shared/errors.ts';
import type { Intents } from '../../shared/intents.ts';
import type { Organisation, Snapshot } from '../../shared/snapshot.ts';
import type { TaskRecord } from '../sandbox/c1/queue.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/start.ts';
import type { XeroApp } from '../sandbox/xero/apps.ts';
import { makeSigningKey } from '../sandbox/xero/signer.ts';
import { atOnce } from '../unit/c1z/at-once.ts';
import { MemoryLogin } from '../unit/connector/memory-login.ts';
import { deskAtHand } from '../unit/connector/desk-at-hand.ts';
import { MemorySettings } from '../unit/connector/memory-settings.ts';
import { freePorts, hurriedClock, MemoryKeychain, PersonAtBrowser } from './core-surroundings.ts';

export const KAURI = 'Kauri & Co Limited';
export const HARBOUR = 'Harbour Lane Cafés';
export const DEMO = 'Demo Company (NZ)';
export const EVERY = [KAURI, HARBOUR, DEMO] as const;
const ADMIN = 'aroha.ngata@kauri.example';

/** Runs the worker's own TypeScript. */
export const WORKER = new URL('../unit/c1z/typescript-worker.mjs', import.meta.url);

/** One for all sandboxes of a test file. */
const signingKey = makeSigningKey();

export interface DeskOptions {
  /** More for the sandbox's C1. It asks for nothing by itself unless told to. */
  readonly c1?: SandboxOptions['c1'];
  /** Other limits than Xero's Starter plan has. */
  readonly limits?: SandboxOptions['limits'];
  readonly clock?: Clock;
  /** Writes without a worker, which takes long to start, when not given. */
  readonly writer?: ConnectorSurroundings['writer'];
  /** True for a computer that doesn't trust the clouds' certificate authority by itself. */
  readonly strange?: boolean;
  /** The profile's path, from the desk's own folder. */
  readonly profile?: string;
}

/** Opens a desk that is tidied, and checked for what was left on it, when the test ends. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const c1 = { autoSync: false, heartbeatMs: 1000, ...options.c1 };
  const { limits = {} } = options;
  const sandbox = await startSandbox({ c1, limits, signingKey: await signingKey });
  const ports = await freePorts(3);
  const redirectUris = ports.map((port) => `http://localhost:${port}/callback`);
  const app = sandbox.xero.register({ kind: 'desktop', name: 'Desk', redirectUris });
  const folder = await mkdtemp(join(tmpdir(), 'c1-xero-desk-'));
  const desk = new Desk({ sandbox, ports, app, folder, options });
  onTestFinished(() => desk.close());
  await desk.connector.start();
  return desk;
}

interface DeskParts {
  readonly sandbox: Sandbox;
  readonly ports: readonly number[];
  readonly app: XeroApp;
  readonly folder: string;
  readonly options: DeskOptions;
}

/** An admin's desk: the real core and its worker, and a real sandbox behind real sockets. */
export class Desk {
  readonly sandbox: Sandbox;
  readonly ports: readonly number[];
  /** The app that the admin registered at Xero. */
  readonly app: XeroApp;
  readonly profile: string;
  readonly keychain = new MemoryKeychain();
  readonly settings = new MemorySettings(defaultSettings(randomUUID()));
  readonly browser = new PersonAtBrowser();
  readonly copied: string[] = [];
  /** The causes that a notification told of. */
  readonly notices: string[] = [];
  readonly login = new MemoryLogin();
  readonly clipboard = {
    holds: '',
    write: (text: string): void => {
      this.copied.push(text);
      this.clipboard.holds = text;
    },
    read: (): Promise<string> => Promise.resolve(this.clipboard.holds),
    clear: (): void => {
      this.clipboard.holds = '';
    },
  };
  /** What the admin picks in the dialog for a file; null when they close it. */
  caFileAtHand: string | null = null;
  /** Where the admin saves a file; null when they close the dialog. */
  savePath: string | null = null;
  /** Every snapshot that the window got, as it got it. */
  readonly shown: string[] = [];
  connector: Connector;
  /** Holds the profile and, beside it, the log. */
  readonly folder: string;
  readonly log: string;
  readonly #options: DeskOptions;

  constructor({ sandbox, ports, app, folder, options }: DeskParts) {
    this.sandbox = sandbox;
    this.ports = ports;
    this.app = app;
    this.#options = options;
    this.folder = folder;
    this.log = join(folder, 'app.log');
    this.profile = resolve(folder, options.profile ?? 'profile');
    this.connector = this.#connector();
  }

  get intents(): Intents {
    return this.connector.intents;
  }

  get snapshot(): Snapshot {
    return this.connector.snapshot;
  }

  /** The organisation as the window shows it. */
  organisation(name: string): Organisation | undefined {
    return this.snapshot.xero
      .flatMap(({ organisations }) => organisations)
      .find((organisation) => organisation.name === name);
  }

  /** The admin signs in and allows one organisation; a second time it is "connect another". */
  signIn(organisation: string = KAURI): Promise<Result<void>> {
    this.browser.plan = { email: ADMIN, organisation };
    return this.beginSignIn();
  }

  beginSignIn(): Promise<Result<void>> {
    const [known] = this.snapshot.xero.filter(({ who }) => who !== null);
    return known === undefined
      ? this.intents.startSignIn({ kind: 'desktop', clientId: this.app.clientId })
      : this.intents.connectAnother({ signInId: known.id });
  }

  /** Signs in once for each of the organisations, and waits until all were read. */
  async signInFor(organisations: readonly string[]): Promise<void> {
    for (const name of organisations) expect(await this.signIn(name)).toMatchObject(DONE);
    await this.until(() =>
      organisations.every((name) => this.organisation(name)?.state.kind === 'read'),
    );
  }

  connectC1(pair = this.sandbox.c1.credential): Promise<Result<void>> {
    const pasted = `${pair.clientId}\n${pair.clientSecret}`;
    return this.intents.connectC1({ pasted, hostConfirmed: true });
  }

  /** Signed in for the organisations, and connected to C1. */
  async settle(organisations: readonly string[] = [KAURI]): Promise<void> {
    await this.signInFor(organisations);
    expect(await this.connectC1()).toMatchObject(DONE);
  }

  /** C1 asks for a sync; resolves with the task once it was answered. */
  async syncNow(): Promise<Readonly<TaskRecord>> {
    return this.finished(this.sandbox.c1.enqueue('sync_full'));
  }

  async finished(taskId: string): Promise<Readonly<TaskRecord>> {
    return (await this.sandbox.c1.waitFor('finished', ({ task }) => task.id === taskId)).task;
  }

  /** Resolves with the first snapshot that passes, the present one or one to come. */
  until(passes: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    return new Promise((resolve) => {
      const stop = this.connector.subscribe((snapshot) => offer(snapshot));
      const offer = (snapshot: Snapshot): void => {
        if (!passes(snapshot)) return;
        stop();
        resolve(snapshot);
      };
      offer(this.snapshot);
    });
  }

  /** How many calls of this endpoint Xero has seen. */
  calls(endpoint: Parameters<Sandbox['xero']['requests']>[0]): number {
    return this.sandbox.xero.requests(endpoint).length;
  }

  /** Quits the app and starts it again, on the same computer. */
  async restart(): Promise<void> {
    await this.connector.stop();
    this.connector = this.#connector();
    await this.connector.start();
  }

  /** The temporary files of syncs. */
  async leftovers(): Promise<readonly string[]> {
    return readdir(join(this.profile, 'sync')).catch(() => []);
  }

  async close(): Promise<void> {
    await this.connector.stop();
    const left = await this.leftovers();
    await this.sandbox.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
    expect(left).toEqual([]);
  }

  #connector(): Connector {
    const { sandbox, profile, keychain, settings, browser } = this;
    const endpoints = parseEndpoints(sandbox.env);
    if (!endpoints.ok) throw new Error(endpoints.failure.message);
    const runtime = `node ${process.versions.node}`;
    const version = '0.1.0';
    const network = createNetwork(this.#options.strange === true ? undefined : sandbox.ca);
    const connector = new Connector({
      app: { name: 'C1 Connector for Xero', version, runtime, platform: 'linux', sandbox: true },
      facts: readHostFacts({ hostId: settings.read().hostId, version, runtime }),
      folder: profile,
      endpoints: endpoints.value,
      network,
      wayTo: () => Promise.resolve({ kind: 'direct' }),
      clock: this.#options.clock ?? hurriedClock,
      random: systemRandom,
      log: createLog({ level: 'debug', format: 'json', file: this.log }),
      secrets: keychain,
      settings,
      browser,
      notifier: { notify: ({ cause }) => void this.notices.push(cause) },
      startAtLogin: this.login,
      openSample: () => Promise.resolve({ ok: true, value: undefined }),
      clipboard: this.clipboard,
      logFile: { lastLines: () => Promise.resolve([]) },
      browserData: { clear: () => Promise.resolve() },
      startAnew: () => undefined,
      authorities: {
        pick: () => Promise.resolve(this.caFileAtHand),
        read: (path) => readChosenCaFile(path, Date.now()),
        trust: network.trustAlso,
      },
      saveDialog: { pick: () => Promise.resolve(this.savePath) },
      fileManager: { reveal: () => undefined },
      reportPrinter: { print: () => Promise.resolve({ ok: true, value: Buffer.from('%PDF') }) },
      writer: this.#options.writer ?? atOnce,
      startDesk: deskAtHand,
      redirectPorts: this.ports,
      newId: randomUUID,
    });
    connector.subscribe((snapshot) => this.shown.push(JSON.stringify(snapshot)));
    return connector;
  }
}

/** What `toMatchObject` compares results with. */
export const DONE = { ok: true } as const;

export function refused(code: string, next: string): object {
  return { ok: false, failure: { code, next } };
}
