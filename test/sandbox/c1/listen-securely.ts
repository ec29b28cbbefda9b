import { once } from 'node:events';
import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import { codeOf, portOf, Relay } from './relay.ts';

type Handler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

export interface Listening {
  readonly port: number;
  readonly relay: Relay;
  /** Starts answering; until then callers wait. */
  serve(handle: Handler): void;
  /** Tells every HTTP/2 connection that it takes no new calls; running ones are answered. */
  goAway(): void;
  /** Stops listening and cuts every open connection. */
  close(): Promise<void>;
}

const ATTEMPTS = 20;

/**
 * TLS with ALPN h2 and http/1.1, so that gRPC and the token endpoint share one port (c1-protocol.md §8.1),
 * on both loopback addresses (0: a port that is free), or on IPv4 alone where there's no IPv6.
 */
export async function listenSecurely(
  { key, cert }: { readonly key: string; readonly cert: string },
  port: number,
): Promise<Listening> {
  const server = createSecureServer({ key, cert, allowHTTP1: true });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const relay = new Relay(portOf(server));
  const close = async () => {
    await relay.close();
    await new Promise((done) => server.close(done));
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return {
        port: await relay.open(port),
        relay,
        serve: (handle) => void server.on('request', handle),
        goAway: () => sessions.forEach((session) => session.close()),
        close,
      };
    } catch (error) {
      // A free port of IPv4 may be taken on IPv6: another one may not.
      if (port === 0 && codeOf(error) === 'EADDRINUSE' && attempt < ATTEMPTS) continue;
      await close();
      throw error;
    }
  }
}
