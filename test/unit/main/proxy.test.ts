import { describe, expect, it } from 'vitest';
import { proxyFromEnvironment, waysOfSystem, type Way } from '../../../main/proxy.ts';

const PROXY = 'http://proxy:3128';

async function proxyOf(address: string, env: Readonly<Record<string, string>>) {
  const made = proxyFromEnvironment(env);
  if (!made.ok) throw new Error(made.failure.message);
  const ways = await made.value(new URL(address));
  expect(ways).toHaveLength(1);
  return ways[0];
}

describe('the proxy of the environment', () => {
  it.each<[string, Readonly<Record<string, string>>, string | null]>([
    ['https://acme.conductor.one/', {}, null],
    ['https://acme.conductor.one/', { HTTPS_PROXY: PROXY }, PROXY],
    ['https://acme.conductor.one/', { https_proxy: PROXY }, PROXY],
    ['https://acme.conductor.one/', { HTTPS_PROXY: ' ', https_proxy: PROXY }, PROXY],
    ['https://acme.conductor.one/', { HTTPS_PROXY: 'proxy:3128' }, PROXY],
    ['https://acme.conductor.one/', { HTTP_PROXY: PROXY }, null],
    ['http://gateway.acme/', { HTTP_PROXY: PROXY }, PROXY],
    ['http://gateway.acme/', { HTTPS_PROXY: PROXY }, null],
    ['https://localhost:5000/', { HTTPS_PROXY: PROXY }, null],
    ['https://127.0.0.1/', { HTTPS_PROXY: PROXY }, null],
    ['https://[::1]:5000/', { HTTPS_PROXY: PROXY }, null],
    ['https://127.evil.example/', { HTTPS_PROXY: PROXY }, PROXY],
    ['https://localhost:5000/', { HTTPS_PROXY: PROXY, NO_PROXY: '<-loopback>' }, PROXY],
    [
      'https://[2001:db8::1]/',
      { HTTPS_PROXY: 'http://[2001:db8::2]:3128' },
      'http://[2001:db8::2]:3128',
    ],
  ])('for %s with %j is %j', async (address, env, proxy) => {
    expect(await proxyOf(address, env)).toBe(proxy);
  });

  it.each<[string, string, boolean]>([
    ['*', 'https://api.xero.com/', true],
    ['xero.com', 'https://xero.com/', true],
    ['xero.com', 'https://api.xero.com/', true],
    ['xero.com', 'https://notxero.com/', false],
    ['XERO.COM', 'https://api.xero.com/', true],
    ['.xero.com', 'https://api.xero.com/', true],
    ['.xero.com', 'https://xero.com/', false],
    ['*.xero.com', 'https://api.xero.com/', true],
    ['other.test, xero.com', 'https://api.xero.com/', true],
    ['xero.com:8443', 'https://api.xero.com/', false],
    ['xero.com:443', 'https://api.xero.com/', true],
    ['xero.com:8443', 'https://api.xero.com:8443/', true],
    ['10.0.0.0/8', 'https://10.1.2.3/', true],
    ['10.0.0.0/8', 'https://11.1.2.3/', false],
    ['192.168.1.1', 'https://192.168.1.1/', true],
    ['2001:db8::1', 'https://[2001:db8::1]/', true],
    ['[2001:db8::1]:8443', 'https://[2001:db8::1]:8443/', true],
    ['2001:db8::/32', 'https://[2001:db8::1]/', true],
    [',, ', 'https://api.xero.com/', false],
  ])('with the exceptions %j: whether %s is one is %j', async (exceptions, address, excepted) => {
    const proxy = await proxyOf(address, { HTTPS_PROXY: PROXY, NO_PROXY: exceptions });
    expect(proxy).toBe(excepted ? null : PROXY);
  });

  it.each([
    'socks5://proxy:1080',
    'http://',
    'http://user:secret@ho st',
    'http://user:secret%@host',
  ])('that is %j can’t be used, and its password isn’t repeated', (value) => {
    const made = proxyFromEnvironment({ HTTPS_PROXY: value });
    expect(made).toMatchObject({ ok: false, failure: { code: 'usage' } });
    expect(JSON.stringify(made)).not.toContain('secret');
  });

  it('leaves to the system what it doesn’t name', async () => {
    const made = proxyFromEnvironment({ NO_PROXY: 'xero.com' }, () =>
      Promise.resolve([PROXY, null]),
    );
    if (!made.ok) throw new Error(made.failure.message);
    expect(await made.value(new URL('https://acme.conductor.one/'))).toEqual([PROXY, null]);
    expect(await made.value(new URL('https://api.xero.com/'))).toEqual([null]);
  });
});

it.each<[string, readonly Way[]]>([
  ['DIRECT', [null]],
  ['', [null]],
  ['PROXY one:3128; DIRECT', ['http://one:3128', null]],
  ['PROXY one:3128; HTTPS two:443;', ['http://one:3128', 'https://two:443']],
  ['HTTP one:3128', ['http://one:3128']],
  ['SOCKS5 one:1080; PROXY two:3128', ['http://two:3128']],
  ['SOCKS one:1080; SOCKS4 two:1080', []],
  ['QUIC one:443', []],
  ['DIRECT; PROXY one:3128', [null, 'http://one:3128']],
  ['proxy  one:3128', ['http://one:3128']],
  ['PROXY [2001:db8::2]:3128', ['http://[2001:db8::2]:3128']],
])('the system’s answer %j means %j', (answer, ways) => {
  expect(waysOfSystem(answer)).toEqual(ways);
});
