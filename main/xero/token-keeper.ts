import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { Clock, Log, SecretStore } from '../ports.ts';
import { signedOut } from './errors.ts';
import type { XeroIdentity, XeroTokens } from './identity.ts';
import { EARLY_MS, type AccessTokens } from './tokens.ts';

interface TokenKeeperSurroundings {
  readonly identity: Pick<XeroIdentity, 'refresh' | 'revoke'>;
  readonly secrets: SecretStore;
  /** The keychain entry of this sign-in's refresh token. */
  readonly key: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Keeps one sign-in alive. The refresh token lives in the secret store, the
 * access token in memory. Xero replaces the refresh token at every refresh, so
 * the new one is stored before its access token is used, and callers share one
 * refresh (xero.md §2). When storing fails, the old token can still be used for
 * Xero's 30 minutes of grace, so nothing is lost by trying again.
 */
export class TokenKeeper implements AccessTokens {
  readonly #surroundings: TokenKeeperSurroundings;
  #current: { token: string; expiresAt: number } | undefined;
  #refreshing: Promise<Result<string>> | undefined;
  #ended = false;

  constructor(surroundings: TokenKeeperSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Takes over the tokens of a fresh sign-in; succeeds once the refresh token is stored. */
  async adopt(tokens: XeroTokens): Promise<Result<void>> {
    const { secrets, key } = this.#surroundings;
    if (tokens.refreshToken === null) {
      return fail(signedOut('Xero sent no refresh token (offline_access is missing)'));
    }
    const stored = await secrets.write(key, tokens.refreshToken);
    if (!stored.ok) return stored;
    this.#current = { token: tokens.accessToken, expiresAt: tokens.expiresAt };
    return succeed();
  }

  /** Undoes `adopt`: forgets the tokens here. The consent at Xero stays, as other computers may use it. */
  async forget(): Promise<Result<void>> {
    this.#current = undefined;
    return this.#surroundings.secrets.erase(this.#surroundings.key);
  }

  async accessToken(): Promise<Result<string>> {
    if (this.#ended) return fail(signedOut('signed out here'));
    const current = this.#current;
    if (current !== undefined && this.#surroundings.clock.now() < current.expiresAt - EARLY_MS) {
      return succeed(current.token);
    }
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  discard(accessToken: string): void {
    if (this.#current?.token === accessToken) this.#current = undefined;
  }

  /** Gives the consent back at Xero where that works, and erases what is kept here in any case. */
  async signOut(): Promise<Result<void>> {
    // From here on nobody refreshes, which would store a token after the erasing.
    this.#ended = true;
    await this.#refreshing;
    this.#current = undefined;
    const erased = await this.#revokeAndErase();
    this.#ended = erased.ok;
    return erased;
  }

  async #revokeAndErase(): Promise<Result<void>> {
    const { identity, secrets, key, log } = this.#surroundings;
    const stored = await secrets.read(key);
    if (!stored.ok) return stored;
    if (stored.value !== null) {
      const revoked = await identity.revoke(stored.value);
      if (!revoked.ok) log.warn('xero.revokeFailed', { code: revoked.failure.code });
    }
    return secrets.erase(key);
  }

  async #refresh(): Promise<Result<string>> {
    const { identity, secrets, key, log } = this.#surroundings;
    const stored = await secrets.read(key);
    if (!stored.ok) return stored;
    if (stored.value === null) return fail(signedOut('no refresh token is stored'));
    const refreshed = await identity.refresh(stored.value);
    if (!refreshed.ok) return refreshed;
    const adopted = await this.adopt({
      ...refreshed.value,
      refreshToken: refreshed.value.refreshToken ?? stored.value,
    });
    if (!adopted.ok) return adopted;
    log.debug('xero.tokenRefreshed');
    return succeed(refreshed.value.accessToken);
  }
}
