import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { createNetwork } from '../../../main/network.ts';
import type { Endpoints, Network } from '../../../main/ports.ts';

/** An answer that a test has Xero give; an object is sent as JSON, a text as it is. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** How the connection ends where it isn't kept: in the middle of the body, or after it. */
  readonly breaks?: 'during' | 'after';
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The body as a form. */
  readonly form: URLSearchParams;
}

export type Answer = Reply | 'hangUp' | 'silence';

const DISCOVERY = '/.well-known/openid-configuration';

/** Xero's identity server and its API on one loopback port, scripted by a test. */
export class FakeXero {
  readonly seen: Seen[] = [];
  /** What paths answer, beside the discovery; a test sets what it needs. */
  readonly answers = new Map<string, (request: Seen) => Answer | Promise<Answer>>();
  readonly #server: Server;
  readonly #key: CryptoKey;
  readonly network: Network = createNetwork(undefined);

  private constructor(server: Server, key: CryptoKey) {
    this.#server = server;
    this.#key = key;
    server.on('request', (request, response) => void this.#receive(request, response));
    this.reset();
  }

  /** Forgets what was asked and what it is to answer, but for the discovery. */
  reset(): void {
    this.seen.length = 0;
    this.answers.clear();
    this.answers.set(DISCOVERY, () => ({ body: this.discovery }));
  }

  static async start(): Promise<FakeXero> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { privateKey } = await generateKeyPair('ES256');
    return new FakeXero(server, privateKey);
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get endpoints(): Endpoints {
    const { root } = this;
    return { xeroApi: root, xeroIdentity: root, xeroLogin: root, c1ApiHost: undefined };
  }

  get discovery(): Readonly<Record<string, unknown>> {
    return {
      issuer: this.root,
      authorization_endpoint: `${this.root}/identity/connect/authorize`,
      token_endpoint: `${this.root}/connect/token`,
      revocation_endpoint: `${this.root}/connect/revocation`,
      jwks_uri: `${this.root}/jwks`,
      id_token_signing_alg_values_supported: ['ES256'],
    };
  }

  /** Requests to a path, in order. */
  to(path: string): readonly Seen[] {
    return this.seen.filter((request) => request.path === path);
  }

  /** Has the token endpoint sign a person in, whatever code it is given. */
  signsIn(address: string, claims: Readonly<Record<string, unknown>> = ANA): void {
    const authorize = new URL(address).searchParams;
    this.answers.set('/connect/token', async () => ({
      body: {
        ...TOKENS,
        id_token: await this.idToken({
          aud: authorize.get('client_id') ?? '',
          nonce: authorize.get('nonce'),
          ...claims,
        }),
      },
    }));
  }

  /** An id token of this server for now, with these claims on top. */
  idToken(claims: Readonly<Record<string, unknown>>): Promise<string> {
    const iat = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: this.root, iat, exp: iat + 300, ...claims })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(this.#key);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', this.root);
    const body = Buffer.concat(chunks).toString('utf8');
    const { method = '', headers } = request;
    const seen: Seen = { method, path, query, headers, body, form: new URLSearchParams(body) };
    this.seen.push(seen);
    const answer = (await this.answers.get(path)?.(seen)) ?? { status: 404, body: 'not here' };
    if (answer === 'silence') return;
    if (answer === 'hangUp') {
      request.socket.destroy();
      return;
    }
    const { status = 200, breaks } = answer;
    const isText = typeof answer.body === 'string';
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
    const length = Buffer.byteLength(text);
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Length': length,
      ...answer.headers,
    });
    if (breaks === 'during') {
      response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
      return;
    }
    response.end(text, () => breaks === 'after' && request.socket.destroy());
  }
}

/** A Xero client ID, and tokens that must never be seen elsewhere. */
export const CLIENT_ID = '0123456789ABCDEF0123456789ABCDEF';
export const TOKENS = {
  access_token: 'access-token-of-ana',
  refresh_token: 'refresh-token-of-ana',
  token_type: 'Bearer',
  expires_in: 1800,
  scope: 'openid profile email offline_access accounting.settings.read',
} as const;

export const ANA = {
  sub: 'subject-of-ana',
  name: 'Ana Reyes',
  email: 'ana@harbour.example',
} as const;
