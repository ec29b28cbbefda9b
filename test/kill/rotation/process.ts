import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../../scripts/runtime.mjs';
import { AppProcess } from '../app-process.ts';

const PROGRAM = join(ROOT, 'test/kill/rotation/app.ts');
const Said = z.object({ c1: z.string(), clientId: z.string().nullable(), rotation: z.string() });
type Said = z.infer<typeof Said>;

/** The app as a process, and how it stood last. */
export class App {
  newest: Said = { c1: 'none', clientId: null, rotation: 'none' };
  readonly #process: AppProcess<Said>;

  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#process = new AppProcess(PROGRAM, args, env, (line) => {
      this.newest = Said.parse(line);
      return this.newest;
    });
  }

  /** Resolves once it stands so, which it may do now. */
  until(condition: (said: Said) => boolean): Promise<Said> {
    return condition(this.newest) ? Promise.resolve(this.newest) : this.#process.says(condition);
  }

  paste(pasted: string): void {
    this.#process.tell(pasted);
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }
}
