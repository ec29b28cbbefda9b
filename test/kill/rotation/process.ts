import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ROOT } from '../../../scripts/runtime.mjs';

const PROGRAM = join(ROOT, 'test/kill/rotation/app.ts');
const Said = z.object({ c1: z.string(), clientId: z.string().nullable(), rotation: z.string() });
type Said = z.infer<typeof Said>;

/** The app as a process, and how it stood last. */
export class App {
  newest: Said = { c1: 'none', clientId: null, rotation: 'none' };
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
      this.newest = Said.parse(JSON.parse(line));
      for (const watcher of [...this.#watchers]) watcher(this.newest);
    });
  }

  /** Resolves once it stands so, which it may do now. */
  until(condition: (said: Said) => boolean): Promise<Said> {
    if (condition(this.newest)) return Promise.resolve(this.newest);
    return new Promise((resolve) => {
      const watcher = (said: Said): void => {
        if (!condition(said)) return;
        this.#watchers.delete(watcher);
        resolve(said);
      };
      this.#watchers.add(watcher);
    });
  }

  paste(pasted: string): void {
    this.#child.stdin?.write(`${JSON.stringify(pasted)}\n`);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
