import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { XeroAppKind, XeroSignIn } from '../../shared/snapshot.ts';
import type { Clock, Endpoints, Log, Network, Random, SecretStore } from '../ports.ts';
import { XeroApi } from '../xero/api.ts';
import { noSecretNeeded } from '../xero/app-failures.ts';
import { AppIdentity } from '../xero/app-identity.ts';
import { openReader } from '../xero/custom-connection.ts';
import { signedOut } from '../xero/errors.ts';
import type { Governor } from '../xero/governor.ts';
import type { XeroTokens } from '../xero/identity.ts';
import type { XeroReader } from '../xero/reader.ts';
import { TokenKeeper, type Consent, type SignOutPlace } from '../xero/token-keeper.ts';
import { ClientCredentialsTokens } from '../xero/tokens.ts';
import { KeptSecret } from './kept-secret.ts';
import { Turn } from './turn.ts';

/** What is known of a sign-in that this installation keeps, and is no secret. */
export interface KeptSignIn {
  readonly id: string;
  readonly app: XeroAppKind;
  readonly clientId: string;
  /** Xero's name for the person; empty where it isn't known, and for a custom connection. */
  readonly subject: string;
  readonly who: XeroSignIn['who'];
  /** Their GlobalUserID in lower case; absent where it isn't known. */
  readonly userId?: string;
  /** When Xero last gave tokens, in milliseconds since 1970; null where that isn't known. */
  readonly renewedAt: number | null;
}

/** The keychain's entries of a sign-in: its refresh token, and its app's secret. */
export function keysOf(id: string): readonly [string, string] {
  return [`xero/${id}`, `xero/${id}/secret`];
}

export interface HeldSurroundings {
  readonly endpoints: Endpoints;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly secrets: SecretStore;
  /** The one of this Xero app. */
  readonly governor: Governor;
}

/** A kept sign-in at work: its secrets in the keychain, its tokens, and what reads through it. */
export class HeldSignIn {
  readonly reader: XeroReader;
  /** Keeps the refresh token; null for a custom connection, which has none. */
  readonly keeper: TokenKeeper | null;
  readonly #facts: KeptSignIn;
  readonly #surroundings: HeldSurroundings;
  /** Null for a desktop app, which has none. */
  readonly #secret: KeptSecret | null;
  readonly #turn = new Turn();
  #ended = false;

  /** @param secret the app's secret as it was pasted just now; null where the keychain holds it */
  constructor(facts: KeptSignIn, secret: string | null, surroundings: HeldSurroundings) {
    const { id, app, renewedAt } = facts;
    const { endpoints, network, clock, log, secrets } = surroundings;
    this.#facts = facts;
    this.#surroundings = surroundings;
    const [key, secretKey] = keysOf(id);
    this.#secret = app === 'desktop' ? null : new KeptSecret(secrets, secretKey, secret);
    const identity = this.#identity(() => this.secret());
    this.keeper =
      app === 'custom' ? null : new TokenKeeper({ identity, secrets, key, clock, log, renewedAt });
    const tokens = this.keeper ?? new ClientCredentialsTokens(identity, clock);
    const api = new XeroApi(endpoints, network);
    this.reader = openReader(app, { ...surroundings, api, tokens });
  }

  get kept(): KeptSignIn {
    return { ...this.#facts, renewedAt: this.keeper?.renewedAt ?? null };
  }

  /** The app's secret; empty for a desktop app. Fails where the keychain doesn't have it. */
  secret(): Promise<Result<string>> {
    return this.#secret?.read() ?? Promise.resolve(succeed(''));
  }

  /** Puts what a sign-in brought into the keychain; null where the kind of app has no such thing. */
  async keep(tokens: XeroTokens | null, secret: string | null): Promise<Result<void>> {
    const kept =
      tokens === null ? succeed() : ((await this.keeper?.adopt(tokens)) ?? fail(signedOut()));
    if (!kept.ok || secret === null) return kept;
    return (await this.#secret?.keep(secret)) ?? succeed();
  }

  /** Undoes `keep` for a new one. The consent at Xero stays, as other computers may use it. */
  async forget(): Promise<Result<void>> {
    const forgotten = (await this.keeper?.forget()) ?? succeed();
    const erased = (await this.#secret?.erase()) ?? succeed();
    return forgotten.ok ? erased : forgotten;
  }

  /** Takes another secret of the same app: kept once Xero took it, else all stays as it was. */
  changeSecret(secret: string): Promise<Result<void>> {
    return this.#turn.take(async () => {
      const kept = this.#secret;
      if (kept === null) return fail(noSecretNeeded);
      if (this.#ended) return fail(signedOut('signed out here'));
      const identity = this.#identity(() => Promise.resolve(succeed(secret)));
      const taken = await (this.keeper?.renewThrough(identity) ?? identity.clientCredentials());
      return taken.ok ? kept.keep(secret) : taken;
    });
  }

  /** Erases tokens and secret here. A custom connection has no consent to give back. */
  end(where: SignOutPlace): Promise<Result<Consent>> {
    return this.#turn.take(async () => {
      // The secret goes last: giving the consent back needs it.
      const ended = (await this.keeper?.signOut(where)) ?? succeed('left' as const);
      const erased = ended.ok ? ((await this.#secret?.erase()) ?? succeed()) : ended;
      this.#ended = erased.ok;
      return erased.ok ? ended : erased;
    });
  }

  #identity(secret: () => Promise<Result<string>>): AppIdentity {
    const { app: kind, clientId } = this.#facts;
    return new AppIdentity({ kind, clientId }, secret, this.#surroundings);
  }
}
