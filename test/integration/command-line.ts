import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { ROOT } from '../../scripts/runtime.mjs';
import type { C1SandboxOptions } from '../sandbox/c1/sandbox.ts';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import { makeSigningKey } from '../sandbox/xero/signer.ts';

/** The built command line. */
export const PROGRAM = join(ROOT, 'out/main/headless.js');

/** One for all sandboxes of a test file. */
const signingKey = makeSigningKey();

export type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Opens a terminal that is closed when the test ends; C1 asks for nothing by itself. */
export async function openTerminal(
  c1: Pick<C1SandboxOptions, 'heartbeatMs'> = {},
): Promise<Terminal> {
  const sandbox = await startSandbox({
    c1: { ...c1, autoSync: false },
    signingKey: await signingKey,
  });
  const folder = await mkdtemp(join(tmpdir(), 'c1-xero-terminal-'));
  const terminal = new Terminal(sandbox, folder);
  onTestFinished(() => terminal.close());
  return terminal;
}

/** A terminal in a folder of its own, in which the built command line meets a sandbox. */
export class Terminal {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly #children: ChildProcess[] = [];
  #printed = '';

  constructor(sandbox: Sandbox, folder: string) {
    this.sandbox = sandbox;
    this.folder = folder;
  }

  /** Where the clouds are, and nothing to sign in with. */
  get clouds(): Environment {
    const { env } = this.sandbox;
    const names = ['XERO_API_URL', 'XERO_IDENTITY_URL', 'XERO_LOGIN_URL', 'NODE_EXTRA_CA_CERTS'];
    return Object.fromEntries(names.map((name) => [name, env[name] ?? '']));
  }

  /** A web app that all organisations are connected to, with a fresh refresh token. */
  get webApp(): Environment {
    const { xero } = this.sandbox;
    return {
      ...this.clouds,
      BATON_XERO_CLIENT_ID: xero.webApp.clientId,
      BATON_XERO_CLIENT_SECRET: xero.webApp.secret ?? '',
      BATON_REFRESH_TOKEN: xero.consent(xero.webApp),
    };
  }

  /** The same with a desktop app, which has no secret. */
  get desktopApp(): Environment {
    const { xero } = this.sandbox;
    return {
      ...this.clouds,
      BATON_XERO_CLIENT_ID: xero.desktopApp.clientId,
      BATON_REFRESH_TOKEN: xero.consent(xero.desktopApp),
    };
  }

  get customConnection(): Environment {
    const { customConnection } = this.sandbox.xero;
    return {
      ...this.clouds,
      BATON_XERO_CLIENT_ID: customConnection.clientId,
      BATON_XERO_CLIENT_SECRET: customConnection.secret ?? '',
    };
  }

  get c1(): Environment {
    const { clientId, clientSecret } = this.sandbox.c1.credential;
    return { BATON_CLIENT_ID: clientId, BATON_CLIENT_SECRET: clientSecret };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Starts the command line; `ended` resolves once it has ended and all its output is there. */
  start(args: readonly string[], env: Environment): Running {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd: this.folder,
      // Nothing of the test's own: what a command needs is given to it.
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    const text = { stdout: '', stderr: '' };
    const waiting = new Set<() => void>();
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (piece: string) => {
        text[stream] += piece;
        this.#printed += piece;
        for (const look of waiting) look();
      });
    }
    const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, ...text }));
    const said = (words: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!text.stderr.includes(words)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    return { ended, said, signal: (name) => void child.kill(name) };
  }

  run(args: readonly string[], env: Environment): Promise<Ended> {
    return this.start(args, env).ended;
  }

  /** Ends what still runs, and finds that neither a secret nor a person was printed. */
  async close(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    const { c1 } = this.sandbox;
    const secrets = this.sandbox.secrets();
    await this.sandbox.close();
    await rm(this.folder, { recursive: true, force: true });
    for (const secret of secrets) expect(this.#printed).not.toContain(secret.slice(-40));
    expect(this.#printed).not.toMatch(/@[\w-]+\.example/);
    expect(c1.violations()).toEqual([]);
  }
}

export interface Running {
  readonly ended: Promise<Ended>;
  /** Resolves once its log holds these words. */
  readonly said: (words: string) => Promise<void>;
  readonly signal: (name: NodeJS.Signals) => void;
}
