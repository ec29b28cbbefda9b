import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork } from '../../../main/network.ts';
import { proxyFromEnvironment, waysOfSystem, type ProxyFor } from '../../../main/proxy.ts';
import { makeCertificate, type LoopbackCertificate } from '../../sandbox/certificate.ts';
import { startConnectProxy, type ConnectProxy } from '../../sandbox/connect-proxy.ts';
import { valueOf } from '../results.ts';
import { CALLERS, callersTo, startTwoClouds, type TwoClouds } from './two-clouds.ts';

const USER = 'ana@acme';
const PASSWORD = 'p:ss/wörd';
const PAIR = `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}@`;
/** Tests run on loopback, which no proxy is asked for otherwise. */
const LOOPBACK_TOO = '<-loopback>';

let certificate: LoopbackCertificate;
let clouds: TwoClouds;
const closing: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  certificate = await makeCertificate(Date.now());
  clouds = await startTwoClouds(certificate);
  return () => clouds.close();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startProxy(secure?: LoopbackCertificate): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(USER, PASSWORD, secure);
  closing.push(proxy.close);
  return proxy;
}

function through(proxyFor: ProxyFor) {
  const opened = callersTo(clouds.host, createNetwork(certificate.ca, proxyFor));
  closing.push(opened.close);
  return opened.callers;
}

function throughEnvironment(env: Readonly<Record<string, string>>) {
  return through(valueOf(proxyFromEnvironment(env)));
}

describe.each(CALLERS)('%s', (name) => {
  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'goes through the proxy of %s, with its user and password',
    async (variable) => {
      const proxy = await startProxy();
      const env = { [variable]: `http://${PAIR}${proxy.host}`, NO_PROXY: LOOPBACK_TOO };
      expect(await throughEnvironment(env)[name]()).toBeNull();
      expect(new Set(proxy.tunnels)).toEqual(new Set([clouds.host]));
    },
  );

  it('goes through a proxy that is spoken to over TLS', async () => {
    const proxy = await startProxy(certificate);
    const env = { HTTPS_PROXY: `https://${PAIR}${proxy.host}`, NO_PROXY: LOOPBACK_TOO };
    expect(await throughEnvironment(env)[name]()).toBeNull();
    expect(new Set(proxy.tunnels)).toEqual(new Set([clouds.host]));
  });

  it.each(['127.0.0.0/8', '127.0.0.1', '*'])(
    'goes past it to what NO_PROXY excepts: %s',
    async (each) => {
      const proxy = await startProxy();
      const env = { HTTPS_PROXY: `http://${proxy.host}`, no_proxy: `${LOOPBACK_TOO}, ${each}` };
      expect(await throughEnvironment(env)[name]()).toBeNull();
      expect(proxy.tunnels).toEqual([]);
    },
  );

  it.each(['', 'ana:wrong-password@'])(
    'tells of a proxy that wants another user than %j, by its name, and how to mend it',
    async (pair) => {
      const proxy = await startProxy();
      const env = { HTTPS_PROXY: `http://${pair}${proxy.host}`, NO_PROXY: LOOPBACK_TOO };
      const failure = await throughEnvironment(env)[name]();
      expect(failure).toMatchObject({ code: 'proxySignInNeeded', next: 'tryAgain' });
      expect(failure?.message).toContain(`The proxy ${proxy.host} asks for a user name`);
      expect(failure?.message).toContain(`Set HTTPS_PROXY to http://user:password@${proxy.host}`);
      expect(JSON.stringify(failure)).not.toContain('wrong-password');
      expect(proxy.tunnels).toEqual([]);
    },
  );

  it('tells of a proxy that isn’t there, by its name', async () => {
    const gone = await startConnectProxy(USER, PASSWORD);
    await gone.close();
    const env = { HTTPS_PROXY: `http://${PAIR}${gone.host}`, NO_PROXY: LOOPBACK_TOO };
    const failure = await throughEnvironment(env)[name]();
    expect(failure).toMatchObject({ code: 'proxyFailed' });
    expect(failure?.message).toContain(`The proxy ${gone.host} can’t be reached`);
    expect(JSON.stringify(failure)).not.toContain(encodeURIComponent(PASSWORD));
  });

  it('takes the system’s next way when the first can’t be reached', async () => {
    const [gone, proxy] = [await startConnectProxy(USER, PASSWORD), await startProxy()];
    await gone.close();
    const answer = `PROXY ${gone.host}; SOCKS5 ${gone.host}; PROXY ${PAIR}${proxy.host}; DIRECT`;
    expect(await through(() => Promise.resolve(waysOfSystem(answer)))[name]()).toBeNull();
    expect(new Set(proxy.tunnels)).toEqual(new Set([clouds.host]));
  });

  it('tells when the system names none but SOCKS proxies, and goes past none of them', async () => {
    const ways = waysOfSystem('SOCKS5 127.0.0.1:1080; SOCKS 127.0.0.1:1081');
    const before = clouds.asked.length;
    expect(await through(() => Promise.resolve(ways))[name]()).toMatchObject({
      code: 'proxyFailed',
      message: expect.stringContaining('SOCKS') as string,
    });
    expect(clouds.asked).toHaveLength(before);
  });
});

it('a proxy that inspects what is sent is as good as its certificate authority is trusted', async () => {
  const proxy = await startProxy();
  const own = await makeCertificate(Date.now());
  const opened = valueOf(
    proxyFromEnvironment({ HTTPS_PROXY: `http://${PAIR}${proxy.host}`, NO_PROXY: LOOPBACK_TOO }),
  );
  const network = createNetwork(own.ca, opened);
  const { callers, close } = callersTo(clouds.host, network);
  closing.push(close);
  for (const name of CALLERS) {
    expect(await callers[name](), name).toMatchObject({
      code: 'certificateUntrusted',
      next: 'chooseCaFile',
      message: expect.stringContaining('127.0.0.1') as string,
    });
  }
  network.trustAlso(certificate.ca);
  for (const name of CALLERS) expect(await callers[name](), name).toBeNull();
  network.trustAlso(undefined);
  expect(await callers['xero-node']()).toMatchObject({ code: 'certificateUntrusted' });
});
