import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

/** A plain HTTP server that `localhost` reaches by IPv4 and by IPv6. */
export interface LoopbackServer {
  readonly port: number;
  /** For example "http://localhost:5021". */
  readonly origin: string;
  /** Ends every connection, the hanging ones too. */
  readonly close: () => Promise<void>;
}

const PORT_ATTEMPTS = 20;

/**
 * Listens on 127.0.0.1 and, where there is IPv6, on ::1 with the same port.
 * Port 0 takes one that is free on both.
 */
export async function listenOnLoopback(handle: RequestListener, port = 0): Promise<LoopbackServer> {
  for (let attempt = 1; ; attempt += 1) {
    const four = await listen(handle, '127.0.0.1', port);
    const chosen = portOf(four);
    try {
      const six = await listen(handle, '::1', chosen).catch(unlessNoIpv6);
      const servers = six === null ? [four] : [four, six];
      return {
        port: chosen,
        origin: `http://localhost:${chosen}`,
        close: async () => {
          await Promise.all(servers.map(close));
        },
      };
    } catch (error) {
      await close(four);
      if (port !== 0 || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

async function listen(handle: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(handle);
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

function unlessNoIpv6(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return null;
  throw error;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
