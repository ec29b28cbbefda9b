import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import type { Destination, Dial } from './ports.ts';
import type { ProxyFor } from './proxy.ts';
import { openTunnel } from './tunnel.ts';
import { asWayError, WayError } from './way-error.ts';

/** For each of the steps: finding the way, reaching the proxy, reaching the server, agreeing on TLS. */
const STEP_MS = 15_000;
/** How long a connection may be idle before the system probes it. */
const PROBE_AFTER_MS = 15_000;

/**
 * The one place where connections are opened: through the first proxy that can be reached, where
 * there is one, then TLS.
 * @param trust asked at each handshake, since the admin may change it
 */
export function createDial(
  trust: () => SecureContext,
  proxyFor: ProxyFor,
  stepMs: number = STEP_MS,
): Dial {
  return async (to) => {
    const ways = await inTime(proxyFor(new URL(addressOf(to))), stepMs);
    let unreachable = new WayError('PROXY_KIND', '-', 'none that can be used');
    for (const proxy of ways) {
      try {
        return await connect(to, proxy, trust, stepMs);
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
  trust: () => SecureContext,
  stepMs: number,
): Promise<Socket> {
  const tunnel =
    proxy === null
      ? undefined
      : await openTunnel({ ...to, proxy, trust: trust(), timeoutMs: stepMs });
  if (to.security.kind === 'none') {
    return tunnel ?? (await ready(connectPlain(to.port, to.host), 'connect', stepMs));
  }
  const socket = startTls(to, to.security.speaks, trust(), tunnel);
  return await secured(socket, to, to.security.speaks, stepMs);
}

function addressOf({ host, port, security }: Destination): string {
  const scheme = security.kind === 'tls' ? 'https' : 'http';
  return `${scheme}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

function startTls(
  { host, port }: Destination,
  speaks: string,
  trust: SecureContext,
  tunnel: Socket | undefined,
): TLSSocket {
  return connectTls({
    host,
    port,
    secureContext: trust,
    ALPNProtocols: [speaks],
    // An address isn't a name that TLS may ask for (RFC 6066 §3).
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(tunnel === undefined ? {} : { socket: tunnel }),
  });
}

async function secured(
  socket: TLSSocket,
  { host }: Destination,
  speaks: string,
  stepMs: number,
): Promise<Socket> {
  await ready(socket, 'secureConnect', stepMs).catch((error: unknown) => {
    throw asWayError(error, host);
  });
  // A server that knows nothing of ALPN speaks HTTP/1.1; C1's speak what was asked for (c1-protocol.md §3.1).
  if (speaks === 'http/1.1' || socket.alpnProtocol === speaks) return socket;
  socket.destroy();
  throw Object.assign(new Error('other protocol'), { code: 'NO_APPLICATION_PROTOCOL' });
}

function ready(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  stepMs: number,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const late = (): void => {
      socket.destroy(tooLate());
    };
    const broken = (error: Error): void => reject(error);
    const cut = (): void => reject(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
    socket.setTimeout(stepMs, late);
    socket.once('error', broken);
    socket.once('close', cut);
    socket.once(event, () => {
      socket.setTimeout(0, late);
      socket.off('timeout', late).off('error', broken).off('close', cut);
      socket.setNoDelay(true).setKeepAlive(true, PROBE_AFTER_MS);
      resolve(socket);
    });
  });
}

/** A system that looks for its proxy may look for long. */
function inTime<T>(work: Promise<T>, stepMs: number): Promise<T> {
  const late = AbortSignal.timeout(stepMs);
  return new Promise((resolve, reject) => {
    late.addEventListener('abort', () => reject(tooLate()), { once: true });
    work.then(resolve, reject);
  });
}

function tooLate(): Error {
  return Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' });
}
