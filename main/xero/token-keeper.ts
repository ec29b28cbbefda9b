import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { Clock, Log, SecretStore } from '../ports.ts';
import { endsUnused, notStored, signedOut } from './errors.ts';
import type { XeroIdentity, XeroTokens } from './identity.ts';
import { EARLY_MS, type AccessTokens } from './tokens.ts';

type Refreshing = Pick<XeroIdentity, 'refresh'>;

interface TokenKeeperSurroundings {
  readonly identity: Refreshing & Pick<XeroIdentity, 'revoke'>;
  readonly secrets: SecretStore;
  /** The keychain entry of this sign-in's refresh token. */
  readonly key: string;
  readonly clock: Clock;
  readonly log: Log;
  /** When an earlier run last renewed the sign-in, in milliseconds since 1970; absent where that isn't known. */
  readonly renewedAt?: number | null;
}

/** Where a sign-in is ended: on this computer alone, or at Xero for all that use the same app. */
export type SignOutPlace = 'here' | 'everywhere';

/** What becomes of the consent at Xero: `mayRemain` where Xero couldn't be told. */
export type Consent = 'givenBack' | 'left' | 'mayRemain';

/** A refresh token that Xero gave in place of another. */
interface Rotated extends XeroTokens {
  readonly refreshToken: string;
  readonly replaces: string;
}

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** Half of the 60 days that a refresh token lives unused (xero.md §2): time enough to mend what is wrong. */
const WARN_AFTER_MS = 30 * DAY;

/**
 * Keeps one sign-in alive. The refresh token lives in the secret store, the
 * access token in memory. Xero replaces the refresh token at every refresh, so
 * the new one is stored before its access token is used, and callers share one
 * refresh (xero.md §2). A new one that can't be stored is held until it can;
 * when Xero's answer was lost, the old one works again for 30 minutes.
 */
export class TokenKeeper implements AccessTokens {
  readonly #surroundings: TokenKeeperSurroundings;
  #current: { token: string; expiresAt: number } | undefined;
  #refreshing: Promise<Result<string>> | undefined;
  #unstored: Rotated | undefined;
  /** Whether Xero may have replaced the stored token in an answer that never came. */
  #answerLost = false;
  #aliveAt: number;
  #renewAt: number;
  #ended = false;

  constructor(surroundings: TokenKeeperSurroundings) {
    this.#surroundings = surroundings;
    const now = surroundings.clock.now();
    // A clock that was ahead mustn't hide a silence.
    this.#aliveAt = Math.min(now, surroundings.renewedAt ?? now);
    this.#renewAt = now;
  }

  /** When Xero last gave tokens, in milliseconds since 1970; where that isn't known, when this began. */
  get renewedAt(): number {
    return this.#aliveAt;
  }

  /**
   * When the next refresh is due that nobody asked for, in milliseconds since 1970: a day after the
   * last, an hour after one that failed, at once while a token is at stake or nothing is known yet.
   */
  get renewAt(): number {
    const atStake = this.#answerLost || this.#unstored !== undefined;
    if (this.#ended) return Infinity;
    return atStake ? this.#surroundings.clock.now() : this.#renewAt;
  }

  /** Takes over the tokens of a fresh sign-in; succeeds once the refresh token is stored. */
  async adopt(tokens: XeroTokens): Promise<Result<void>> {
    const { secrets, key } = this.#surroundings;
    if (tokens.refreshToken === null) {
      return fail(signedOut('Xero sent no refresh token (offline_access is missing)'));
    }
    const stored = await secrets.write(key, tokens.refreshToken);
    if (!stored.ok) return stored;
    this.#ended = false;
    this.#use(tokens);
    return succeed();
  }

  /** Undoes `adopt`: forgets the tokens here. The consent at Xero stays, as other computers may use it. */
  async forget(): Promise<Result<void>> {
    this.#current = undefined;
    return this.#surroundings.secrets.erase(this.#surroundings.key);
  }

  async accessToken(): Promise<Result<string>> {
    if (this.#ended) return fail(signedOut('signed out here'));
    const usable = this.#usable();
    if (usable !== undefined) return succeed(usable);
    return this.#renew(this.#surroundings.identity);
  }

  /** Refreshes whether or not there is a usable access token, so that the sign-in isn't left unused. */
  async renew(): Promise<Result<void>> {
    if (this.#ended) return fail(signedOut('signed out here'));
    const renewed = await this.#renew(this.#surroundings.identity);
    return renewed.ok ? succeed() : renewed;
  }

  /** Renews by another identity, as one with a new secret, so that Xero takes or refuses that one. */
  async renewThrough(identity: Refreshing): Promise<Result<void>> {
    while (this.#refreshing !== undefined) await this.#refreshing;
    if (this.#ended) return fail(signedOut('signed out here'));
    const renewed = await this.#renew(identity);
    return renewed.ok ? succeed() : renewed;
  }

  discard(accessToken: string): void {
    if (this.#current?.token === accessToken) this.#current = undefined;
  }

  /**
   * Erases what is kept here. Everywhere, the consent is given back at Xero first, where that works,
   * which ends it for other computers too (xero.md §2).
   */
  async signOut(where: SignOutPlace): Promise<Result<Consent>> {
    // From here on nobody refreshes, which would store a token after the erasing.
    this.#ended = true;
    await this.#refreshing;
    this.#current = undefined;
    const consent = where === 'here' ? succeed('left' as const) : await this.#giveBack();
    const erased = consent.ok ? await this.forget() : consent;
    this.#ended = erased.ok;
    return erased.ok ? consent : erased;
  }

  async #giveBack(): Promise<Result<Consent>> {
    const { identity, secrets, key, log } = this.#surroundings;
    const stored = await secrets.read(key);
    if (!stored.ok) return stored;
    if (stored.value === null) return succeed('mayRemain');
    const revoked = await identity.revoke(this.#unstored?.refreshToken ?? stored.value);
    if (revoked.ok) return succeed('givenBack');
    log.warn('xero.revokeFailed', { code: revoked.failure.code });
    return succeed('mayRemain');
  }

  /** The access token at hand. By time passed since it came: Xero's clock and ours needn't agree. */
  #usable(): string | undefined {
    const current = this.#current;
    const good =
      current !== undefined && this.#surroundings.clock.now() < current.expiresAt - EARLY_MS;
    return good ? current.token : undefined;
  }

  #use({ accessToken, expiresAt }: XeroTokens): void {
    const now = this.#surroundings.clock.now();
    this.#current = { token: accessToken, expiresAt };
    this.#unstored = undefined;
    this.#answerLost = false;
    this.#aliveAt = now;
    this.#renewAt = now + DAY;
  }

  #renew(identity: Refreshing): Promise<Result<string>> {
    this.#refreshing ??= this.#refresh(identity)
      .then((refreshed) => (refreshed.ok ? refreshed : fail(this.#failed(refreshed.failure))))
      .finally(() => {
        this.#refreshing = undefined;
      });
    return this.#refreshing;
  }

  #failed(failure: Failure): Failure {
    const { clock, log } = this.#surroundings;
    this.#renewAt = clock.now() + HOUR;
    const silence = clock.now() - this.#aliveAt;
    if (silence < WARN_AFTER_MS || failure.code === 'xeroSignedOut') return failure;
    const days = Math.floor(silence / DAY);
    log.warn('xero.signInUnused', { days });
    return endsUnused(failure, days);
  }

  async #refresh(identity: Refreshing): Promise<Result<string>> {
    const { secrets, key } = this.#surroundings;
    const stored = await secrets.read(key);
    if (!stored.ok) return stored;
    if (stored.value === null) return fail(signedOut('no refresh token is stored'));
    const waiting = this.#unstored;
    // Of no use once something else was stored meanwhile.
    if (waiting?.replaces !== stored.value) return this.#spend(stored.value, identity);
    const kept = await this.#keep(waiting);
    if (!kept.ok) return kept;
    const usable = identity === this.#surroundings.identity ? this.#usable() : undefined;
    return usable === undefined ? this.#spend(waiting.refreshToken, identity) : succeed(usable);
  }

  async #spend(token: string, identity: Refreshing): Promise<Result<string>> {
    const { secrets, key, log } = this.#surroundings;
    if (this.#answerLost) log.info('xero.oldTokenTriedAgain');
    const refreshed = await identity.refresh(token);
    if (refreshed.ok) {
      const { refreshToken } = refreshed.value;
      log.debug('xero.tokenRefreshed');
      return this.#keep({
        ...refreshed.value,
        refreshToken: refreshToken ?? token,
        replaces: token,
      });
    }
    const { code } = refreshed.failure;
    if (code !== 'xeroSignedOut') {
      this.#answerLost ||= LOST.has(code);
      return refreshed;
    }
    // Somebody else may have spent it and stored its successor.
    const newer = await secrets.read(key);
    if (!newer.ok) return newer;
    if (newer.value !== null && newer.value !== token) return this.#spend(newer.value, identity);
    const wasLost = this.#answerLost;
    this.#answerLost = false;
    return wasLost ? fail(signedOut(`${refreshed.failure.detail ?? ''}${AFTER_LOSS}`)) : refreshed;
  }

  /** Stores what Xero gave; only then its access token may be used. */
  async #keep(rotated: Rotated): Promise<Result<string>> {
    const { secrets, key, log } = this.#surroundings;
    this.#unstored = rotated;
    const stored = await secrets.write(key, rotated.refreshToken);
    if (!stored.ok) {
      log.warn('xero.tokenNotStored', { code: stored.failure.code });
      return fail(notStored(stored.failure));
    }
    this.#use(rotated);
    return succeed(rotated.accessToken);
  }
}

/** Failures after which Xero may have replaced the token all the same. */
const LOST: ReadonlySet<string> = new Set([
  'xeroUnreachable',
  'xeroUnavailable',
  'xeroAnswerUnreadable',
  'signInIncomplete',
  'proxyFailed',
]);
const AFTER_LOSS = ', after an earlier answer was lost for more than 30 minutes';
