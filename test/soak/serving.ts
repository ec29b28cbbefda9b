import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../scripts/runtime.mjs';

/** What one look at the process says. */
export interface Sample {
  /** Milliseconds from the start. */
  readonly at: number;
  readonly rssMb: number;
  readonly sockets: number;
}

/** The real `serve`, watched from outside through /proc. */
export class Serving {
  readonly samples: Sample[] = [];
  /** Resolves with the exit code, or with null when a signal killed it. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #start = Date.now();
  #output = '';

  /** `log` is a file that all its output is kept in. */
  constructor(folder: string, env: Readonly<Record<string, string>>, log: string) {
    this.#child = spawn(process.execPath, [join(ROOT, 'out/main/headless.js'), 'serve'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const file = createWriteStream(log);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        file.write(text);
      });
    }
    this.ended = once(this.#child, 'close').then(() => {
      file.end();
      return this.#child.exitCode;
    });
  }

  get output(): string {
    return this.#output;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Takes a sample; none where there is no /proc, or no process any more. */
  async look(): Promise<void> {
    const proc = `/proc/${this.#child.pid ?? 0}`;
    try {
      const status = await readFile(`${proc}/status`, 'utf8');
      const rssKb = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN);
      const names = await readdir(`${proc}/fd`);
      const targets = await Promise.all(
        names.map((name) => readlink(`${proc}/fd/${name}`).catch(() => '')),
      );
      const sockets = targets.filter((target) => target.startsWith('socket:')).length;
      const at = Date.now() - this.#start;
      if (!Number.isNaN(rssKb)) this.samples.push({ at, rssMb: rssKb / 1024, sockets });
    } catch {
      // It ended between two looks, or this isn't Linux.
    }
  }
}
