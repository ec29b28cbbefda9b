import { randomBytes } from 'node:crypto';
import { createClient, type Client, type Interceptor } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { importJWK, SignJWT, type JWTPayload } from 'jose';
import { Agent, fetch } from 'undici';
import { z } from 'zod';
import { BatonService } from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { CredentialPair } from './credentials.ts';

/** A client without any cleverness, for tests of the sandbox itself. */

const Jwk = z.object({ kty: z.string(), crv: z.string(), x: z.string(), d: z.string() });
const Token = z.object({ access_token: z.string(), token_type: z.string(), expires_in: z.int() });
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface AssertionChanges {
  readonly claims?: JWTPayload;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signs with this pair's key instead. */
  readonly signedBy?: CredentialPair;
}

/** The assertion of c1-protocol.md §2.1; `now` in milliseconds since 1970. */
export async function signAssertion(
  pair: CredentialPair,
  now: number,
  changes: AssertionChanges = {},
): Promise<string> {
  const [, , , encoded = ''] = (changes.signedBy ?? pair).clientSecret.split(':');
  const jwk = Jwk.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  const seconds = Math.floor(now / 1000);
  const claims = {
    iss: pair.clientId,
    sub: pair.clientId,
    aud: 'localhost',
    exp: seconds + 120,
    nbf: seconds - 120,
    iat: seconds,
    ...changes.claims,
  };
  const header = { alg: 'EdDSA', nonce: randomBytes(16).toString('hex'), ...changes.header };
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(jwk, 'EdDSA'));
}

export function formFor(pair: CredentialPair, assertion: string): Record<string, string> {
  return {
    client_id: pair.clientId,
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion,
  };
}

/** Talks to one sandbox, trusting its certificate. */
export class RawClient {
  readonly #origin: string;
  readonly #ca: string;
  readonly #agent: Agent;

  constructor(origin: string, ca: string) {
    this.#origin = origin;
    this.#ca = ca;
    this.#agent = new Agent({ connect: { ca } });
  }

  async post(
    body: string,
    type = 'application/x-www-form-urlencoded',
  ): Promise<{ status: number; text: string; type: string }> {
    const response = await fetch(`${this.#origin}/auth/v1/token`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      dispatcher: this.#agent,
    });
    const { status, headers } = response;
    return { status, text: await response.text(), type: headers.get('content-type') ?? '' };
  }

  async token(pair: CredentialPair, now: number): Promise<z.infer<typeof Token>> {
    const form = formFor(pair, await signAssertion(pair, now));
    const { text } = await this.post(new URLSearchParams(form).toString());
    return Token.parse(JSON.parse(text));
  }

  /** A gRPC client with this bearer token, on a connection of its own. */
  rpc(token: string): Client<typeof BatonService> {
    const bear: Interceptor = (next) => (request) => {
      request.header.set('authorization', `Bearer ${token}`);
      return next(request);
    };
    const transport = createGrpcTransport({
      baseUrl: this.#origin,
      nodeOptions: { ca: this.#ca },
      interceptors: [bear],
    });
    return createClient(BatonService, transport);
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}
