import { describe, expect, it } from 'vitest';
import { proxiesOf, takeProxyPasswords } from '../../../main/proxies.ts';
import { waysOfSystem } from '../../../main/proxy.ts';

const XERO = new URL('https://api.xero.com');

function wayIn(env: Readonly<Record<string, string>>, system = 'DIRECT') {
  const warned: string[] = [];
  const ofSystem = () => Promise.resolve(waysOfSystem(system));
  const { wayTo } = proxiesOf(env, ofSystem, (event) => warned.push(event));
  return { way: wayTo(XERO), warned };
}

describe('the way that is shown', () => {
  it.each([
    [{}, 'DIRECT', { kind: 'direct' }],
    [{}, 'PROXY office:3128; DIRECT', { kind: 'proxy', proxy: 'office:3128', from: 'system' }],
    [{}, 'SOCKS5 office:1080', { kind: 'unusable' }],
    [
      { HTTPS_PROXY: 'http://ana:pass@office' },
      'PROXY other:1',
      { kind: 'proxy', proxy: 'office:80', from: 'environment' },
    ],
    [{ HTTPS_PROXY: 'http://office:3128', NO_PROXY: 'xero.com' }, 'PROXY x:1', { kind: 'direct' }],
  ])('in the environment %j with the settings %s is %j', async (env, system, way) => {
    expect(await wayIn(env, system).way).toEqual(way);
  });

  it('is the system’s where the environment names none that can be used, and that is logged', async () => {
    const { way, warned } = wayIn({ HTTPS_PROXY: 'ftp://office' }, 'PROXY office:1');
    expect(await way).toEqual({ kind: 'proxy', proxy: 'office:1', from: 'system' });
    expect(warned).toEqual(['proxy.unusable']);
  });
});

describe('the passwords of proxies', () => {
  it('leave the environment, and stay with what took them', () => {
    const env = {
      HTTPS_PROXY: 'http://ana:pass@office:3128',
      http_proxy: 'ana:pass@office:3128',
      ALL_PROXY: 'socks5://ana:pass@office:1080',
      FTP_PROXY: 'http://plain:3128',
      NO_PROXY: 'localhost',
      Rsync_Proxy: 'ana:pass@of fice',
      PATH: '/bin',
    };
    const before = { ...env };
    expect(takeProxyPasswords(env)).toEqual(before);
    expect(env).toEqual({
      HTTPS_PROXY: 'http://office:3128',
      http_proxy: 'http://office:3128',
      ALL_PROXY: 'socks5://office:1080',
      FTP_PROXY: 'http://plain:3128',
      NO_PROXY: 'localhost',
      PATH: '/bin',
    });
  });
});
