import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT } from '../../scripts/runtime.mjs';

/** A program with the app in it that says a line of JSON whenever something moves, takes some, and is killed. */
export class AppProcess<Said> {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #watchers = new Set<(said: Said) => void>();

  constructor(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    hear: (line: unknown) => Said,
  ) {
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#ended = once(child, 'close');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = hear(JSON.parse(line));
      for (const watcher of [...this.#watchers]) watcher(said);
    });
  }

  tell(something: unknown): void {
    this.#child.stdin?.write(`${JSON.stringify(something)}\n`);
  }

  /** Resolves with the next thing it says that is wanted. */
  says(wanted: (said: Said) => boolean): Promise<Said> {
    return new Promise((resolve) => {
      const watcher = (said: Said): void => {
        if (!wanted(said)) return;
        this.#watchers.delete(watcher);
        resolve(said);
      };
      this.#watchers.add(watcher);
    });
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
