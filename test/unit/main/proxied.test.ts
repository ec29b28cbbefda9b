import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openConnection } from '../../../main/c1/connection.ts';
import { createNetwork } from '../../../main/network.ts';
import { proxyFromEnvironment } from '../../../main/proxy.ts';
import { XeroApi } from '../../../main/xero/api.ts';
import { failureOfAnswer } from '../../../main/xero/failures.ts';
import { failureOfNetwork } from '../../../main/c1/errors.ts';
import { makeCertificate } from '../../sandbox/certificate.ts';
import { startConnectProxy, type ConnectProxy } from '../../sandbox/connect-proxy.ts';
import { FakeC1, makeClient } from '../c1/fake-c1.ts';
import { FakeClock } from '../fake-clock.ts';

const USER = 'ana@acme';
const PASSWORD = 'p:ss/wörd';
const TENANT = 'f6a02c92-0a86-4a0c-a2d8-000000000001';

let proxy: ConnectProxy;
let ca: string;
let host: string;
const closing: (() => Promise<void> | void)[] = [];

/** One server that is Xero over HTTP/1.1, and C1 over HTTP/2. */
beforeAll(async () => {
  const certificate = await makeCertificate(Date.now());
  ca = certificate.ca;
  const gRPC = connectNodeAdapter({ routes: new FakeC1().routes });
  const server = createSecureServer(
    { key: certificate.key, cert: certificate.cert, allowHTTP1: true },
    (request, response) => {
      if (request.httpVersionMajor === 2) return gRPC(request, response);
      response.setHeader('Content-Type', 'application/json');
      response.end('{"Users":[]}');
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  closing.push(() => void server.close());
});
beforeEach(async () => {
  proxy = await startConnectProxy(USER, PASSWORD);
  closing.push(proxy.close);
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

function waysOut(pair: string, exceptions: string) {
  const env = { HTTPS_PROXY: `http://${pair}${proxy.host}`, NO_PROXY: exceptions };
  const made = proxyFromEnvironment(env);
  if (!made.ok) throw new Error(made.failure.message);
  const network = createNetwork(ca, made.value);
  const root = `https://${host}`;
  const endpoints = { xeroApi: root, xeroIdentity: root, xeroLogin: root, c1ApiHost: undefined };
  const connection = openConnection(host, network.dial);
  closing.push(() => connection.close());
  const { signal } = new AbortController();
  return {
    fetched: async (): Promise<unknown> => await (await network.fetch(root)).json(),
    users: () => new XeroApi(endpoints, network).users(TENANT, { accessToken: 't', signal }),
    polled: () => makeClient(connection, new FakeClock()).getTask(),
  };
}

const signedIn = (): string => `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}@`;

it('OAuth, xero-node and gRPC all go through the proxy, with its user and password', async () => {
  const { fetched, users, polled } = waysOut(signedIn(), '<-loopback>');
  expect(await fetched()).toEqual({ Users: [] });
  expect(proxy.tunnels).toEqual([host]);
  expect(await users()).toMatchObject({ status: 200, body: { Users: [] } });
  expect(proxy.tunnels).toEqual([host, host]);
  expect(await polled()).toMatchObject({ ok: true });
  expect(proxy.tunnels).toEqual([host, host, host]);
});

it('none of them goes through it to a host that is excepted', async () => {
  const { fetched, users, polled } = waysOut(signedIn(), '<-loopback>,127.0.0.0/8');
  expect(await fetched()).toEqual({ Users: [] });
  expect(await users()).toMatchObject({ status: 200 });
  expect(await polled()).toMatchObject({ ok: true });
  expect(proxy.tunnels).toEqual([]);
});

it.each(['', 'ana:wrong-password@'])(
  'a proxy that wants another user than %j is told as such, without the password',
  async (pair) => {
    const { fetched, users, polled } = waysOut(pair, '<-loopback>');
    const fetching = await fetched().then(
      () => undefined,
      (error: unknown) => failureOfNetwork(error),
    );
    const reading = failureOfAnswer(await users(), 'Xero', 0);
    const polling = await polled();
    for (const failure of [fetching, reading, polling.ok ? undefined : polling.failure]) {
      expect(failure).toMatchObject({
        code: 'proxySignInNeeded',
        next: 'tryAgain',
        message: expect.stringContaining('asks for a user name and password') as string,
      });
      expect(JSON.stringify(failure)).not.toContain('wrong-password');
    }
    expect(proxy.tunnels).toEqual([]);
  },
);

it('a proxy that isn’t there is told as such', async () => {
  const { polled } = waysOut(signedIn(), '<-loopback>');
  await proxy.close();
  closing.splice(closing.indexOf(proxy.close), 1);
  expect(await polled()).toMatchObject({
    failure: { code: 'proxyFailed', detail: 'PROXY_UNREACHABLE ECONNREFUSED' },
  });
});
