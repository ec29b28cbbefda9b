import { watch } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import type { Moment } from './moments.ts';
import type { Outcome } from '../sandbox/c1/queue.ts';
import { Program } from './program.ts';
import type { Kill } from './table.ts';
import { filesWithTokens, tokenIn } from './traces.ts';

const MANY = 1_000_000;
const FILE = 'token.json';
const UNFINISHED = `${FILE}.tmp`;
const LOGGED_OUT = 16;
const MINUTE = 60_000;
/** Xero takes a replaced token for 30 minutes (xero.md §2). */
const AFTER_GRACE = 31 * MINUTE;
const WITHIN_GRACE = 25 * MINUTE;

/** What `signedOut` says (main/xero/errors.ts), which C1 is told. */
const SIGNED_OUT = 'Xero signed you out';

/** A start after a kill. */
interface Start {
  readonly program: Program;
  readonly next: Kill['next'];
}

interface Stored {
  readonly token: string;
  readonly inPlace: boolean;
}

/** One server's folder with its token file, killed and started again and again, and a Xero of its own. */
export class Lane {
  readonly #sandbox: Sandbox;
  readonly #folder: string;
  #seed: string;

  private constructor(sandbox: Sandbox, folder: string) {
    this.#sandbox = sandbox;
    this.#folder = folder;
    this.#seed = sandbox.xero.consent(sandbox.xero.webApp);
  }

  static async open(): Promise<Lane> {
    const limits = { minute: MANY, day: MANY, appMinute: MANY };
    const sandbox = await startSandbox({ limits, c1: { autoSync: false } });
    const folder = await mkdtemp(join(tmpdir(), 'c1-xero-kill-'));
    await mkdir(join(folder, 'temp'));
    return new Lane(sandbox, folder);
  }

  async close(): Promise<void> {
    await this.#sandbox.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Kills the command at the moment, then starts anew; null when its work was done before. */
  async run(moment: Moment): Promise<Kill | null> {
    const { xero } = this.#sandbox;
    // Only the newest token is good: the grace of those before it is over.
    xero.ageRefreshTokens(AFTER_GRACE);
    const before = await this.#stored();
    const victim = await this.#kill(moment);
    xero.clearFaults();
    if (victim === null) {
      // It may have given up on a lost answer before it could be killed: the grace is the next start's.
      if (xero.isReplaced((await this.#stored()).token)) await this.#check();
      return null;
    }
    const stored = await this.#stored();
    const after = this.#compare(before, stored);
    const wrong = await this.#wrong(victim, [FILE, UNFINISHED]);
    // What is on the disk must do after the grace too, unless a kill kept the answer from reaching it.
    xero.ageRefreshTokens(after === 'replaced' ? WITHIN_GRACE : AFTER_GRACE);
    const { command, kind } = moment;
    const { next, program } = command === 'sync' ? await this.#check() : await this.#serveOnce();
    wrong.push(...(await this.#wrong(program, [FILE])));
    if (next !== 'signed in') {
      console.log(`The next start isn’t signed in: ${program.output}`);
      for (const name of [FILE, UNFINISHED]) await rm(this.#path(name), { force: true });
      this.#seed = xero.consent(xero.webApp);
    }
    return { command, kind, after, next, wrong };
  }

  /** The program that was killed at the moment; null when its work was done before. */
  async #kill({ command, kind, ms, refresh }: Moment): Promise<Program | null> {
    const { xero, c1 } = this.#sandbox;
    // Xero refuses the first access token, so that a second one is asked for.
    if (refresh === 2) {
      xero.fail({ endpoint: 'connections', fault: { kind: 'status', status: 401 } });
    }
    const asked = xero.requests('token').length;
    const over = new AbortController();
    const unfinished = this.#appears(UNFINISHED, refresh, over.signal);
    const task = command === 'serve' ? c1.enqueue('sync_full') : null;
    const victim = new Program(command, this.#folder, this.#env(command));
    const moment = async (): Promise<boolean> => {
      if (kind === 'storing') await unfinished;
      else if (kind !== 'started') {
        if (refresh === 2) await xero.arrived('token', asked + 1);
        if (over.signal.aborted) return false;
        if (kind === 'asked') xero.fail({ endpoint: 'token', fault: { kind: 'hang' } });
        if (kind === 'answer lost') xero.fail({ endpoint: 'token', fault: { kind: 'answerLost' } });
        await xero.arrived('token', asked + refresh);
      }
      if (ms > 0) await wait(ms);
      return true;
    };
    const done = task === null ? victim.ended : Promise.race([victim.ended, this.#finished(task)]);
    const inTime = await Promise.race([moment(), done.then(() => false)]);
    over.abort();
    victim.end('SIGKILL');
    const code = await victim.ended;
    return inTime && code === null ? victim : null;
  }

  async #check(): Promise<Start> {
    const program = new Program('check', this.#folder, this.#env('check'));
    const code = await program.ended;
    const refused = code === LOGGED_OUT ? 'logged out' : 'failed';
    return { program, next: code === 0 ? 'signed in' : refused };
  }

  /** A service that is started, does what C1 still waits for and a new sync, and is told to stop. */
  async #serveOnce(): Promise<Start> {
    const { c1 } = this.#sandbox;
    const left = c1.tasks().find(({ state }) => state === 'running' || state === 'queued');
    // C1 would give it up for lost after minutes.
    if (left?.state === 'running') c1.deliverAgain(left.id);
    // What the killed one had made of that, a failure too, may still be told: another one tells how things stand.
    const task = c1.enqueue('sync_full');
    const program = new Program('serve', this.#folder, this.#env('serve'));
    const finished = await Promise.race([this.#finished(task), program.ended.then(() => null)]);
    program.end('SIGTERM');
    const code = await program.ended;
    if (code === 0 && finished?.ok === true) return { program, next: 'signed in' };
    return { program, next: finished?.message.includes(SIGNED_OUT) ? 'logged out' : 'failed' };
  }

  async #finished(id: string): Promise<Outcome | null> {
    const { task } = await this.#sandbox.c1.waitFor('finished', ({ task }) => task.id === id);
    return task.outcome;
  }

  /** Resolves when a file of this name has begun to be for the `count`th time. */
  #appears(name: string, count: number, signal: AbortSignal): Promise<void> {
    let left = count;
    let wasThere = false;
    return new Promise((resolve) => {
      watch(this.#folder, { signal }, (event, changed) => {
        if (event !== 'rename' || changed !== name) return;
        // It comes and goes by turns.
        wasThere = !wasThere;
        if (wasThere && (left -= 1) === 0) resolve();
      });
    });
  }

  /** The newest token on the disk, or the seed, and whether it is in its place. */
  async #stored(): Promise<Stored> {
    const unfinished = await tokenIn(this.#path(UNFINISHED));
    if (unfinished !== null) return { token: unfinished, inPlace: false };
    return { token: (await tokenIn(this.#path(FILE))) ?? this.#seed, inPlace: true };
  }

  #compare(before: Stored, { token, inPlace }: Stored): Kill['after'] {
    if (this.#sandbox.xero.isReplaced(token)) return 'replaced';
    if (!inPlace) return 'not in place';
    return token === before.token ? 'unchanged' : 'stored';
  }

  async #wrong({ output }: Program, allowed: readonly string[]): Promise<string[]> {
    const tokens = this.#sandbox.secrets();
    const files = await filesWithTokens(this.#folder, tokens);
    return [
      ...files.filter(({ path }) => !allowed.includes(path)).map(({ path }) => `in ${path}`),
      ...files.filter(({ mode }) => mode !== 0o600).map(({ path }) => `${path} is open to others`),
      ...tokens.filter((token) => output.includes(token)).map(() => 'printed'),
    ];
  }

  #env(command: string): Readonly<Record<string, string>> {
    const { env, c1 } = this.#sandbox;
    const names = ['XERO_API_URL', 'XERO_IDENTITY_URL', 'XERO_LOGIN_URL', 'NODE_EXTRA_CA_CERTS'];
    const { webApp } = this.#sandbox.xero;
    return {
      ...Object.fromEntries(names.map((name) => [name, env[name] ?? ''])),
      BATON_XERO_CLIENT_ID: webApp.clientId,
      BATON_XERO_CLIENT_SECRET: webApp.secret ?? '',
      BATON_REFRESH_TOKEN: this.#seed,
      BATON_XERO_TOKEN_FILE: this.#path(FILE),
      BATON_LOG_LEVEL: 'debug',
      TMPDIR: this.#path('temp'),
      ...(command === 'serve' && {
        BATON_CLIENT_ID: c1.credential.clientId,
        BATON_CLIENT_SECRET: c1.credential.clientSecret,
        BATON_XERO_STATE_DIR: this.#path('state'),
      }),
    };
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
