import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startC1Sandbox, type C1Sandbox, type C1SandboxOptions } from './c1/start.ts';
import { makeCertificate } from './certificate.ts';
import { startControl } from './control.ts';
import { World } from './world.ts';
import type { XeroLimits } from './xero/limits.ts';
import type { XeroSandbox } from './xero/sandbox.ts';
import type { SigningKey } from './xero/signer.ts';
import { startXeroSandbox } from './xero/start.ts';

export interface SandboxOptions {
  /** The same seed gives the same organisations, people and client IDs; 1 when not given. */
  readonly seed?: number;
  /** How many organisations; 3 when not given. */
  readonly orgs?: number;
  /** How many people in all; 25 when not given. */
  readonly users?: number;
  /** The first of four ports in a row; 0, which it is when not given, takes free ones. */
  readonly port?: number;
  readonly limits?: Partial<XeroLimits>;
  /** Of Xero's tokens; made anew, which takes long, when not given. */
  readonly signingKey?: SigningKey;
  /** More for the C1 half: its pace, what it does by itself. */
  readonly c1?: Omit<C1SandboxOptions, 'certificate' | 'port' | 'pagesPort' | 'now'>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A Xero and a C1 on this computer (product.md §7). */
export interface Sandbox {
  /** With these set, the command line works against the sandbox. */
  readonly env: Record<string, string>;
  readonly pages: { readonly xero: string; readonly c1: string };
  /** Where other processes turn its knobs: see `control.ts`. */
  readonly control: string;
  /** The authority that signed C1's certificate, in PEM. */
  readonly ca: string;
  readonly world: World;
  readonly xero: XeroSandbox;
  readonly c1: C1Sandbox;
  /** Everything it handed out that must never turn up in a file, a log or an output. */
  secrets(): readonly string[];
  close(): Promise<void>;
}

/** Starts all parts, or none: what had begun is undone when a later part can't start. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = 1, port = 0, limits = {}, now = Date.now } = options;
  const nth = (index: number): number => (port === 0 ? 0 : port + index);
  const started: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((end) => end()));
  };
  try {
    const certificate = await makeCertificate(now());
    const folder = await mkdtemp(join(tmpdir(), 'c1-xero-sandbox-'));
    started.push(() => rm(folder, { recursive: true, force: true }));
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, certificate.ca);
    const world = new World({ ...options, seed });
    const xero = await startXeroSandbox({ ...options, world, port: nth(0), seed, limits, now });
    started.push(() => xero.close());
    const ports = { port: nth(2), pagesPort: nth(3) };
    const c1 = await startC1Sandbox({ ...options.c1, ...ports, certificate, now });
    started.push(() => c1.close());
    const control = await startControl({ world, xero, c1 }, nth(1));
    started.push(control.close);
    return {
      env: environment(xero, c1, caFile),
      pages: { xero: xero.page, c1: c1.pages },
      control: control.origin,
      ca: certificate.ca,
      world,
      xero,
      c1,
      secrets: () => [...xero.secrets(), ...c1.secrets()],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Id, secret and refresh token stand for a web app, which all organisations are connected to. */
function environment(xero: XeroSandbox, c1: C1Sandbox, caFile: string): Record<string, string> {
  return {
    XERO_API_URL: xero.roots.api,
    XERO_IDENTITY_URL: xero.roots.identity,
    XERO_LOGIN_URL: xero.roots.login,
    NODE_EXTRA_CA_CERTS: caFile,
    BATON_CLIENT_ID: c1.credential.clientId,
    BATON_CLIENT_SECRET: c1.credential.clientSecret,
    BATON_XERO_CLIENT_ID: xero.webApp.clientId,
    BATON_XERO_CLIENT_SECRET: xero.webApp.secret ?? '',
    BATON_REFRESH_TOKEN: xero.consent(xero.webApp),
  };
}
