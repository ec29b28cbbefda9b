import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ROOT } from '../../../scripts/runtime.mjs';
import type { PastedXeroApp } from '../../../shared/intents.ts';
import type { Kind } from './moments.ts';

const PROGRAM = join(ROOT, 'test/kill/app-change/app.ts');
const Stand = z.object({
  signIns: z.array(z.object({ clientId: z.string(), state: z.string(), read: z.number() })),
  changing: z.boolean(),
});
type Stand = z.infer<typeof Stand>;
const Said = z.union([Stand, z.object({ kind: z.string() }), z.object({ done: z.boolean() })]);
type Said = z.infer<typeof Said>;

/** What the admin does. */
export interface Deed {
  readonly does: 'signIn' | 'change' | 'connect' | 'look';
  readonly app?: PastedXeroApp;
  /** Whom they choose on Xero's page. */
  readonly organisation?: string;
}

/** The app as a process, and how it stood last. */
export class App {
  newest: Stand = { signIns: [], changing: false };
  /** Resolves once it has started. */
  readonly started: Promise<boolean>;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #watchers = new Set<(said: Said) => void>();

  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#ended = once(child, 'close');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = Said.parse(JSON.parse(line));
      if ('signIns' in said) this.newest = said;
      for (const watcher of [...this.#watchers]) watcher(said);
    });
    this.started = this.#done();
  }

  /** Resolves with whether it went well, once it is done. */
  does(deed: Deed): Promise<boolean> {
    const done = this.#done();
    this.#child.stdin?.write(`${JSON.stringify(deed)}\n`);
    return done;
  }

  /** Resolves when this begins. */
  async begins(kind: Kind): Promise<void> {
    await this.#said((said) => 'kind' in said && said.kind === kind);
  }

  /** Resolves once it stands so, which it may do now. */
  async until(stands: (stand: Stand) => boolean): Promise<void> {
    if (stands(this.newest)) return;
    await this.#said((said) => 'signIns' in said && stands(said));
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #done(): Promise<boolean> {
    const said = await this.#said((each) => 'done' in each);
    return 'done' in said && said.done;
  }

  #said(wanted: (said: Said) => boolean): Promise<Said> {
    return new Promise((resolve) => {
      const watcher = (said: Said): void => {
        if (!wanted(said)) return;
        this.#watchers.delete(watcher);
        resolve(said);
      };
      this.#watchers.add(watcher);
    });
  }
}
