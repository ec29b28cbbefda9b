import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../../scripts/runtime.mjs';

const PROGRAM = join(ROOT, 'out/main/headless.js');

/** The built command line, as it runs. */
export class Program {
  /** Resolves with the exit code, or with null when a signal killed it; all its output is there then. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #watchers = new Set<() => void>();
  #output = '';

  constructor(command: string, folder: string, env: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [PROGRAM, command], {
      cwd: folder,
      // Nothing of the test's own: what a command needs is given to it.
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        for (const look of [...this.#watchers]) look();
      });
    }
    this.ended = once(this.#child, 'close').then(() => this.#child.exitCode);
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves once it has printed this. */
  says(text: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.#output.includes(text)) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  end(signal: 'SIGKILL' | 'SIGTERM'): void {
    this.#child.kill(signal);
  }
}
