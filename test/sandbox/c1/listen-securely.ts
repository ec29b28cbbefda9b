import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { Server, Socket } from 'node:net';

type Handler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

export interface Listening {
  readonly port: number;
  /** Starts answering; until then callers wait. */
  serve(handle: Handler): void;
  /** Stops listening and cuts every open connection. */
  close(): Promise<void>;
}

const ADDRESSES = ['127.0.0.1', '::1'];
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const ATTEMPTS = 20;

/**
 * TLS with ALPN h2 and http/1.1, so that gRPC and the token endpoint share one port (c1-protocol.md §8.1),
 * on both loopback addresses (0: a port that is free), or on IPv4 alone where there's no IPv6.
 */
export async function listenSecurely(
  { key, cert }: { readonly key: string; readonly cert: string },
  port: number,
): Promise<Listening> {
  for (let attempt = 1; ; attempt += 1) {
    const sockets = new Set<Socket>();
    const servers: Http2SecureServer[] = [];
    const close = async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    };
    try {
      let chosen = port;
      for (const address of ADDRESSES) {
        const server = createSecureServer({ key, cert, allowHTTP1: true });
        server.on('connection', (socket: Socket) => {
          sockets.add(socket);
          socket.once('close', () => sockets.delete(socket));
        });
        if (await bind(server, address, chosen)) {
          servers.push(server);
          chosen = portOf(server);
        }
      }
      const serve = (handle: Handler) => servers.forEach((server) => server.on('request', handle));
      return { port: chosen, serve, close };
    } catch (error) {
      await close();
      // A free port of IPv4 may be taken on IPv6: another one may not.
      if (port !== 0 || codeOf(error) !== 'EADDRINUSE' || attempt === ATTEMPTS) throw error;
    }
  }
}

/** False when this machine has no IPv6. */
function bind(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (host === '::1' && NO_IPV6.has(codeOf(error))) resolve(false);
      else reject(error);
    });
    server.listen({ host, port }, () => resolve(true));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
