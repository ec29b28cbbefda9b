import { watch } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import type { Moment } from './moments.ts';
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

  /** Kills a sync at the moment, then starts anew; null when the sync had ended before. */
  async run(moment: Moment): Promise<Kill | null> {
    const { xero } = this.#sandbox;
    // Only the newest token is good: the grace of those before it is over.
    xero.ageRefreshTokens(AFTER_GRACE);
    const before = await this.#stored();
    const victim = await this.#kill(moment);
    xero.clearFaults();
    if ((await victim.ended) !== null) return null;
    const stored = await this.#stored();
    const after = this.#compare(before, stored);
    const wrong = await this.#wrong(victim, [FILE, UNFINISHED]);
    // What is on the disk must do after the grace too, unless a kill kept the answer from reaching it.
    xero.ageRefreshTokens(after === 'replaced' ? WITHIN_GRACE : AFTER_GRACE);
    const next = new Program('check', this.#folder, this.#env);
    const code = await next.ended;
    wrong.push(...(await this.#wrong(next, [FILE])));
    const { kind } = moment;
    if (code === 0) return { kind, after, next: 'signed in', wrong };
    console.log(`The next start ended with ${code ?? 'a signal'}: ${next.output}`);
    this.#seed = xero.consent(xero.webApp);
    return { kind, after, next: code === LOGGED_OUT ? 'logged out' : 'failed', wrong };
  }

  async #kill({ kind, ms, refresh }: Moment): Promise<Program> {
    const { xero } = this.#sandbox;
    // Xero refuses the first access token, so that a second one is asked for.
    if (refresh === 2) {
      xero.fail({ endpoint: 'connections', fault: { kind: 'status', status: 401 } });
    }
    const asked = xero.requests('token').length;
    const over = new AbortController();
    const unfinished = this.#appears(UNFINISHED, refresh, over.signal);
    const victim = new Program('sync', this.#folder, this.#env);
    const moment = async (): Promise<void> => {
      if (kind === 'storing') await unfinished;
      else if (kind !== 'started') {
        if (refresh === 2) await xero.arrived('token', asked + 1);
        if (kind === 'asked') xero.fail({ endpoint: 'token', fault: { kind: 'hang' } });
        if (kind === 'answer lost') xero.fail({ endpoint: 'token', fault: { kind: 'answerLost' } });
        await xero.arrived('token', asked + refresh);
      }
      if (ms > 0) await wait(ms);
      victim.kill();
    };
    await Promise.race([moment(), victim.ended]);
    over.abort();
    await victim.ended;
    return victim;
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
    const tokens = this.#sandbox.xero.secrets();
    const files = await filesWithTokens(this.#folder, tokens);
    return [
      ...files.filter(({ path }) => !allowed.includes(path)).map(({ path }) => `in ${path}`),
      ...files.filter(({ mode }) => mode !== 0o600).map(({ path }) => `${path} is open to others`),
      ...tokens.filter((token) => output.includes(token)).map(() => 'printed'),
    ];
  }

  get #env(): Readonly<Record<string, string>> {
    const { env } = this.#sandbox;
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
    };
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
