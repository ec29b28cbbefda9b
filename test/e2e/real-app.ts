import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { findRuntime, ROOT, sandboxFlags } from '../../scripts/runtime.mjs';
import type { Snapshot } from '../../shared/snapshot.ts';
import { freePorts } from '../integration/core-surroundings.ts';

/** The real app in a real Electron, with a profile of its own. */
export class RealApp {
  readonly profile: string;
  readonly #env: Readonly<Record<string, string>>;
  #app: ElectronApplication | undefined;
  #window: Page | undefined;
  #traced = false;
  /** Everything that the app printed, over all its starts. */
  output = '';

  private constructor(profile: string, env: Readonly<Record<string, string>>) {
    this.profile = profile;
    this.#env = env;
  }

  /** Starts the app with an empty profile; `env` names the two clouds. */
  static async open(env: Readonly<Record<string, string>>): Promise<RealApp> {
    const app = new RealApp(await mkdtemp(join(tmpdir(), 'c1-xero-profile-')), env);
    try {
      await app.start();
      return app;
    } catch (error) {
      await app.close();
      throw error;
    }
  }

  get window(): Page {
    if (this.#window === undefined) throw new Error('The app isn’t running');
    return this.#window;
  }

  /** For what this class has no word for. */
  get electron(): ElectronApplication {
    return this.#running();
  }

  /** `traced` as a rule; what is recorded of each frame slows it down. */
  async start({ traced = true } = {}): Promise<void> {
    const { path: executablePath, args, env } = this.#command();
    // Playwright’s own colour scheme would hide the app’s.
    this.#app = await _electron.launch({ executablePath, args, env, colorScheme: null });
    // Playwright traces browsers by itself, but not Electron.
    if (traced) await this.#app.context().tracing.start({ screenshots: true, snapshots: true });
    this.#traced = traced;
    const { stdout, stderr } = this.#app.process();
    for (const stream of [stdout, stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.output += data.toString('utf8');
      });
    }
    this.#window = await this.#app.firstWindow();
  }

  /** Quits as a person would, so that everything is put away. */
  async quit(): Promise<void> {
    await this.#app?.close();
    this.#app = undefined;
  }

  /** Ends the process at once, as a power cut would. */
  async kill(): Promise<void> {
    const process = this.#app?.process();
    this.#app = undefined;
    if (process?.exitCode !== null || process.signalCode !== null) return;
    const exited = once(process, 'exit');
    process.kill('SIGKILL');
    await exited;
  }

  /** Writes what the window did since the app's last start, for Playwright's trace viewer. False when nothing traces it. */
  async saveTrace(path: string): Promise<boolean> {
    const traced = this.#traced && this.#app !== undefined;
    this.#traced = false;
    if (traced) await this.#app?.context().tracing.stop({ path });
    return traced;
  }

  async snapshot(): Promise<Snapshot> {
    return this.window.evaluate(() => window.connector.snapshot());
  }

  /** What the window is told once the app has gone on where its last run ended, which waits for the window. */
  async snapshotOnceBegun(): Promise<Snapshot> {
    await expect.poll(async () => (await this.snapshot()).nextLook).toBeDefined();
    return this.snapshot();
  }

  /** The next address that the app opens in the system's browser, which stays closed. */
  async nextOpened(): Promise<{ readonly address: Promise<string> }> {
    const app = this.#running();
    await app.evaluate(({ shell }) => {
      const holder = globalThis as { opened?: Promise<string> };
      holder.opened = new Promise((resolve) => {
        shell.openExternal = (address) => {
          resolve(address);
          return Promise.resolve();
        };
      });
    });
    const address = app.evaluate(() => (globalThis as { opened?: Promise<string> }).opened ?? '');
    return { address };
  }

  /** The next file that the app shows in the system's window of files, which stays closed. */
  async nextRevealed(): Promise<{ readonly path: Promise<string> }> {
    const app = this.#running();
    await app.evaluate(({ shell }) => {
      const holder = globalThis as { revealed?: Promise<string> };
      holder.revealed = new Promise((resolve) => {
        shell.showItemInFolder = resolve;
      });
    });
    return {
      path: app.evaluate(() => (globalThis as { revealed?: Promise<string> }).revealed ?? ''),
    };
  }

  /** Whether a person sees the window. */
  isShown(): Promise<boolean> {
    return this.#running().evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false,
    );
  }

  /** Presses the window's own close button. */
  async closeWindow(): Promise<void> {
    await this.#running().evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.close();
    });
  }

  /** From now on a question of the system's gets this button as its answer; resolves with the questions so far when asked. */
  async answerQuestions(button: number): Promise<() => Promise<readonly string[]>> {
    await this.#running().evaluate(({ dialog }, response) => {
      const holder = globalThis as { asked?: string[] };
      holder.asked = [];
      dialog.showMessageBox = (...given: unknown[]) => {
        const { message } = given.at(-1) as { message: string };
        holder.asked?.push(message);
        return Promise.resolve({ response, checkboxChecked: false });
      };
    }, button);
    return () => this.#running().evaluate(() => (globalThis as { asked?: string[] }).asked ?? []);
  }

  /** Where the next dialog for saving a file leads. */
  async saveTo(filePath: string): Promise<void> {
    await this.#running().evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    }, filePath);
  }

  /** When the app starts itself anew, what takes its place can be driven through this port (relaunched.ts). */
  async openRelaunch(): Promise<number> {
    const [port = 0] = await freePorts(1);
    await this.#running().evaluate(({ app }, open) => {
      const relaunch = app.relaunch.bind(app);
      // Of several such switches Chromium takes the last, which is Playwright's.
      app.relaunch = ({ args = [] } = {}) =>
        relaunch({
          args: args.map((arg) => arg.replace(/^(--remote-debugging-port)=.*/, `$1=${open}`)),
        });
    }, port);
    return port;
  }

  /** Resolves once the process has ended by itself. */
  async ended(): Promise<void> {
    const process = this.#running().process();
    if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
    this.#app = undefined;
  }

  /** What the theme comes to, in Electron's words. */
  theme(): Promise<string> {
    return this.#running().evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  }

  /** Opens the window again, as a second start does; it is a new page. */
  async openWindow(): Promise<void> {
    const opened = this.#running().waitForEvent('window');
    await this.startAgain();
    this.#window = await opened;
  }

  /** Starts the program once more with the same profile; resolves with that process's exit code. */
  startAgain(more: readonly string[] = []): Promise<number | null> {
    const { path, args, env } = this.#command();
    return new Promise((resolve) => {
      spawn(path, [...args, ...more], { env, stdio: 'ignore' }).once('exit', resolve);
    });
  }

  /** From now on the system's settings name these proxies, in Chromium's words, for every address. */
  async setSystemProxy(proxyRules: string): Promise<void> {
    await this.#running().evaluate(
      ({ session }, rules) =>
        session.defaultSession.setProxy({
          mode: 'fixed_servers',
          proxyRules: rules,
          proxyBypassRules: '<-loopback>',
        }),
      proxyRules,
    );
  }

  /** A second window of the same program, with the app's own bridge, that shows a page from elsewhere. */
  async openElsewhere(address: string): Promise<Page> {
    const app = this.#running();
    const opened = app.waitForEvent('window');
    await app.evaluate(
      ({ BrowserWindow }, [url = '', preload = '']) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload, contextIsolation: true, sandbox: true },
        });
        void window.loadURL(url);
      },
      [address, join(ROOT, 'out/preload/preload.cjs')],
    );
    const page = await opened;
    await page.waitForLoadState();
    return page;
  }

  /** What lies on the system's clipboard from now on, without passing through the window. */
  async putOnClipboard(text: string): Promise<void> {
    await this.#running().evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  }

  /** Everything that is alive on the window's JavaScript heap, after all garbage was collected. */
  async heapOfWindow(): Promise<string> {
    const session = await this.#running().context().newCDPSession(this.window);
    let heap = '';
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
      heap += chunk;
    });
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    await session.detach();
    return heap;
  }

  /** How many windows there are, shown or not. */
  windowCount(): Promise<number> {
    return this.#running().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  }

  /** The system says that the computer is awake again. */
  async wakeUp(): Promise<void> {
    await this.#running().evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
  }

  /** What a person picks in the next dialog for a file; nothing when they close it. */
  async chooseFiles(filePaths: string[]): Promise<void> {
    await this.#running().evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: chosen.length === 0, filePaths: chosen });
    }, filePaths);
  }

  /** What a person copies in another program. */
  async copyElsewhere(text: string): Promise<void> {
    await this.#running().evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  }

  /** What the clipboard holds. */
  copied(): Promise<string> {
    return this.#running().evaluate(({ clipboard }) => clipboard.readText());
  }

  /** From now on no browser can be opened, as on a machine without one. */
  async breakBrowser(): Promise<void> {
    await this.#running().evaluate(({ shell }) => {
      shell.openExternal = () => Promise.reject(new Error('no browser'));
    });
  }

  /** Ends the app where it still runs, and removes its profile. */
  async close(): Promise<void> {
    await this.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #command(): { path: string; args: string[]; env: Record<string, string> } {
    const runtime = findRuntime(ROOT);
    if (runtime === undefined) throw new Error('There is no Electron: run node scripts/setup.mjs');
    const kept = Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    return {
      path: runtime.path,
      args: [...sandboxFlags(), `--user-data-dir=${this.profile}`, '--lang=en-GB', ROOT],
      env: {
        ...Object.fromEntries(kept),
        LANG: 'en_GB.UTF-8',
        TZ: 'Pacific/Auckland',
        ...this.#env,
      },
    };
  }

  #running(): ElectronApplication {
    if (this.#app === undefined) throw new Error('The app isn’t running');
    return this.#app;
  }
}
