import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { listenOnLoopback } from '../listen.ts';
import { ADMIN_EMAIL } from '../people.ts';
import { UserManagement } from '../user-management.ts';
import type { World } from '../world.ts';
import { AppRegistry } from './apps.ts';
import { Connections } from './connections.ts';
import { Faults } from './faults.ts';
import { Grants } from './grants.ts';
import { readRequest, sendOutcome } from './http.ts';
import { Journal, type SeenRequest } from './journal.ts';
import { Limiter, STARTER_LIMITS, type XeroLimits } from './limits.ts';
import { makeRoutes, type Route } from './routes.ts';
import { XeroSandbox } from './sandbox.ts';
import { makeSigningKey, TokenSigner, type SigningKey } from './signer.ts';

export interface XeroSandboxOptions {
  readonly world: World;
  /** 0, which it is when not given, takes a free one. */
  readonly port?: number;
  /** Gives the client IDs; 1 when not given. */
  readonly seed?: number;
  /** Those of the Starter tier when not given. */
  readonly limits?: Partial<XeroLimits>;
  /** Made anew, which takes long, when not given. */
  readonly signingKey?: SigningKey;
  readonly now?: () => number;
}

/** Starts a Xero on one loopback port, its three roots (xero.md §1) below paths of their own. */
export async function startXeroSandbox(options: XeroSandboxOptions): Promise<XeroSandbox> {
  const { world, port = 0, seed = 1, limits = {}, now = Date.now } = options;
  const key = options.signingKey ?? (await makeSigningKey());
  let handle: RequestListener = (_, response) => void response.writeHead(503).end();
  const server = await listenOnLoopback((...call) => handle(...call), port);
  const roots = {
    login: `${server.origin}/login`,
    identity: `${server.origin}/identity`,
    api: `${server.origin}/api`,
  };
  const xero = {
    world,
    users: new UserManagement(world),
    apps: new AppRegistry(seed),
    connections: new Connections(),
    grants: new Grants(now),
    signer: new TokenSigner(key, roots.identity, now),
    roots,
    now,
  };
  const faults = new Faults();
  const journal = new Journal();
  const limiter = new Limiter({ ...STARTER_LIMITS, ...limits }, now);
  const routes = makeRoutes({ xero, faults, limiter, loginEmail: ADMIN_EMAIL });
  const service = { routes, journal, origin: server.origin };
  handle = (incoming, response) => {
    answer(service, incoming, response).catch(() => response.destroy());
  };
  return new XeroSandbox({ xero, faults, journal, origin: server.origin, close: server.close });
}

interface Service {
  readonly routes: readonly Route[];
  readonly journal: Journal;
  readonly origin: string;
}

async function answer(
  { routes, journal, origin }: Service,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming, response, origin);
  const { pathname } = request.url;
  const route = routes.find((it) => it.method === request.method && it.path.test(pathname));
  const seen: SeenRequest = {
    endpoint: route?.endpoint ?? 'unknown',
    method: request.method,
    path: pathname,
    organisationId: request.header('xero-tenant-id'),
    status: null,
  };
  journal.record(seen);
  const outcome = (await route?.handle(request)) ?? { status: 404 };
  if (outcome !== 'dropped') {
    seen.status = outcome.status;
    response.setHeader('Xero-Correlation-Id', randomUUID());
  }
  sendOutcome(outcome, response);
}
