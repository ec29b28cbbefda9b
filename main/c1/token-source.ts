import { z } from 'zod';
import type { Clock, Log, Network, Random } from '../ports.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { readBounded } from './bounded.ts';
import type { Credential } from './credential.ts';
import {
  c1Unavailable,
  c1Unreachable,
  clockWrong,
  credentialRejected,
  failureOfNetwork,
  notC1,
} from './errors.ts';

/** Where calls take their authorization from. */
export interface TokenProvider {
  /** The `authorization` value for a call, fresh enough to be used at once. */
  authorization(): Promise<Result<string>>;
  /** Forgets a value that C1 refused, so that the next call asks for another. */
  drop(authorization: string): void;
}

export interface TokenSourceOptions {
  readonly credential: Credential;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Replaces the host of the Client ID, not the audience (c1-protocol.md §1.4). */
  readonly apiHost: string | undefined;
  readonly userAgent: string;
}

const TIMEOUT = 30_000;
const LONGEST_ANSWER = 64 * 1024;
/** Tokens are refreshed this long before they expire, or after nine tenths of a short life. */
const MARGIN = 60_000;
const LONGEST_LIFE = 24 * 3600;
/** C1 takes assertions within two minutes either way (c1-protocol.md §2.1). */
const CLOCK_TOLERANCE = 120_000;

// Printable ASCII only: these values become a header.
const Body = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  token_type: z
    .string()
    .regex(/^[A-Za-z0-9._-]*$/)
    .nullish(),
  expires_in: z.int().nullish(),
});

interface Answer {
  readonly status: number;
  readonly date: string | null;
  readonly type: string | null;
  readonly text: string;
}

interface Token {
  readonly authorization: string;
  /** When to ask for the next one, in milliseconds since 1970. */
  readonly staleAt: number;
}

/** Exchanges the credential for access tokens, as the official client does (c1-protocol.md §2.1). */
export class TokenSource implements TokenProvider {
  readonly #options: TokenSourceOptions;
  #token: Token | undefined;
  #asking: Promise<Result<Token>> | undefined;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  async authorization(): Promise<Result<string>> {
    if (this.#token !== undefined && this.#options.clock.now() < this.#token.staleAt) {
      return succeed(this.#token.authorization);
    }
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    const asked = await this.#asking;
    if (!asked.ok) return asked;
    this.#token = asked.value;
    return succeed(asked.value.authorization);
  }

  drop(authorization: string): void {
    if (this.#token?.authorization === authorization) this.#token = undefined;
  }

  async #ask(): Promise<Result<Token>> {
    const form = new URLSearchParams({
      client_assertion: await this.#assertion(),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_id: this.#options.credential.clientId,
      grant_type: 'client_credentials',
    });
    const answer = await this.#post(form);
    const token = answer.ok ? this.#read(answer.value) : answer;
    const status = answer.ok ? answer.value.status : null;
    this.#options.log.debug('c1.token', { status, failure: token.ok ? null : token.failure.code });
    return token;
  }

  async #post(form: URLSearchParams): Promise<Result<Answer>> {
    const { credential, network, clock, apiHost, userAgent } = this.#options;
    const late = new AbortController();
    const answered = new AbortController();
    void clock.sleep(TIMEOUT, answered.signal).then(() => late.abort());
    try {
      const response = await network.fetch(`https://${apiHost ?? credential.host}/auth/v1/token`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          'User-Agent': userAgent,
          Accept: 'application/json',
        },
        body: form.toString(),
        signal: late.signal,
      });
      const text = await readBounded(response, LONGEST_ANSWER);
      const { status, headers } = response;
      return succeed({
        status,
        date: headers.get('date'),
        type: headers.get('content-type'),
        text,
      });
    } catch (error) {
      return fail(
        failureOfNetwork(error) ?? c1Unreachable(late.signal.aborted ? 'time-out' : 'no answer'),
      );
    } finally {
      answered.abort();
    }
  }

  async #assertion(): Promise<string> {
    const { credential, clock, random } = this.#options;
    const now = Math.floor(clock.now() / 1000);
    const claims = {
      iss: credential.clientId,
      sub: credential.clientId,
      aud: credential.audience,
      exp: now + 120,
      nbf: now - 120,
      iat: now,
    };
    return await credential.sign(claims, Buffer.from(random.bytes(16)).toString('hex'));
  }

  #read(answer: Answer): Result<Token> {
    const now = this.#options.clock.now();
    if (answer.status !== 200) return fail(whyRefused(answer, now));
    const body = Body.safeParse(jsonOrUndefined(answer.text));
    if (!body.success) return fail(notC1('token endpoint: HTTP 200, unreadable'));
    const { access_token: token, token_type: type, expires_in: seconds } = body.data;
    const life = Math.min(Math.max(seconds ?? 0, 0), LONGEST_LIFE) * 1000;
    return succeed({
      authorization: `${scheme(type ?? '')} ${token}`,
      staleAt: now + life - Math.max(10_000, Math.min(MARGIN, life / 10)),
    });
  }
}

function whyRefused({ status, date, type }: Answer, now: number): Failure {
  const detail = `token endpoint: HTTP ${status}`;
  // OAuth refuses in JSON (RFC 6749 §5.2); a page that forbids is that of a proxy or a portal.
  if (status < 500 && type?.startsWith('text/html')) return notC1(`${detail}, a page`);
  if (status === 400 || status === 401 || status === 403) {
    const off = Math.abs(Date.parse(date ?? '') - now);
    return off > CLOCK_TOLERANCE
      ? clockWrong(Math.round(off / 60_000))
      : credentialRejected(detail);
  }
  return status === 429 || status >= 500 ? c1Unavailable(detail) : notC1(detail);
}

// Spelt as Go's oauth2 package does (c1-protocol.md §2.1, "Use on gRPC").
const SCHEMES = new Map([
  ['', 'Bearer'],
  ['bearer', 'Bearer'],
  ['mac', 'MAC'],
  ['basic', 'Basic'],
]);

function scheme(type: string): string {
  return SCHEMES.get(type.toLowerCase()) ?? type;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
