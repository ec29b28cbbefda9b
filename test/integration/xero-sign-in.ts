import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { REDIRECT_URIS, XERO_SCOPES } from '../../shared/words.ts';
import { Visitor, type Destination } from '../sandbox/visitor.ts';
import { World } from '../sandbox/world.ts';
import type { XeroApp } from '../sandbox/xero/apps.ts';
import type { XeroSandbox } from '../sandbox/xero/sandbox.ts';
import { makeSigningKey } from '../sandbox/xero/signer.ts';
import { startXeroSandbox } from '../sandbox/xero/start.ts';

export const KAURI = 'Kauri & Co Limited';
export const HARBOUR = 'Harbour Lane Cafés';
export const ADMIN = 'aroha.ngata@kauri.example';
export const REDIRECT_URI = REDIRECT_URIS[0] ?? '';

/** One for all sandboxes of a test file. */
const signingKey = makeSigningKey();

/** Parameters of a request; an undefined one is left out. */
export type Parameters = Record<string, string | undefined>;

const TokenAnswer = z.object({
  error: z.string().optional(),
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
  expires_in: z.number().optional(),
  scope: z.string().optional(),
});
type TokenAnswer = z.infer<typeof TokenAnswer> & { readonly status: number };

/** A sandbox Xero whose clock is turned by hand, and the requests of an app that signs in. */
export class XeroSignIn {
  readonly xero: XeroSandbox;
  readonly world: World;
  readonly #clock: { elapsed: number };
  readonly #verifier = randomBytes(32).toString('base64url');

  private constructor(xero: XeroSandbox, world: World, clock: { elapsed: number }) {
    this.xero = xero;
    this.world = world;
    this.#clock = clock;
  }

  static async start(): Promise<XeroSignIn> {
    const clock = { elapsed: 0 };
    const started = Date.now();
    const world = new World();
    const xero = await startXeroSandbox({
      world,
      signingKey: await signingKey,
      now: () => started + clock.elapsed,
    });
    return new XeroSignIn(xero, world, clock);
  }

  /** Turns the clock to so many milliseconds after the start. */
  turnTo(elapsed: number): void {
    this.#clock.elapsed = elapsed;
  }

  /** A sound address to sign in at, apart from the changes. */
  address(changes: Parameters = {}): URL {
    const challenge = createHash('sha256').update(this.#verifier).digest('base64url');
    const parameters = defined({
      client_id: this.xero.desktopApp.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: XERO_SCOPES.join(' '),
      state: 'state-1',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...changes,
    });
    return new URL(`${this.xero.roots.login}/identity/connect/authorize?${parameters.toString()}`);
  }

  /** The admin opens the address and allows one organisation; null chooses none. */
  visit(changes: Parameters = {}, organisation: string | null = KAURI): Promise<Destination> {
    return new Visitor().signIn(this.address(changes), { email: ADMIN, organisation });
  }

  async codeFor(changes: Parameters = {}, organisation = KAURI): Promise<string> {
    const destination = await this.visit(changes, organisation);
    if (destination.kind === 'page') throw new Error(destination.text);
    return destination.address.searchParams.get('code') ?? '';
  }

  async token(form: Parameters, headers: Record<string, string> = {}): Promise<TokenAnswer> {
    const answer = await fetch(`${this.xero.roots.identity}/connect/token`, {
      method: 'POST',
      headers,
      body: defined(form),
    });
    return { status: answer.status, ...TokenAnswer.parse(await answer.json()) };
  }

  exchange(code: string, changes: Parameters = {}): Promise<TokenAnswer> {
    return this.token({
      grant_type: 'authorization_code',
      client_id: this.xero.desktopApp.clientId,
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: this.#verifier,
      ...changes,
    });
  }

  refresh(refreshToken: string | undefined, app: XeroApp = this.xero.desktopApp) {
    return this.token({
      grant_type: 'refresh_token',
      client_id: app.clientId,
      client_secret: app.secret,
      refresh_token: refreshToken,
    });
  }

  async connections(accessToken: string | undefined): Promise<unknown> {
    const headers = { authorization: `Bearer ${accessToken ?? ''}` };
    return (await fetch(`${this.xero.roots.api}/connections`, { headers })).json();
  }
}

/** The header of HTTP Basic authentication. */
export function basic({ clientId, secret = '' }: XeroApp): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` };
}

function defined(parameters: Parameters): URLSearchParams {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) given.set(name, value);
  }
  return given;
}
