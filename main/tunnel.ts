import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { WayError } from './way-error.ts';

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
    asked.on('timeout', () => asked.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    asked.on('error', (error) => reject(unreachable(address.host, error)));
    // Node hands the socket out whatever the status is.
    asked.on('connect', (answer, socket: Socket, early) => {
      const { statusCode = 0 } = answer;
      if (statusCode >= 200 && statusCode < 300) {
        socket.setTimeout(0);
        if (early.length > 0) socket.unshift(early);
        return resolve(socket);
      }
      socket.destroy();
      reject(refused(address.host, answer));
    });
    asked.on('response', (answer) => {
      asked.destroy();
      reject(refused(address.host, answer));
    });
    asked.end();
  });
}

function authorization({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function refused(proxy: string, { statusCode = 0 }: IncomingMessage): WayError {
  const code = statusCode === 407 ? 'PROXY_SIGN_IN' : 'PROXY_REFUSED';
  return new WayError(code, proxy, `HTTP ${statusCode}`);
}

function unreachable(proxy: string, error: Error): WayError {
  const detail = 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
  return new WayError('PROXY_UNREACHABLE', proxy, detail);
}
