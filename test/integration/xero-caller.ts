import { z } from 'zod';
import { World } from '../sandbox/world.ts';
import type { XeroApp } from '../sandbox/xero/apps.ts';
import type { XeroLimits } from '../sandbox/xero/limits.ts';
import type { XeroSandbox } from '../sandbox/xero/sandbox.ts';
import { makeSigningKey } from '../sandbox/xero/signer.ts';
import { startXeroSandbox } from '../sandbox/xero/start.ts';

/** One for all sandboxes of a test file. */
const signingKey = makeSigningKey();

export interface Call {
  /** The `xero-tenant-id`; an organisation's name stands for its id. */
  readonly organisation?: string;
  readonly token?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** A sandbox Xero whose clock is turned by hand, and an app that calls its API. */
export class XeroCaller {
  readonly xero: XeroSandbox;
  readonly world: World;
  readonly #clock: { elapsed: number };
  #accessToken = '';

  private constructor(xero: XeroSandbox, world: World, clock: { elapsed: number }) {
    this.xero = xero;
    this.world = world;
    this.#clock = clock;
  }

  /** Starts a Xero, where the desktop app has connected every organisation. */
  static async start(limits: Partial<XeroLimits> = {}): Promise<XeroCaller> {
    const clock = { elapsed: 0 };
    const started = Date.now();
    const world = new World();
    const now = (): number => started + clock.elapsed;
    const xero = await startXeroSandbox({ world, limits, now, signingKey: await signingKey });
    const caller = new XeroCaller(xero, world, clock);
    await caller.renew();
    return caller;
  }

  /** Turns the clock to so many milliseconds after the start. */
  turnTo(elapsed: number): void {
    this.#clock.elapsed = elapsed;
  }

  /** Gets the access token that calls use from now on. */
  async renew(): Promise<void> {
    this.#accessToken = await this.accessTokenFor(this.xero.desktopApp);
  }

  async accessTokenFor(app: XeroApp, scope?: readonly string[]): Promise<string> {
    const basic = Buffer.from(`${app.clientId}:${app.secret ?? ''}`).toString('base64');
    const custom = app.kind === 'custom';
    const answer = await fetch(`${this.xero.roots.identity}/connect/token`, {
      method: 'POST',
      headers: custom ? { authorization: `Basic ${basic}` } : {},
      body: custom
        ? new URLSearchParams({ grant_type: 'client_credentials' })
        : new URLSearchParams({
            grant_type: 'refresh_token',
            client_id: app.clientId,
            refresh_token: this.xero.consent(app, scope === undefined ? {} : { scope }),
          }),
    });
    return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
  }

  get accessToken(): string {
    return this.#accessToken;
  }

  idOf(organisation: string): string {
    return this.world.organisations.find(({ name }) => name === organisation)?.id ?? organisation;
  }

  call(path: string, { organisation, token, headers, ...rest }: Call = {}): Promise<Response> {
    return fetch(this.xero.roots.api + path, {
      ...rest,
      headers: {
        authorization: `Bearer ${token ?? this.#accessToken}`,
        accept: 'application/json',
        ...(organisation !== undefined && { 'xero-tenant-id': this.idOf(organisation) }),
        ...headers,
      },
    });
  }

  users(organisation: string, options: Call = {}): Promise<Response> {
    return this.call('/api.xro/2.0/Users', { organisation, ...options });
  }
}
