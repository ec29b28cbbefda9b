import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import type { C1Event } from '../c1/events.ts';
import type { Clock } from '../ports.ts';
import type { Address } from './values.ts';

export type HealthEndpoint = 'health' | 'ready' | 'live';

const ENDPOINTS: readonly HealthEndpoint[] = ['health', 'ready', 'live'];

/** What probes are told. Nothing here names a person, an organisation or a credential. */
interface Answer {
  readonly well: boolean;
  readonly status: string;
  readonly error?: string;
}

/**
 * How a running `serve` is, told by what happened last. Alive as long as it answers; healthy unless
 * Xero couldn't be read at the last try, of which C1 is no part; ready once C1 has taken the Hello
 * besides. The words are those of the official health server (c1-protocol.md §4.1, §4.2).
 */
export class Health {
  #c1: 'greeting' | 'connected' | 'offline' | 'rejected' = 'greeting';
  #xero: 'untried' | 'readable' | 'unreadable' = 'untried';

  onC1({ kind }: C1Event): void {
    if (kind === 'connected' || kind === 'answered') this.#c1 = 'connected';
    else if (kind === 'offline' || kind === 'rejected') this.#c1 = kind;
  }

  onXero(outcome: 'readable' | 'unreadable'): void {
    this.#xero = outcome;
  }

  answer(endpoint: HealthEndpoint): Answer {
    if (endpoint === 'live') return { well: true, status: 'alive' };
    const unreadable = this.#xero === 'unreadable';
    if (endpoint === 'health') {
      return unreadable
        ? { well: false, status: 'unhealthy', error: 'Xero could not be read at the last try' }
        : { well: true, status: 'healthy' };
    }
    const error = this.#unready(unreadable);
    return error === null
      ? { well: true, status: 'ready' }
      : { well: false, status: 'not_ready', error };
  }

  #unready(unreadable: boolean): string | null {
    switch (this.#c1) {
      case 'greeting':
        return 'C1 has not taken the Hello yet';
      case 'offline':
        return 'C1 is out of reach';
      case 'rejected':
        return 'C1 rejects the credential';
      case 'connected':
        return unreadable ? 'Xero could not be read at the last try' : null;
    }
  }
}

/** Serves `/health`, `/ready` and `/live` until the returned function is called. Fails when the port is taken. */
export async function serveHealth(
  health: Health,
  at: Address,
  clock: Clock,
): Promise<Result<{ readonly port: number; readonly close: () => Promise<void> }>> {
  const server = createServer((request, response) => respond(request, response, health, clock));
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  server.maxConnections = 64;
  server.listen(at.port, at.bindAddress);
  try {
    await once(server, 'listening');
  } catch (error) {
    return fail(notListening(at, error));
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  return succeed({ port, close: () => closed(server) });
}

function respond(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  health: Health,
  clock: Clock,
): void {
  const path = (url ?? '').split('?', 1)[0];
  const endpoint = ENDPOINTS.find((name) => path === `/${name}`);
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  if (endpoint === undefined) {
    response.writeHead(404).end();
    return;
  }
  const { well, status, error } = health.answer(endpoint);
  const timestamp = new Date(clock.now()).toISOString();
  const details = error === undefined ? {} : { details: { error } };
  const body = `${JSON.stringify({ status, timestamp, ...details })}\n`;
  response.writeHead(well ? 200 : 503, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  response.end(method === 'HEAD' ? undefined : body);
}

async function closed(server: Server): Promise<void> {
  const done = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await done;
}

function notListening({ port, bindAddress }: Address, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const why: Record<string, string> = {
    EADDRINUSE: 'is taken by another program. Choose another with --health-check-port',
    EACCES: 'isn’t open to this user. Choose one above 1023 with --health-check-port',
    EADDRNOTAVAIL: 'isn’t an address of this computer. Correct --health-check-bind-address',
  };
  const message = `For health checks, port ${port} at ${bindAddress} ${why[code] ?? 'can’t be used'}.`;
  return { code: 'portsTaken', message, next: 'freePorts', detail: code };
}
