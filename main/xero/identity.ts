import * as oidc from 'openid-client';
import { z } from 'zod';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import { XERO_SCOPES } from '../../shared/words.ts';
import type { Clock, Endpoints, FetchRequest, Network } from '../ports.ts';
import { readIdentityAnswer } from './identity-answer.ts';
import { failureOfIdentity, type Answer, type Occasion } from './identity-failures.ts';

/** The Xero app that the admin registered; the three kinds differ in what they hold (xero.md §2). */
export type XeroApp =
  | { readonly kind: 'desktop'; readonly clientId: string }
  | { readonly kind: 'web'; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: 'custom'; readonly clientId: string; readonly clientSecret: string };

/** What Xero's token endpoint gave. */
export interface XeroTokens {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Absent for a custom connection. */
  readonly refreshToken: string | null;
}

export interface XeroPerson {
  readonly name: string;
  readonly email: string;
  readonly subject: string;
  /** Their GlobalUserID in Xero's lists of users (xero.md §4); absent where the token doesn't say. */
  readonly userId?: string;
}

/** A sign-in that waits for its answer. */
export interface PendingAuthorization {
  readonly address: string;
  readonly state: string;
  readonly exchange: (answer: URL) => Promise<Result<{ tokens: XeroTokens; who: XeroPerson }>>;
}

/** How far the servers behind Xero's name may differ in time among themselves. */
const CLOCK_TOLERANCE_S = 300;
/**
 * What the OpenID client is told instead: it compares with this computer's clock, which may be wrong by
 * years, and would throw away a new refresh token for that. We compare with Xero's own.
 */
const ANY_CLOCK_S = 1e9;
const TIMEOUT_S = 30;

/**
 * Xero's identity server for one app: authorization code with PKCE, refresh,
 * client credentials, revocation. Everything goes through a certified OpenID
 * client; this class turns its errors into failures (xero.md §2, §6).
 */
export class XeroIdentity {
  readonly #app: XeroApp;
  readonly #endpoints: Endpoints;
  readonly #network: Network;
  readonly #clock: Clock;
  #configuration: Promise<oidc.Configuration> | undefined;
  /** The `Date` of Xero's last answer, in milliseconds since 1970. */
  #xeroTime: number | undefined;
  /** Xero's last answer to the attempt under way, for support. */
  #answer: Answer | undefined;

  constructor(
    app: XeroApp,
    surroundings: { endpoints: Endpoints; network: Network; clock: Clock },
  ) {
    this.#app = app;
    this.#endpoints = surroundings.endpoints;
    this.#network = surroundings.network;
    this.#clock = surroundings.clock;
  }

  /** Prepares a sign-in: PKCE S256, state and nonce fresh for each. */
  async authorize(redirectUri: string): Promise<Result<PendingAuthorization>> {
    return this.#attempt('signIn', async (configuration) => {
      const verifier = oidc.randomPKCECodeVerifier();
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const address = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: XERO_SCOPES.join(' '),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
      return {
        address: address.href,
        state,
        exchange: (answer: URL) => this.#exchange(answer, checks),
      };
    });
  }

  /** Spends a refresh token; the answer holds the one that replaces it. */
  async refresh(refreshToken: string): Promise<Result<XeroTokens>> {
    return this.#attempt('token', async (configuration) =>
      this.#tokens(await oidc.refreshTokenGrant(configuration, refreshToken)),
    );
  }

  /** A token for a custom connection; sent without scopes, which Xero may refuse (xero.md §2). */
  async clientCredentials(): Promise<Result<XeroTokens>> {
    return this.#attempt('token', async (configuration) =>
      this.#tokens(await oidc.clientCredentialsGrant(configuration)),
    );
  }

  /** Gives the consent back. Drops all of this person's connections to this app, on every machine. */
  async revoke(refreshToken: string): Promise<Result<void>> {
    return this.#attempt('token', (configuration) =>
      oidc.tokenRevocation(configuration, refreshToken),
    );
  }

  async #exchange(
    answer: URL,
    checks: oidc.AuthorizationCodeGrantChecks,
  ): Promise<Result<{ tokens: XeroTokens; who: XeroPerson }>> {
    return this.#attempt('signIn', async (configuration) => {
      const granted = await oidc.authorizationCodeGrant(configuration, answer, {
        ...checks,
        idTokenExpected: true,
      });
      const claims = granted.claims();
      this.#checkTime(claims);
      return { tokens: this.#tokens(granted), who: personOf(claims) };
    });
  }

  /** Throws, as the OpenID client does, when the id token is out of date by Xero's own clock. */
  #checkTime(claims: oidc.IDToken | undefined): void {
    const now = (this.#xeroTime ?? this.#clock.now()) / 1000;
    if (claims === undefined || now < claims.exp + CLOCK_TOLERANCE_S) return;
    const code = 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';
    throw Object.assign(new oidc.ClientError('the id token is out of date'), { code });
  }

  /** Their end is reckoned from when they came, so that it doesn't matter what time Xero thinks it is. */
  #tokens(answer: oidc.TokenEndpointResponse): XeroTokens {
    // Xero's access tokens live for 30 minutes; the same is assumed where it doesn't say (xero.md §2).
    const seconds = answer.expires_in ?? 1800;
    return {
      accessToken: answer.access_token,
      expiresAt: this.#clock.now() + seconds * 1000,
      refreshToken: answer.refresh_token ?? null,
    };
  }

  async #attempt<T>(
    occasion: Occasion,
    work: (configuration: oidc.Configuration) => Promise<T>,
  ): Promise<Result<T>> {
    this.#answer = undefined;
    try {
      this.#configuration ??= this.#discover();
      return succeed(await work(await this.#configuration));
    } catch (error) {
      // A failed discovery is tried anew the next time.
      const discovery = this.#configuration;
      discovery?.catch(() => {
        if (this.#configuration === discovery) this.#configuration = undefined;
      });
      return fail(
        failureOfIdentity(error, occasion, { now: this.#clock.now(), last: this.#answer }),
      );
    }
  }

  async #fetch(url: string, request: FetchRequest): Promise<Response> {
    const response = await this.#network.fetch(url, request);
    const time = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(time)) this.#xeroTime = time;
    const answer = await readIdentityAnswer(response, request.body);
    this.#answer = answer;
    return answer;
  }

  #discover(): Promise<oidc.Configuration> {
    const server = new URL(this.#endpoints.xeroIdentity);
    const insecure = server.protocol === 'http:';
    return oidc.discovery(
      server,
      this.#app.clientId,
      { [oidc.clockTolerance]: ANY_CLOCK_S },
      this.#app.kind === 'desktop' ? oidc.None() : oidc.ClientSecretBasic(this.#app.clientSecret),
      {
        [oidc.customFetch]: (url, options) => this.#fetch(url, requestOf(options)),
        // Only loopback addresses come here as http: `parseEndpoints` refuses the others.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only to make it stand out
        execute: insecure ? [oidc.allowInsecureRequests] : [],
        timeout: TIMEOUT_S,
      },
    );
  }
}

/** It sends no other body than a form. */
function requestOf({ method, headers, body, signal }: oidc.CustomFetchOptions): FetchRequest {
  return {
    method,
    headers,
    ...(body instanceof URLSearchParams ? { body } : {}),
    ...(signal === undefined ? {} : { signal }),
  };
}

const Claims = z.object({
  sub: z.string(),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  email: z.string().optional(),
  xero_userid: z.string().optional(),
});

function personOf(claims: unknown): XeroPerson {
  const { sub, name = '', given_name, family_name, email = '', xero_userid } = Claims.parse(claims);
  const spelt = [given_name, family_name].filter(Boolean).join(' ');
  const names = [name, spelt, email].map((each) => each.trim());
  const who = { subject: sub, name: names.find((each) => each !== '') ?? '', email };
  return xero_userid === undefined ? who : { ...who, userId: xero_userid.toLowerCase() };
}
