import { randomUUID } from 'node:crypto';
import { PRODUCT_NAME, REDIRECT_URIS, XERO_SCOPES } from '../../../shared/words.ts';
import { ADMIN_EMAIL } from '../people.ts';
import type { UserManagement } from '../user-management.ts';
import type { NewApp, XeroApp } from './apps.ts';
import type { Connection } from './connections.ts';
import type { Faults, PlannedFault } from './faults.ts';
import type { Journal, SeenRequest } from './journal.ts';
import type { XeroRoots, XeroState } from './state.ts';

export interface ConsentOptions {
  /** Who consents; the admin when not given. */
  readonly email?: string;
  /** Ids or names; all that the person may connect when not given. */
  readonly organisations?: readonly string[];
  readonly scope?: readonly string[];
}

interface Parts {
  readonly xero: XeroState;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** A name for the product that Xero accepts: it refuses its own (xero.md §2). */
export const APP_NAME = PRODUCT_NAME.replace(' for Xero', '');

/** A running Xero on this computer, with the handles that tests need. */
export class XeroSandbox {
  /** The three roots that stand for Xero's hosts. */
  readonly roots: XeroRoots;
  /** Shows the registered apps, and everybody's access. */
  readonly page: string;
  /** What its Users page does. */
  readonly users: UserManagement;
  /** Who can log in to everything; any other password does too. */
  readonly login = { email: ADMIN_EMAIL, password: 'sandbox' } as const;
  /** A public client with the product's own redirect URIs. */
  readonly desktopApp: XeroApp;
  readonly webApp: XeroApp;
  /** Tied to the first organisation. */
  readonly customConnection: XeroApp;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.roots = parts.xero.roots;
    this.page = `${parts.origin}/`;
    this.users = parts.xero.users;
    const redirectUris = REDIRECT_URIS;
    this.desktopApp = this.register({ kind: 'desktop', name: APP_NAME, redirectUris });
    this.webApp = this.register({ kind: 'web', name: `${APP_NAME} on a server`, redirectUris });
    const organisationId = parts.xero.world.organisations[0]?.id ?? '';
    const name = `${APP_NAME} for one organisation`;
    this.customConnection = this.register({ kind: 'custom', name, organisationId });
  }

  /** All that must never turn up in a file, a log or an output: codes, tokens, the apps' secrets, API keys. */
  secrets(): readonly string[] {
    const { apps, grants, world } = this.#parts.xero;
    const keys = world.organisations.map(({ apiKey }) => apiKey);
    return [...grants.issued(), ...keys, ...apps.secrets()];
  }

  /** Registers one more app in the developer portal; throws when Xero would refuse it. */
  register(app: NewApp): XeroApp {
    return this.#parts.xero.apps.register(app);
  }

  /** The admin generates another secret on the app's page; the old one is no longer taken. */
  replaceSecret({ clientId }: XeroApp): string {
    return this.#parts.xero.apps.replaceSecret(clientId);
  }

  /** Consents without a browser, once for each organisation; gives a refresh token. */
  consent(
    app: XeroApp,
    { email = ADMIN_EMAIL, organisations, scope }: ConsentOptions = {},
  ): string {
    const { world, connections, grants, now } = this.#parts.xero;
    const login = world.login(email);
    if (login === undefined) throw new Error(`nobody logs in as ${email}`);
    const { personId } = login;
    const { clientId } = app;
    const chosen =
      organisations?.map((name) => world.organisation(name)) ?? world.connectable(personId);
    let authEventId = randomUUID();
    for (const { id } of chosen) {
      authEventId = randomUUID();
      connections.connect(clientId, personId, id, { authEventId, now: now() });
    }
    return grants.issueRefreshToken({
      clientId,
      personId,
      scope: scope ?? XERO_SCOPES,
      authEventId,
    });
  }

  /** The admin connects an accountants' practice, a tenant that isn't an organisation. */
  connectPractice(app: XeroApp, practice: string): void {
    const { world, connections, now } = this.#parts.xero;
    const { personId = '' } = world.login(ADMIN_EMAIL) ?? {};
    const by = { authEventId: randomUUID(), now: now(), practice };
    connections.connect(app.clientId, personId, randomUUID(), by);
  }

  connections(app: XeroApp): readonly Connection[] {
    return this.#parts.xero.connections.ofApp(app.clientId);
  }

  /** Somebody disconnects an organisation, by id or name, in Xero. */
  disconnect(organisation: string): void {
    const { world, connections } = this.#parts.xero;
    connections.disconnect(world.organisation(organisation).id);
  }

  /**
   * Xero makes a demo company, by id or name, anew under new ids. Whether apps are connected to the
   * new one isn't known, so it can be had either way.
   */
  resetDemo(organisation: string, afterwards: 'disconnected' | 'connected' = 'disconnected'): void {
    const { world, connections } = this.#parts.xero;
    const old = world.organisation(organisation);
    const anew = world.resetDemo(organisation);
    if (afterwards === 'connected') connections.replace(old.id, anew.id);
    else connections.disconnect(old.id);
  }

  expireAccessTokens(): void {
    this.#parts.xero.grants.expireAccessTokens();
  }

  /** Makes every refresh token older, by milliseconds. */
  ageRefreshTokens(by: number): void {
    this.#parts.xero.grants.ageRefreshTokens(by);
  }

  /** Whether a refresh token has a successor, so that it works in the grace alone. */
  isReplaced(refreshToken: string): boolean {
    return this.#parts.xero.grants.isReplaced(refreshToken);
  }

  fail(fault: PlannedFault): void {
    this.#parts.faults.plan(fault);
  }

  clearFaults(): void {
    this.#parts.faults.clear();
  }

  /** The calls that Xero saw, oldest first. */
  requests(endpoint?: SeenRequest['endpoint']): readonly SeenRequest[] {
    return this.#parts.journal.seen(endpoint);
  }

  /** Resolves once `count` calls of the endpoint have arrived, since the start. */
  arrived(endpoint: SeenRequest['endpoint'], count: number): Promise<void> {
    return this.#parts.journal.arrived(endpoint, count);
  }

  close(): Promise<void> {
    return this.#parts.close();
  }
}
