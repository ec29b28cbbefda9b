import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import { z } from 'zod';
import type { Credential, Credentials } from './credentials.ts';
import type { Faults, TokenFault } from './faults.ts';
import type { Journal } from './journal.ts';

export type AnyRequest = IncomingMessage | Http2ServerRequest;
export type AnyResponse = ServerResponse | Http2ServerResponse;

/** c1-protocol.md §2.1: the form's fields, each exactly once and no others. */
const Form = z.strictObject({
  client_id: z.string().min(1),
  grant_type: z.literal('client_credentials'),
  client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
  client_assertion: z.string().min(1),
});
const Header = z.object({
  alg: z.literal('EdDSA'),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  kid: z.string().min(1).optional(),
});
const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.tuple([z.string()]).transform(([only]) => only)]),
  exp: z.int(),
  nbf: z.int(),
  iat: z.int(),
});

const MOST_BODY = 64 * 1024;
/** The server wants `exp` within five minutes (c1-protocol.md §2.1). */
const LONGEST_ASSERTION = 300;
/** Seconds by which two clocks may differ. */
const SKEW = 10;
const PORTAL = '<!doctype html><title>Guest Wi-Fi</title><h1>Sign in to use the network</h1>';

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface Surroundings {
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly now: () => number;
  /** Lifetime of a token in seconds. */
  readonly lifetime: number;
}

/** `POST /auth/v1/token`, and the opaque bearer tokens it hands out. */
export class TokenEndpoint {
  readonly #use: Surroundings;
  readonly #tokens = new Map<string, { readonly clientId: string; readonly until: number }>();
  readonly #nonces = new Set<string>();
  readonly #issued: string[] = [];

  constructor(surroundings: Surroundings) {
    this.#use = surroundings;
  }

  async answer(request: AnyRequest, response: AnyResponse): Promise<void> {
    const fault = this.#use.faults.token.take();
    if (fault !== null) {
      this.#misbehave(fault, response);
      return;
    }
    let clientId = '';
    try {
      const form = await readForm(request);
      clientId = form.client_id;
      const credential = await this.#verify(form);
      this.#use.journal.record({ kind: 'token', clientId, refused: null });
      sendJson(response, 200, {
        access_token: this.#issue(credential),
        token_type: 'Bearer',
        expires_in: this.#use.lifetime,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#use.journal.record({ kind: 'token', clientId, refused: error.message });
      sendJson(response, error.status, { error: error.code, error_description: error.message });
    }
  }

  /** Whose token this is, or undefined: unknown, expired, or of a revoked credential. */
  holder(authorization: string | null): Credential | undefined {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
    const known = this.#tokens.get(token);
    if (known === undefined || known.until <= this.#use.now()) return undefined;
    return this.#use.credentials.active(known.clientId);
  }

  /** Every token handed out so far stops working; the credentials don't. */
  expireAll(): void {
    this.#tokens.clear();
  }

  /** Every token ever handed out, for tests that search for them elsewhere. */
  issued(): readonly string[] {
    return this.#issued;
  }

  #issue(credential: Credential): string {
    const token = randomBytes(32).toString('base64url');
    this.#issued.push(token);
    const now = this.#use.now();
    this.#tokens.set(token, {
      clientId: credential.clientId,
      until: now + this.#use.lifetime * 1000,
    });
    credential.lastUsedAt = now;
    return token;
  }

  async #verify(form: z.infer<typeof Form>): Promise<Credential> {
    const refuse = (why: string) => new Refusal(401, 'invalid_client', why);
    const credential = this.#use.credentials.active(form.client_id);
    if (credential === undefined) throw refuse('no such client, or it was revoked');
    const { header, claims } = await readAssertion(form.client_assertion, credential);
    const now = Math.floor(this.#use.now() / 1000);
    const audience = hostOf(form.client_id);
    const checks: [boolean, string][] = [
      [claims.iss === form.client_id, 'iss must be the client ID'],
      [claims.sub === form.client_id, 'sub must be the client ID'],
      [claims.aud === audience, `aud must be ${audience}`],
      [claims.exp > now - SKEW, 'the assertion has expired'],
      [claims.exp <= now + LONGEST_ASSERTION + SKEW, 'exp is more than five minutes away'],
      [claims.nbf <= now + SKEW, 'nbf lies in the future'],
      [claims.iat <= now + SKEW, 'iat lies in the future'],
      [!this.#nonces.has(header.nonce), 'the nonce was used before'],
    ];
    const failed = checks.find(([good]) => !good);
    if (failed !== undefined) throw refuse(failed[1]);
    this.#nonces.add(header.nonce);
    return credential;
  }

  #misbehave(fault: TokenFault, response: AnyResponse): void {
    this.#use.journal.record({ kind: 'fault', where: `token ${fault.kind}` });
    switch (fault.kind) {
      case 'reject':
        return sendJson(response, 401, { error: 'invalid_client' });
      case 'status':
        return send(response, fault.status, 'text/plain', '');
      case 'html':
        return send(response, 200, 'text/html', PORTAL);
      case 'hang':
        return;
    }
  }
}

async function readForm(request: AnyRequest): Promise<z.infer<typeof Form>> {
  const refuse = (why: string) => new Refusal(400, 'invalid_request', why);
  if (request.method !== 'POST') throw new Refusal(405, 'invalid_request', 'POST only');
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    throw refuse('the body must be a form');
  }
  const fields = [...new URLSearchParams(await readText(request))];
  if (new Set(fields.map(([name]) => name)).size < fields.length)
    throw refuse('a field is repeated');
  const form = Form.safeParse(Object.fromEntries(fields));
  if (!form.success) throw refuse(z.prettifyError(form.error));
  return form.data;
}

async function readText(request: AnyRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > MOST_BODY) throw new Refusal(413, 'invalid_request', 'the body is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function readAssertion(assertion: string, credential: Credential) {
  try {
    const header = Header.parse(decodeProtectedHeader(assertion));
    const { payload } = await compactVerify(assertion, credential.publicKey, {
      algorithms: ['EdDSA'],
    });
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
    return { header, claims: Claims.parse(claims) };
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? z.prettifyError(error)
        : error instanceof errors.JWSSignatureVerificationFailed
          ? "the signature doesn't fit the client's key"
          : "the assertion can't be read";
    throw new Refusal(401, 'invalid_client', why);
  }
}

/** The host in a client ID, without the port: the audience that C1 expects (c1-protocol.md §1.4). */
function hostOf(clientId: string): string {
  const [, rest = ''] = clientId.split('@', 2);
  return new URL(`https://${rest}`).hostname;
}

function sendJson(response: AnyResponse, status: number, body: unknown): void {
  send(response, status, 'application/json', JSON.stringify(body));
}

function send(response: AnyResponse, status: number, type: string, body: string): void {
  response.statusCode = status;
  response.setHeader('content-type', type);
  response.setHeader('cache-control', 'no-store');
  response.end(body);
}
