import { expect, it, onTestFinished } from 'vitest';
import { startConnectProxy } from '../sandbox/connect-proxy.ts';
import { openTerminal, type Environment, type Terminal } from './command-line.ts';

const PASSWORD = 'a-password-of-the-proxy';

async function openBehindProxy() {
  const terminal = await openTerminal();
  const proxy = await startConnectProxy('ana', PASSWORD);
  onTestFinished(() => proxy.close());
  const { host } = terminal.sandbox.c1;
  const check = (env: Environment) => terminal.run(['check'], { ...everything(terminal), ...env });
  return { proxy, host, check };
}

function everything({ customConnection, c1 }: Terminal): Environment {
  return { ...customConnection, ...c1, NO_PROXY: '<-loopback>' };
}

it.each(['HTTPS_PROXY', 'https_proxy'])(
  'the command line reaches C1 through the proxy of %s',
  async (name) => {
    const { proxy, host, check } = await openBehindProxy();
    expect(await check({ [name]: `http://ana:${PASSWORD}@${proxy.host}` })).toMatchObject({
      code: 0,
    });
    expect(proxy.tunnels).toContain(host);
  },
);

it('a proxy that refuses the password is named, the password isn’t, and the exit code is that for unreachable', async () => {
  const { proxy, check } = await openBehindProxy();
  const ended = await check({ HTTPS_PROXY: `http://ana:not-${PASSWORD}@${proxy.host}` });
  expect(ended.code).toBe(14);
  expect(ended.stderr).toContain(`The proxy ${proxy.host} asks for a user name and password`);
  expect(ended.stderr + ended.stdout).not.toContain(PASSWORD);
  expect(proxy.tunnels).toEqual([]);
});

it('an address that is no proxy’s is a wrong use, and isn’t repeated', async () => {
  const { check } = await openBehindProxy();
  const ended = await check({ HTTPS_PROXY: `socks5://ana:${PASSWORD}@localhost:1080` });
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('HTTPS_PROXY isn’t the address of a proxy');
  expect(ended.stderr).not.toContain(PASSWORD);
});
