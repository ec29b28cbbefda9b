import { succeed, type Result } from '../../shared/errors.ts';
import type { Clock } from '../ports.ts';
import type { XeroIdentity } from './identity.ts';

/** Where a reader gets its access token from. Tokens stay in memory. */
export interface AccessTokens {
  /** A token that is good for at least another minute. */
  accessToken(): Promise<Result<string>>;
  /** Xero refused this token: the next call must bring another. */
  discard(accessToken: string): void;
}

/** Refreshed this long before its end, so that no call starts with a dying token. */
export const EARLY_MS = 60_000;

/** A token given once, as `BATON_TOKEN`; when Xero refuses it there is no other. */
export class FixedToken implements AccessTokens {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  accessToken(): Promise<Result<string>> {
    return Promise.resolve(succeed(this.#token));
  }

  discard(): void {
    // Nothing to fetch anew: the second refusal tells the admin.
  }
}

/** Tokens of a custom connection: client credentials, asked for anew when they run out. */
export class ClientCredentialsTokens implements AccessTokens {
  readonly #identity: Pick<XeroIdentity, 'clientCredentials'>;
  readonly #clock: Clock;
  #current: { token: string; expiresAt: number } | undefined;

  constructor(identity: Pick<XeroIdentity, 'clientCredentials'>, clock: Clock) {
    this.#identity = identity;
    this.#clock = clock;
  }

  async accessToken(): Promise<Result<string>> {
    const current = this.#current;
    if (current !== undefined && this.#clock.now() < current.expiresAt - EARLY_MS) {
      return succeed(current.token);
    }
    const granted = await this.#identity.clientCredentials();
    if (!granted.ok) return granted;
    const { accessToken, expiresAt } = granted.value;
    this.#current = { token: accessToken, expiresAt };
    return succeed(accessToken);
  }

  discard(accessToken: string): void {
    if (this.#current?.token === accessToken) this.#current = undefined;
  }
}
