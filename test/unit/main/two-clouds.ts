import { once } from 'node:events';
import { createSecureServer, type SecureServerOptions } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { openConnection } from '../../../main/c1/connection.ts';
import { TokenSource } from '../../../main/c1/token-source.ts';
import type { Network } from '../../../main/ports.ts';
import { XeroApi } from '../../../main/xero/api.ts';
import { failureOfAnswer } from '../../../main/xero/failures.ts';
import { XeroIdentity } from '../../../main/xero/identity.ts';
import type { Failure, Result } from '../../../shared/errors.ts';
import { makeCredential, makeKey, makeSecret } from '../c1/credentials.ts';
import { FakeC1, makeClient } from '../c1/fake-c1.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';

const TENANT = 'f6a02c92-0a86-4a0c-a2d8-000000000001';

/** What a server answers over HTTP/1.1: a status with its headers, or undefined for the usual answer. */
export type Odd = (path: string) => { status: number; headers: Record<string, string> } | undefined;

export interface TwoClouds {
  /** host:port */
  readonly host: string;
  /** Every path asked for over HTTP/1.1, and every gRPC call, in order. */
  readonly asked: readonly string[];
  readonly close: () => void;
}

/** One TLS server that is Xero over HTTP/1.1, and C1 over HTTP/2. */
export async function startTwoClouds(
  options: SecureServerOptions,
  odd: Odd = () => undefined,
): Promise<TwoClouds> {
  const asked: string[] = [];
  const gRPC = connectNodeAdapter({ routes: new FakeC1().routes });
  let host = '';
  const server = createSecureServer({ ...options, allowHTTP1: true }, (request, response) => {
    const path = request.url;
    asked.push(path);
    const strange = odd(path);
    if (strange !== undefined) {
      response.writeHead(strange.status, strange.headers).end();
    } else if (request.httpVersionMajor === 2) {
      gRPC(request, response);
    } else {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(answerTo(path, `https://${host}`)));
    }
  });
  server.on('session', (session) => session.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, asked, close: () => void server.close() };
}

function answerTo(path: string, root: string): object {
  if (path === '/.well-known/openid-configuration') {
    return { issuer: root, token_endpoint: `${root}/connect/token` };
  }
  if (path === '/connect/token') {
    return { access_token: 'x', token_type: 'Bearer', refresh_token: 'y', expires_in: 1800 };
  }
  if (path === '/auth/v1/token') return { access_token: 'c', token_type: 'Bearer' };
  return path === '/connections' ? [] : { Users: [] };
}

/** Each way in which the product calls out, by name; resolves with the failure, or null when it went well. */
export type Callers = Readonly<Record<CallerName, () => Promise<Failure | null>>>;
export type CallerName = 'Xero OAuth' | 'xero-node' | 'Xero connections' | 'C1 OAuth' | 'C1 gRPC';
export const CALLERS: readonly CallerName[] = [
  'Xero OAuth',
  'xero-node',
  'Xero connections',
  'C1 OAuth',
  'C1 gRPC',
];

/** All that the product calls, at this host over this network; `close` hangs up. */
export function callersTo(
  host: string,
  network: Network,
): { readonly callers: Callers; readonly close: () => void } {
  const root = `https://${host}`;
  const endpoints = { xeroApi: root, xeroIdentity: root, xeroLogin: root, c1ApiHost: undefined };
  const clock = new FakeClock();
  const connection = openConnection(host, network.dial);
  const client = makeClient(connection, clock);
  const app = { kind: 'desktop', clientId: 'A'.repeat(32) } as const;
  const identity = new XeroIdentity(app, { endpoints, network, clock });
  const api = new XeroApi(endpoints, network);
  const call = { accessToken: 'access-token', signal: new AbortController().signal };
  const read = async (answer: ReturnType<typeof api.users>): Promise<Failure | null> => {
    const answered = await answer;
    return answered.status === 200 ? null : failureOfAnswer(answered, 'Xero', 0);
  };
  const tokens = new TokenSource({
    credential: makeCredential(`otter@${host}/ccc`, makeSecret(makeKey())),
    network,
    clock,
    random: steady,
    log: new KeptLog(),
    apiHost: undefined,
    userAgent: 'c1-xero/0.1.0',
  });
  return {
    callers: {
      'Xero OAuth': () => failureIn(identity.refresh('refresh-token')),
      'xero-node': () => read(api.users(TENANT, call)),
      'Xero connections': () => read(api.connections(call)),
      'C1 OAuth': () => failureIn(tokens.authorization()),
      'C1 gRPC': () => failureIn(client.getTask()),
    },
    close: () => connection.close(),
  };
}

async function failureIn(work: Promise<Result<unknown>>): Promise<Failure | null> {
  const result = await work;
  return result.ok ? null : result.failure;
}
