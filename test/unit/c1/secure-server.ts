import { once } from 'node:events';
import { createSecureServer, type ServerHttp2Session } from 'node:http2';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import type { LoopbackCertificate } from '../../sandbox/certificate.ts';
import { portOf, Relay } from '../../sandbox/c1/relay.ts';
import type { FakeC1 } from './fake-c1.ts';

export type Handle = Parameters<typeof createSecureServer>[1];

export interface SecureServer {
  readonly port: number;
  /** Every connection that was ever made to it, in order. */
  readonly sessions: readonly ServerHttp2Session[];
  /** The way to it, which can be cut or fall silent. */
  readonly relay: Relay;
  readonly close: () => Promise<void>;
}

/** TLS with HTTP/2 and HTTP/1.1 on a free port, behind a relay. */
export async function serveSecurely(
  { key, cert }: Pick<LoopbackCertificate, 'key' | 'cert'>,
  handle: Handle,
): Promise<SecureServer> {
  const server = createSecureServer({ key, cert, allowHTTP1: true }, handle);
  const sessions: ServerHttp2Session[] = [];
  server.on('session', (session) => {
    session.on('error', () => undefined);
    sessions.push(session);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const relay = new Relay(portOf(server));
  return {
    port: await relay.open(0),
    sessions,
    relay,
    close: async () => {
      for (const session of sessions) session.destroy();
      await relay.close();
      server.close();
    },
  };
}

export function handleAs(c1: FakeC1): Handle {
  return connectNodeAdapter({ routes: c1.routes });
}
