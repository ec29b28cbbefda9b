import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import type { Destination, Dial } from './ports.ts';
import type { ProxyFor } from './proxy.ts';
import { openTunnel } from './tunnel.ts';
import { asWayError, WayError } from './way-error.ts';

/** For each of the steps: finding the way, reaching the proxy, reaching the server, agreeing on TLS. */
const TIMEOUT_MS = 15_000;

/**
 * The one place where connections are opened: through the first proxy that can be reached, where
 * there is one, then TLS.
 * @param trust asked for each connection, since the admin may change it
 */
export function createDial(trust: () => SecureContext, proxyFor: ProxyFor): Dial {
  return async (to) => {
    const ways = await inTime(proxyFor(new URL(addressOf(to))));
    let unreachable = new WayError('PROXY_KIND', '-', 'none that can be used');
    for (const proxy of ways) {
      try {
        return await connect(to, proxy, trust());
      } catch (error) {
        if (!(error instanceof WayError) || error.code !== 'PROXY_UNREACHABLE') throw error;
        unreachable = error;
      }
    }
    throw unreachable;
  };
}

async function connect(
  to: Destination,
  proxy: string | null,
  trust: SecureContext,
): Promise<Socket> {
  const tunnel =
    proxy === null ? undefined : await openTunnel({ ...to, proxy, trust, timeoutMs: TIMEOUT_MS });
  return await (to.security.kind === 'tls'
    ? secure(to, to.security.speaks, trust, tunnel)
    : (tunnel ?? ready(connectPlain(to.port, to.host), 'connect')));
}

function addressOf({ host, port, security }: Destination): string {
  const scheme = security.kind === 'tls' ? 'https' : 'http';
  return `${scheme}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

async function secure(
  { host, port }: Destination,
  speaks: string,
  trust: SecureContext,
  tunnel: Socket | undefined,
): Promise<Socket> {
  const socket = connectTls({
    host,
    port,
    secureContext: trust,
    ALPNProtocols: [speaks],
    // An address isn't a name that TLS may ask for (RFC 6066 §3).
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(tunnel === undefined ? {} : { socket: tunnel }),
  });
  await ready(socket, 'secureConnect').catch((error: unknown) => {
    throw asWayError(error, host);
  });
  // A server that knows nothing of ALPN speaks HTTP/1.1; C1's speak what was asked for (c1-protocol.md §3.1).
  if (speaks === 'http/1.1' || socket.alpnProtocol === speaks) return socket;
  socket.destroy();
  throw Object.assign(new Error('other protocol'), { code: 'NO_APPLICATION_PROTOCOL' });
}

function ready(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const late = (): void => {
      socket.destroy(tooLate());
    };
    const broken = (error: Error): void => reject(error);
    const cut = (): void => reject(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
    socket.setTimeout(TIMEOUT_MS, late);
    socket.once('error', broken);
    socket.once('close', cut);
    socket.once(event, () => {
      socket.setTimeout(0, late);
      socket.off('timeout', late).off('error', broken).off('close', cut);
      socket.setNoDelay(true).setKeepAlive(true, TIMEOUT_MS);
      resolve(socket);
    });
  });
}

/** A system that looks for its proxy may look for long. */
function inTime<T>(work: Promise<T>): Promise<T> {
  const late = AbortSignal.timeout(TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    late.addEventListener('abort', () => reject(tooLate()), { once: true });
    work.then(resolve, reject);
  });
}

function tooLate(): Error {
  return Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' });
}
