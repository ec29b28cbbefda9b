import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDial } from '../../../main/dial.ts';
import { createNetwork } from '../../../main/network.ts';
import { noProxy } from '../../../main/proxy.ts';
import { createTrust } from '../../../main/trust.ts';
import { makeCertificate, type LoopbackCertificate } from '../../sandbox/certificate.ts';
import { CALLERS, callersTo, startTwoClouds, type CallerName, type Odd } from './two-clouds.ts';

let certificate: LoopbackCertificate;
const closing: (() => void)[] = [];

beforeAll(async () => {
  certificate = await makeCertificate(Date.now());
});
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

async function start(options: object = {}, odd?: Odd) {
  const clouds = await startTwoClouds({ ...certificate, ...options }, odd);
  const { callers, close } = callersTo(clouds.host, createNetwork(certificate.ca));
  closing.push(clouds.close, close);
  return { clouds, callers };
}

describe('a redirect', () => {
  it.each<[CallerName, string]>([
    ['Xero OAuth', '/connect/token'],
    ['xero-node', '/api.xro/2.0/Users'],
    ['Xero connections', '/connections'],
    ['C1 OAuth', '/auth/v1/token'],
    ['C1 gRPC', '/c1.connectorapi.baton.v1.BatonService/GetTask'],
  ])('isn’t followed by %s, which has a token or an assertion in hand', async (name, path) => {
    for (const status of [302, 307]) {
      const elsewhere = await start();
      const headers = { location: `https://${elsewhere.clouds.host}/elsewhere` };
      const { callers, clouds } = await start({}, (asked) =>
        asked === path ? { status, headers } : undefined,
      );
      expect(await callers[name](), String(status)).toMatchObject({
        code: expect.any(String) as string,
      });
      expect(clouds.asked).toContain(path);
      expect(elsewhere.clouds.asked).toEqual([]);
    }
  });
});

describe.each(CALLERS)('%s', (name) => {
  it('speaks TLS 1.2', async () => {
    const { callers } = await start({ maxVersion: 'TLSv1.2' });
    expect(await callers[name]()).toBeNull();
  });

  it('speaks no TLS older than 1.2', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' };
    const { callers, clouds } = await start(old);
    expect(await callers[name]()).toMatchObject({
      code: expect.stringMatching(/Unreachable$/) as string,
    });
    expect(clouds.asked).toEqual([]);
  });

  it('tells of a certificate that ran out as one that the clock may be the reason for', async () => {
    const month = 31 * 24 * 3_600_000;
    const old = await makeCertificate(Date.now() - month);
    const clouds = await startTwoClouds(old);
    const { callers, close } = callersTo(clouds.host, createNetwork(old.ca));
    closing.push(clouds.close, close);
    expect(await callers[name]()).toMatchObject({
      code: 'certificateUntrusted',
      message: expect.stringContaining('clock') as string,
    });
  });
});

describe('a way that leads nowhere', () => {
  const SOON = 50;
  const trust = createTrust([]);
  const to = (port: number, plain: boolean) => ({
    host: '127.0.0.1',
    port,
    security: plain ? ({ kind: 'none' } as const) : ({ kind: 'tls', speaks: 'h2' } as const),
  });

  /** Takes connections, and says nothing. */
  async function startMute(): Promise<number> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  it('because the server doesn’t answer TLS is given up on', async () => {
    const dial = createDial(() => trust, noProxy, SOON);
    await expect(dial(to(await startMute(), false))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  it.each([true, false])('because the proxy doesn’t answer is given up on', async (plain) => {
    const proxy = `http://127.0.0.1:${await startMute()}`;
    const dial = createDial(
      () => trust,
      () => Promise.resolve([proxy]),
      SOON,
    );
    await expect(dial(to(443, plain))).rejects.toMatchObject({
      code: 'PROXY_UNREACHABLE',
      message: `PROXY_UNREACHABLE ${new URL(proxy).host} ETIMEDOUT`,
    });
  });

  it('because the system never says which proxy to use is given up on', async () => {
    const dial = createDial(
      () => trust,
      () => new Promise(() => undefined),
      SOON,
    );
    await expect(dial(to(443, false))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });
});
