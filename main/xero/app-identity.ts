import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';
import type { Clock, Endpoints, Network } from '../ports.ts';
import { fitFor } from './app-failures.ts';
import type { PendingAuthorization, XeroIdentity, XeroTokens } from './identity.ts';

interface AppIdentitySurroundings {
  readonly endpoints: Endpoints;
  readonly network: Network;
  readonly clock: Clock;
}

/** A Xero app without its secret. */
export interface PublicXeroApp {
  readonly kind: XeroAppKind;
  readonly clientId: string;
}

/** Brings an app's secret; it may come from the keychain, which can be locked. */
export type ReadSecret = () => Promise<Result<string>>;

/**
 * Xero's identity server for an app whose secret is read when it is first needed, and may be replaced.
 * Failures are told in words that fit the kind of app.
 */
export class AppIdentity {
  readonly #app: PublicXeroApp;
  readonly #secret: ReadSecret;
  readonly #surroundings: AppIdentitySurroundings;
  #made: { readonly secret: string; readonly identity: XeroIdentity } | undefined;

  /** @param secret isn't asked for a desktop app's, which has none */
  constructor(app: PublicXeroApp, secret: ReadSecret, surroundings: AppIdentitySurroundings) {
    this.#app = app;
    this.#secret = secret;
    this.#surroundings = surroundings;
  }

  authorize(redirectUri: string): Promise<Result<PendingAuthorization>> {
    return this.#ask(async (identity) => {
      const pending = await identity.authorize(redirectUri);
      if (!pending.ok) return pending;
      const { exchange, ...rest } = pending.value;
      return succeed({ ...rest, exchange: async (answer) => this.#told(await exchange(answer)) });
    });
  }

  refresh(refreshToken: string): Promise<Result<XeroTokens>> {
    return this.#ask((identity) => identity.refresh(refreshToken));
  }

  clientCredentials(): Promise<Result<XeroTokens>> {
    return this.#ask((identity) => identity.clientCredentials());
  }

  revoke(refreshToken: string): Promise<Result<void>> {
    return this.#ask((identity) => identity.revoke(refreshToken));
  }

  async #ask<T>(work: (identity: XeroIdentity) => Promise<Result<T>>): Promise<Result<T>> {
    const identity = await this.#identity();
    return identity.ok ? this.#told(await work(identity.value)) : identity;
  }

  #told<T>(result: Result<T>): Result<T> {
    return result.ok ? result : fail(fitFor(this.#app.kind, result.failure));
  }

  async #identity(): Promise<Result<XeroIdentity>> {
    const { kind, clientId } = this.#app;
    const secret = kind === 'desktop' ? succeed('') : await this.#secret();
    if (!secret.ok) return secret;
    const clientSecret = secret.value;
    // Loaded when first needed: an access token by itself needs no OpenID client.
    const { XeroIdentity } = await import('./identity.ts');
    if (this.#made?.secret !== clientSecret) {
      const app = kind === 'desktop' ? { kind, clientId } : { kind, clientId, clientSecret };
      const identity = new XeroIdentity(app, this.#surroundings);
      this.#made = { secret: clientSecret, identity };
    }
    return succeed(this.#made.identity);
  }
}
