import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../../scripts/runtime.mjs';
import type { PastedXeroApp } from '../../../shared/intents.ts';
import { AppProcess } from '../app-process.ts';
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
  readonly #process: AppProcess<Said>;

  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#process = new AppProcess(PROGRAM, args, env, (line) => {
      const said = Said.parse(line);
      if ('signIns' in said) this.newest = said;
      return said;
    });
    this.started = this.#done();
  }

  /** Resolves with whether it went well, once it is done. */
  does(deed: Deed): Promise<boolean> {
    const done = this.#done();
    this.#process.tell(deed);
    return done;
  }

  /** Resolves when this begins. */
  async begins(kind: Kind): Promise<void> {
    await this.#process.says((said) => 'kind' in said && said.kind === kind);
  }

  /** Resolves once it stands so, which it may do now. */
  async until(stands: (stand: Stand) => boolean): Promise<void> {
    if (stands(this.newest)) return;
    await this.#process.says((said) => 'signIns' in said && stands(said));
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }

  async #done(): Promise<boolean> {
    const said = await this.#process.says((each) => 'done' in each);
    return 'done' in said && said.done;
  }
}
