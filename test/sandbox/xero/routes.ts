import { organisations, user, users } from './accounting.ts';
import { AuthorizeEndpoint } from './authorize.ts';
import { identify, organisationFor, type Caller } from './bearer.ts';
import { deleteConnection, listConnections } from './connections-endpoint.ts';
import type { Endpoint, Faults } from './faults.ts';
import { homePage } from './home-page.ts';
import { json, type Answer, type Handler, type XeroRequest } from './http.ts';
import type { Limiter } from './limits.ts';
import { refusal } from './refusals.ts';
import type { XeroState } from './state.ts';
import { revocation, token } from './token-endpoint.ts';
import { usersRoutes } from './users-routes.ts';
import { OFFERED_SCOPES } from './apps.ts';
import type { SandboxOrganisation } from '../world.ts';

export interface Route {
  readonly endpoint: Endpoint;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: RegExp;
  readonly handle: Handler;
}

interface Surroundings {
  readonly xero: XeroState;
  readonly faults: Faults;
  readonly limiter: Limiter;
  /** Shown on the first page. */
  readonly loginEmail: string;
}

/** Every address of the sandbox's Xero. */
export function makeRoutes({ xero, faults, limiter, loginEmail }: Surroundings): readonly Route[] {
  const login = new AuthorizeEndpoint(xero);
  const route = (
    method: Route['method'],
    path: RegExp,
    endpoint: Endpoint,
    handle: Handler,
  ): Route => ({ method, path, endpoint, handle });
  /** Neither a token nor a limit stands before these. */
  const open = (
    method: Route['method'],
    path: RegExp,
    endpoint: Endpoint,
    handle: Handler,
  ): Route => route(method, path, endpoint, faults.wrap(endpoint, handle));

  const forCaller =
    (endpoint: Endpoint, work: (caller: Caller, request: XeroRequest) => Answer): Handler =>
    (request) => {
      const caller = identify(xero, request);
      if ('refused' in caller) return caller.refused;
      const handle = faults.wrap(endpoint, () => work(caller.admitted, request));
      return limiter.forApp(caller.admitted.app.clientId, request, handle);
    };

  const forOrganisation =
    (
      endpoint: Endpoint,
      work: (organisation: SandboxOrganisation, request: XeroRequest) => Answer,
    ): Handler =>
    (request) => {
      const caller = identify(xero, request);
      if ('refused' in caller) return caller.refused;
      const organisation = organisationFor(xero, caller.admitted, request);
      if ('refused' in organisation) return organisation.refused;
      const { refuses } = organisation.admitted;
      if (refuses === 'everything' || refuses === endpoint) return refusal(403);
      const { clientId } = caller.admitted.app;
      const handle = faults.wrap(endpoint, () => work(organisation.admitted, request));
      return limiter.forOrganisation(clientId, organisation.admitted.id, request, handle);
    };

  return [
    open('GET', /^\/$/, 'home', () => homePage(xero, loginEmail)),
    ...usersRoutes(xero).map(({ method, path, handle }) => open(method, path, 'usersPage', handle)),
    open('GET', /^\/identity\/\.well-known\/openid-configuration$/, 'discovery', () =>
      json(discovery(xero)),
    ),
    open('GET', /^\/identity\/\.well-known\/openid-configuration\/jwks$/, 'keys', () =>
      json(xero.signer.keySet()),
    ),
    open('POST', /^\/identity\/connect\/token$/, 'token', (it) => token(xero, it)),
    open('POST', /^\/identity\/connect\/revocation$/, 'revocation', (it) => revocation(xero, it)),
    open('GET', /^\/login\/identity\/connect\/authorize$/, 'authorize', (it) =>
      login.authorize(it),
    ),
    open('GET', /^\/login\/identity\/user\/login$/, 'login', (it) => login.showLogin(it)),
    open('POST', /^\/login\/identity\/user\/login$/, 'login', (it) => login.logIn(it)),
    open('POST', /^\/login\/identity\/user\/logout$/, 'login', (it) => login.logOut(it)),
    open('POST', /^\/login\/identity\/consent$/, 'consent', (it) => login.consent(it)),
    open('GET', /^\/login\/identity\/error$/, 'errorPage', (it) => login.showErrorPage(it)),
    open('GET', /^\/login\/connectionLimit$/, 'errorPage', () => login.showConnectionLimit()),
    route(
      'GET',
      /^\/api\/connections$/i,
      'connections',
      forCaller('connections', (caller, request) => listConnections(xero, caller, request)),
    ),
    route(
      'DELETE',
      /^\/api\/connections\/[^/]+$/i,
      'disconnection',
      forCaller('disconnection', (caller, request) =>
        deleteConnection(xero, caller, lastPart(request)),
      ),
    ),
    route(
      'GET',
      /^\/api\/api\.xro\/2\.0\/Organisations?$/i,
      'organisation',
      forOrganisation('organisation', (organisation) => organisations(xero, organisation)),
    ),
    route(
      'GET',
      /^\/api\/api\.xro\/2\.0\/Users$/i,
      'users',
      forOrganisation('users', (organisation, request) => users(xero, organisation, request)),
    ),
    route(
      'GET',
      /^\/api\/api\.xro\/2\.0\/Users\/[^/]+$/i,
      'users',
      forOrganisation('users', (organisation, request) =>
        user(xero, organisation, lastPart(request)),
      ),
    ),
  ];
}

function lastPart({ url }: XeroRequest): string {
  return url.pathname.split('/').at(-1) ?? '';
}

/** OpenID Connect discovery. It promises no `iss` on the redirect. */
function discovery({ roots }: XeroState): Record<string, unknown> {
  return {
    issuer: roots.identity,
    authorization_endpoint: `${roots.login}/identity/connect/authorize`,
    token_endpoint: `${roots.identity}/connect/token`,
    revocation_endpoint: `${roots.identity}/connect/revocation`,
    jwks_uri: `${roots.identity}/.well-known/openid-configuration/jwks`,
    scopes_supported: OFFERED_SCOPES,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: ['sub', 'name', 'given_name', 'family_name', 'email', 'xero_userid'],
  };
}
