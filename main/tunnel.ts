import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';

/** Why a proxy didn't let us through; the messages hold no address, which may carry a password. */
export class ProxyError extends Error {
  readonly code: 'PROXY_SIGN_IN' | 'PROXY_REFUSED' | 'PROXY_UNREACHABLE';

  constructor(code: ProxyError['code'], detail: string) {
    super(`${code} ${detail}`);
    this.code = code;
  }
}

export interface Tunnel {
  /** `http[s]://[user:password@]host[:port]` */
  readonly proxy: string;
  readonly host: string;
  readonly port: number;
  readonly trust: SecureContext;
  readonly timeoutMs: number;
}

/** Asks a proxy for a tunnel (CONNECT, RFC 9110 §9.3.6), with basic auth from its address. */
export function openTunnel({ proxy, host, port, trust, timeoutMs }: Tunnel): Promise<Socket> {
  const address = new URL(proxy);
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const request = address.protocol === 'https:' ? requestHttps : requestHttp;
  const options = {
    method: 'CONNECT',
    host: address.hostname.replace(/^\[|\]$/g, ''),
    port: address.port === '' ? (address.protocol === 'https:' ? 443 : 80) : address.port,
    path: target,
    headers: { host: target, ...authorization(address) },
    agent: false,
    timeout: timeoutMs,
    secureContext: trust,
  } as const;
  return new Promise((resolve, reject) => {
    const asked = request(options);
    asked.on('timeout', () => asked.destroy(new ProxyError('PROXY_UNREACHABLE', 'no answer')));
    asked.on('error', (error) => reject(error instanceof ProxyError ? error : unreachable(error)));
    // Node hands the socket out whatever the status is.
    asked.on('connect', (answer, socket: Socket, early) => {
      if (answer.statusCode === 200) {
        socket.setTimeout(0);
        if (early.length > 0) socket.unshift(early);
        return resolve(socket);
      }
      socket.destroy();
      reject(refused(answer));
    });
    asked.on('response', (answer) => {
      asked.destroy();
      reject(refused(answer));
    });
    asked.end();
  });
}

function authorization({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function refused({ statusCode = 0 }: IncomingMessage): ProxyError {
  const code = statusCode === 407 ? 'PROXY_SIGN_IN' : 'PROXY_REFUSED';
  return new ProxyError(code, `HTTP ${statusCode}`);
}

function unreachable(error: Error): ProxyError {
  const detail = 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
  return new ProxyError('PROXY_UNREACHABLE', detail);
}
