import { randomUUID } from 'node:crypto';
import { watch } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { startSandbox, type Sandbox } from '../../sandbox/start.ts';
import { filesWithTokens } from '../traces.ts';
import { App } from './process.ts';
import { WRITES, type Moment } from './moments.ts';

const KEYCHAIN = 'keychain.json';
/** A machine that does other work too is slow, not wrong: a start alone may take half a minute. */
const IN_VAIN_MS = 150_000;
const UNFINISHED = `${KEYCHAIN}.tmp`;
const Pair = z.object({ clientId: z.string() });
const Entry = z.object({ current: Pair, pending: Pair.optional(), previous: Pair.optional() });

/** What was seen after one kill, and after the start that followed. */
export interface Kill {
  readonly moment: Moment;
  readonly after: 'old alone' | 'new one pending' | 'old one kept' | 'new alone';
  readonly next: 'works' | 'is broken';
  readonly inUse: 'old' | 'new' | 'neither';
  /** Files with a secret that may hold none. */
  readonly wrong: readonly string[];
}

/** One computer with its keychain, whose app is killed and started again and again, and a C1 of its own. */
export class Lane {
  readonly #sandbox: Sandbox;
  readonly #folder: string;
  readonly #hostId = randomUUID();
  #app: App;

  private constructor(sandbox: Sandbox, folder: string) {
    this.#sandbox = sandbox;
    this.#folder = folder;
    this.#app = this.#start();
  }

  static async open(): Promise<Lane> {
    const sandbox = await startSandbox({ c1: { autoSync: false } });
    const folder = await mkdtemp(join(tmpdir(), 'c1-xero-rotation-'));
    const { clientId, clientSecret: secret } = sandbox.c1.credential;
    const entry = JSON.stringify({ current: { clientId, secret, addedAt: 1 } });
    await writeFile(join(folder, KEYCHAIN), JSON.stringify({ c1: entry }), { mode: 0o600 });
    const lane = new Lane(sandbox, folder);
    await lane.#app.until(({ c1 }) => c1 === 'connected');
    return lane;
  }

  async close(): Promise<void> {
    await this.#app.kill();
    await this.#sandbox.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Begins a rotation, kills the app at the moment, and starts it anew; null when it was done before. */
  async run(moment: Moment): Promise<Kill | null> {
    const { c1 } = this.#sandbox;
    const { current: old } = await this.#entry();
    const fresh = c1.rotate();
    const inTime = await this.#killAt(
      moment,
      old.clientId,
      `${fresh.clientId}\n${fresh.clientSecret}`,
    );
    const { current, pending, previous } = await this.#entry();
    const isOld = current.clientId === old.clientId;
    const withOld = pending === undefined ? 'old alone' : 'new one pending';
    const withNew = previous === undefined ? 'new alone' : 'old one kept';
    const wrong = await this.#wrong();
    this.#app = this.#start();
    const works = await this.#works();
    const { clientId } = this.#app.newest;
    const inUse =
      clientId === old.clientId ? 'old' : clientId === fresh.clientId ? 'new' : 'neither';
    for (const other of c1.credentials())
      if (other.clientId !== clientId) c1.revoke(other.clientId);
    if (!inTime) return null;
    return {
      moment,
      after: isOld ? withOld : withNew,
      next: works ? 'works' : 'is broken',
      inUse,
      wrong,
    };
  }

  async #killAt({ kind, ms, oldEnds }: Moment, old: string, pasted: string): Promise<boolean> {
    const { c1 } = this.#sandbox;
    const app = this.#app;
    const over = new AbortController();
    const written = this.#written(WRITES[kind] ?? 0, over.signal);
    app.paste(pasted);
    if (oldEnds) void app.until(({ rotation }) => rotation === 'asking').then(() => c1.revoke(old));
    // The new one's first task lets the old one go.
    void app.until(({ rotation }) => rotation === 'trial').then(() => c1.enqueue('sync_full'));
    const moment = async (): Promise<boolean> => {
      if (WRITES[kind] !== undefined) await written;
      else if (kind !== 'pasted') await app.until(({ rotation }) => rotation === kind);
      await wait(ms);
      return true;
    };
    const begun = app.until(({ rotation }) => rotation !== 'none');
    const done = begun.then(() => app.until(({ rotation }) => rotation === 'ended'));
    const inTime = await Promise.race([moment(), done.then(() => wait(50)).then(() => false)]);
    over.abort();
    await app.kill();
    return inTime;
  }

  /** Whether C1 takes what is in use, it answers a task, and the rotation comes to its end. */
  async #works(): Promise<boolean> {
    const { c1 } = this.#sandbox;
    const settled = this.#app.until(
      ({ c1, rotation }) => c1 === 'connected' && rotation === 'none',
    );
    const inVain = wait(IN_VAIN_MS).then(() => null);
    // C1 would give up for lost after minutes what the killed app had in hand.
    for (const { id, state } of c1.tasks()) if (state === 'running') c1.deliverAgain(id);
    for (;;) {
      const task = c1.enqueue('sync_full');
      const finished = c1.waitFor('finished', (event) => event.task.id === task);
      const seen = await Promise.race([finished, inVain]);
      if (seen === null) return false;
      const state = await Promise.race([settled, wait(300).then(() => undefined), inVain]);
      if (state !== undefined) return state !== null;
    }
  }

  #start(): App {
    const { env } = this.#sandbox;
    const files = [KEYCHAIN, 'tasks.sealed', 'app.log'].map((name) => join(this.#folder, name));
    return new App([...files, this.#hostId], env);
  }

  /** Resolves when the keychain's entry is being written for the `count`th time. */
  #written(count: number, signal: AbortSignal): Promise<void> {
    let left = count;
    let wasThere = false;
    return new Promise((resolve) => {
      watch(this.#folder, { signal }, (event, changed) => {
        if (event !== 'rename' || changed !== UNFINISHED) return;
        // It comes and goes by turns.
        wasThere = !wasThere;
        if (wasThere && (left -= 1) === 0) resolve();
      });
    });
  }

  async #entry(): Promise<z.infer<typeof Entry>> {
    const text = await readFile(join(this.#folder, KEYCHAIN), 'utf8');
    const { c1 } = z.object({ c1: z.string() }).parse(JSON.parse(text));
    return Entry.parse(JSON.parse(c1));
  }

  async #wrong(): Promise<string[]> {
    const files = await filesWithTokens(this.#folder, this.#sandbox.c1.secrets());
    return files.map(({ path }) => path).filter((path) => path !== KEYCHAIN && path !== UNFINISHED);
  }
}
