import { createHash, randomBytes } from 'node:crypto';

/** An app registered in the sandbox's developer portal (xero.md §2). */
export interface XeroApp {
  readonly kind: 'desktop' | 'web' | 'custom';
  readonly name: string;
  readonly clientId: string;
  /** Desktop apps have none. */
  readonly secret?: string;
  readonly redirectUris: readonly string[];
  /** The one organisation of a custom connection. */
  readonly organisationId?: string;
  /** The scopes chosen for a custom connection at set-up. */
  readonly scopes: readonly string[];
  /** How many connections the app's tier allows: 5 on Starter, 50 on Core. */
  readonly connectionLimit: number;
}

export interface NewApp {
  readonly kind: XeroApp['kind'];
  readonly name: string;
  readonly redirectUris?: readonly string[];
  readonly organisationId?: string;
  readonly scopes?: readonly string[];
  readonly connectionLimit?: number;
}

const CORE_LIMIT = 50;
const DEFAULT_CUSTOM_SCOPES = ['accounting.settings.read'];

/**
 * Scopes that a new app may ask for. `accounting.transactions` and
 * `accounting.reports.read` are for apps from before March 2026 (xero.md §2).
 */
export const OFFERED_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'accounting.settings',
  'accounting.settings.read',
  'accounting.contacts',
  'accounting.contacts.read',
];

/** The developer portal: which apps exist. */
export class AppRegistry {
  readonly #apps = new Map<string, XeroApp>();
  readonly #seed: number;
  /** Every secret that was ever made, the replaced ones too. */
  readonly #secrets: string[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Throws when the app couldn't be registered at Xero: its name, or a redirect URI. */
  register({ kind, name, redirectUris = [], organisationId, ...rest }: NewApp): XeroApp {
    if (/xero/i.test(name)) throw new Error('an app’s name can’t contain the word "Xero"');
    for (const uri of redirectUris) {
      if (!isRegistrable(uri)) throw new Error(`Xero refuses the redirect URI ${uri}`);
    }
    const app: XeroApp = {
      kind,
      name,
      clientId: this.#nextClientId(),
      redirectUris,
      scopes: rest.scopes ?? (kind === 'custom' ? DEFAULT_CUSTOM_SCOPES : []),
      connectionLimit: rest.connectionLimit ?? CORE_LIMIT,
      ...(kind !== 'desktop' && { secret: this.#makeSecret() }),
      ...(organisationId !== undefined && { organisationId }),
    };
    this.#apps.set(app.clientId, app);
    return app;
  }

  /** Gives the app another secret in place of the one it had. */
  replaceSecret(clientId: string): string {
    const app = this.#apps.get(clientId);
    if (app?.secret === undefined) throw new Error('only an app with a secret has it replaced');
    const secret = this.#makeSecret();
    this.#apps.set(clientId, { ...app, secret });
    return secret;
  }

  secrets(): readonly string[] {
    return this.#secrets;
  }

  find(clientId: string): XeroApp | undefined {
    return this.#apps.get(clientId);
  }

  all(): readonly XeroApp[] {
    return [...this.#apps.values()];
  }

  /** 48 characters, as Xero's have. */
  #makeSecret(): string {
    const secret = randomBytes(36).toString('base64url');
    this.#secrets.push(secret);
    return secret;
  }

  /** The same seed gives the same client IDs, so that an app set up once goes on working. */
  #nextClientId(): string {
    const hash = createHash('sha256').update(`${this.#seed}/${this.#apps.size}`).digest('hex');
    return hash.slice(0, 32).toUpperCase();
  }
}

/** `https`, or `http` for the name localhost alone (xero.md §2). */
function isRegistrable(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
}
