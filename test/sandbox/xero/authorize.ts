import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SandboxLogin } from '../world.ts';
import { OFFERED_SCOPES, type XeroApp } from './apps.ts';
import { redirect, type Answer, type XeroRequest } from './http.ts';
import { connectionLimitPage, consentPage, errorPage, loginPage } from './login-pages.ts';
import type { XeroState } from './state.ts';

const AUTHORIZE_PATH = '/login/identity/connect/authorize';
const SESSION = 'sandbox_session';

const Parameters = z.object({
  client_id: z.string().default(''),
  redirect_uri: z.string().default(''),
  response_type: z.string().default(''),
  scope: z.string().default(''),
  state: z.string().optional(),
  nonce: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.string().optional(),
});

/** A sign-in that waits for the person's consent. */
interface PendingConsent {
  readonly app: XeroApp;
  readonly redirectUri: string;
  readonly scope: readonly string[];
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly challenge: string | undefined;
  /** The address of this sign-in, to come back to after logging in as someone else. */
  readonly address: string;
}

interface Refused {
  readonly error: string;
  readonly description: string;
}

/** Login, consent for one organisation, and the pages where Xero doesn't redirect (xero.md §2). */
export class AuthorizeEndpoint {
  readonly #xero: XeroState;
  readonly #sessions = new Map<string, SandboxLogin>();
  readonly #pending = new Map<string, PendingConsent>();
  readonly #errors = new Map<string, Refused>();

  constructor(xero: XeroState) {
    this.#xero = xero;
  }

  /** GET /identity/connect/authorize */
  authorize(request: XeroRequest): Answer {
    const parameters = Parameters.parse(Object.fromEntries(request.url.searchParams));
    const app = this.#xero.apps.find(parameters.client_id);
    const refused = refusalOf(app, parameters);
    if (app === undefined || refused !== null) return this.#showError(refused ?? UNKNOWN_CLIENT);
    const address = request.url.pathname + request.url.search;
    const login = this.#loginOf(request);
    if (login === undefined) {
      return redirect(`/login/identity/user/login?returnUrl=${encodeURIComponent(address)}`);
    }
    const id = randomUUID();
    this.#pending.set(id, {
      app,
      redirectUri: parameters.redirect_uri,
      scope: scopesOf(parameters.scope),
      state: parameters.state,
      nonce: parameters.nonce,
      challenge: parameters.code_challenge,
      address,
    });
    return this.#askConsent(id, login, false);
  }

  /** GET /identity/user/login */
  showLogin(request: XeroRequest): Answer {
    return loginPage(request.url.searchParams.get('returnUrl') ?? '', false);
  }

  /** POST /identity/user/login: any password, but not none. */
  logIn({ form }: XeroRequest): Answer {
    const returnTo = form.get('returnUrl') ?? '';
    const login = this.#xero.world.login(form.get('email') ?? '');
    if (login === undefined || (form.get('password') ?? '') === '')
      return loginPage(returnTo, true);
    const session = randomUUID();
    this.#sessions.set(session, login);
    const home = returnTo.startsWith(`${AUTHORIZE_PATH}?`) ? returnTo : '/';
    return redirect(home, { 'Set-Cookie': `${SESSION}=${session}; Path=/login; HttpOnly` });
  }

  /** POST /identity/user/logout: log in as someone else. */
  logOut(request: XeroRequest): Answer {
    this.#sessions.delete(request.cookie(SESSION) ?? '');
    const pending = this.#pending.get(request.form.get('request') ?? '');
    return redirect(pending?.address ?? '/');
  }

  /** POST /identity/consent: Allow or Cancel. */
  consent(request: XeroRequest): Answer {
    const id = request.form.get('request') ?? '';
    const pending = this.#pending.get(id);
    const login = this.#loginOf(request);
    if (pending === undefined || login === undefined) return this.#showError(STALE);
    if (request.form.get('decision') !== 'allow') {
      this.#pending.delete(id);
      return backToApp(pending, {
        error: 'access_denied',
        error_description: 'The resource owner denied the request',
      });
    }
    const chosen = request.form.get('organisation');
    const allowed = this.#xero.world.connectable(login.personId);
    const organisation = allowed.find((it) => it.id === chosen);
    if (organisation === undefined) return this.#askConsent(id, login, true);
    this.#pending.delete(id);
    return this.#connect(pending, login, organisation.id);
  }

  /** GET /identity/error?errorId= */
  showErrorPage(request: XeroRequest): Answer {
    const shown = this.#errors.get(request.url.searchParams.get('errorId') ?? '') ?? STALE;
    return errorPage(shown.error, shown.description);
  }

  /** GET /connectionLimit */
  showConnectionLimit(): Answer {
    return connectionLimitPage();
  }

  #connect(pending: PendingConsent, { personId }: SandboxLogin, tenantId: string): Answer {
    const { connections, grants, now } = this.#xero;
    const { app, scope, redirectUri, challenge, nonce } = pending;
    const known = connections.find(app.clientId, personId, tenantId);
    if (known === undefined && connections.ofApp(app.clientId).length >= app.connectionLimit) {
      return redirect('/login/connectionLimit');
    }
    const authEventId = randomUUID();
    connections.connect(app.clientId, personId, tenantId, { authEventId, now: now() });
    const subject = { clientId: app.clientId, personId, scope, authEventId };
    const code = grants.issueCode({ subject, redirectUri, challenge, nonce });
    return backToApp(pending, { code, scope: scope.join(' '), session_state: randomUUID() });
  }

  #askConsent(id: string, login: SandboxLogin, unchosen: boolean): Answer {
    const pending = this.#pending.get(id);
    if (pending === undefined) return this.#showError(STALE);
    const { app, scope } = pending;
    const { world, connections } = this.#xero;
    const connected = connections.of(app.clientId, login.personId);
    return consentPage({
      id,
      app,
      login,
      scope,
      organisations: world.connectable(login.personId),
      connected: new Set(connected.map(({ tenantId }) => tenantId)),
      unchosen,
    });
  }

  #showError(refused: Refused): Answer {
    const id = randomUUID();
    this.#errors.set(id, refused);
    return redirect(`/login/identity/error?errorId=${id}`);
  }

  #loginOf(request: XeroRequest): SandboxLogin | undefined {
    return this.#sessions.get(request.cookie(SESSION) ?? '');
  }
}

const UNKNOWN_CLIENT: Refused = {
  error: 'unauthorized_client',
  description: 'Unknown client or client not enabled',
};
const STALE: Refused = { error: 'invalid_request', description: 'This sign-in is no longer open' };

function refusalOf(
  app: XeroApp | undefined,
  parameters: z.infer<typeof Parameters>,
): Refused | null {
  if (app === undefined || app.kind === 'custom') return UNKNOWN_CLIENT;
  if (!app.redirectUris.includes(parameters.redirect_uri)) {
    return { error: 'invalid_request', description: 'Invalid redirect_uri' };
  }
  if (parameters.response_type !== 'code') {
    return { error: 'unsupported_response_type', description: 'Response type not supported' };
  }
  const scope = scopesOf(parameters.scope);
  if (scope.length === 0 || scope.some((name) => !OFFERED_SCOPES.includes(name))) {
    return { error: 'invalid_scope', description: 'Invalid scope' };
  }
  if (parameters.code_challenge === undefined) {
    if (app.kind === 'web') return null;
    return { error: 'invalid_request', description: 'code challenge required' };
  }
  if (parameters.code_challenge_method !== 'S256' || parameters.code_challenge.length !== 43) {
    return { error: 'invalid_request', description: 'Transform algorithm not supported' };
  }
  return null;
}

function scopesOf(scope: string): string[] {
  return scope.split(' ').filter((name) => name !== '');
}

/** The state comes back as it was sent, and no `iss`: Xero's discovery doesn't promise one. */
function backToApp(
  { redirectUri, state }: PendingConsent,
  answer: Readonly<Record<string, string>>,
): Answer {
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value);
  if (state !== undefined) address.searchParams.set('state', state);
  return redirect(address.href);
}
