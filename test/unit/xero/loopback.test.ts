import { request, type IncomingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Loopback } from '../../../main/xero/loopback.ts';
import { failureOf, valueOf } from '../results.ts';
import { ADDRESSES, freePort, hold, portOf, release } from './ports.ts';

const STATE = 'the-right-state';

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a browser, or another program, gets at this target. */
function ask(
  port: number,
  target: string,
  options: { method?: string; host?: string; address?: string } = {},
): Promise<Got> {
  const { method = 'GET', host = `localhost:${port}`, address = '127.0.0.1' } = options;
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: address, port, path: target, method, headers: { host }, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

const opened: Loopback[] = [];
afterEach(() => {
  for (const loopback of opened.splice(0)) loopback.close();
});

/** A listener that waits for `STATE`. */
async function listening() {
  const port = await freePort();
  let strays = 0;
  const loopback = valueOf(await Loopback.open({ ports: [port], onStray: () => (strays += 1) }));
  opened.push(loopback);
  const answered: URL[] = [];
  const answer = loopback.answer(STATE);
  void answer.then(({ url, reply }) => {
    answered.push(url);
    reply({ tone: 'good', title: 'Signed in to Xero', text: 'You can close this tab.' });
  });
  return { port, loopback, answered, answer, strays: () => strays };
}

describe('the listener for Xero’s answer', () => {
  it('delivers the answer that carries the right state, and shows the page', async () => {
    const { port, loopback, answered } = await listening();
    expect(loopback.redirectUri).toBe(`http://localhost:${port}/callback`);
    const got = await ask(port, `/callback?code=the-code&state=${STATE}`);
    expect(got.status).toBe(200);
    expect(got.body).toContain('Signed in to Xero');
    expect(answered.map(({ href }) => href)).toEqual([
      `http://localhost:${port}/callback?code=the-code&state=${STATE}`,
    ]);
  });

  it.each(ADDRESSES)('is reached on %s', async (address) => {
    const { port, answered } = await listening();
    const got = await ask(port, `/callback?code=c&state=${STATE}`, { address });
    expect(got.status).toBe(200);
    expect(answered).toHaveLength(1);
  });

  it('has its page kept by nobody, run nothing and lead nowhere', async () => {
    const { port } = await listening();
    const { headers, body } = await ask(port, `/callback?code=c&state=${STATE}`);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+={0,2}'; /);
    expect(policy).toContain("form-action 'none'; frame-ancestors 'none'");
    expect(body).not.toMatch(/<script|href=|src=/);
  });

  it.each([
    ['wrong', '?code=c&state=another'],
    ['missing', '?code=c'],
    ['empty', '?code=c&state='],
    ['longer than the right one', `?code=c&state=${STATE}x`],
  ])('ignores an answer whose state is %s, and goes on waiting', async (_what, query) => {
    const { port, answered, strays } = await listening();
    const stray = await ask(port, `/callback${query}`);
    expect(stray.status).toBe(400);
    expect(stray.body).toContain('doesn’t belong to this sign-in');
    expect(answered).toEqual([]);
    expect(strays()).toBe(1);
    await ask(port, `/callback?code=c&state=${STATE}`);
    expect(answered).toHaveLength(1);
  });

  it('takes an answer once: the same again is told that it was used', async () => {
    const { port, answered, strays } = await listening();
    await ask(port, `/callback?code=c&state=${STATE}`);
    const again = await ask(port, `/callback?code=c&state=${STATE}`);
    expect(again.status).toBe(400);
    expect(again.body).toContain('was used already');
    expect(answered).toHaveLength(1);
    expect(strays()).toBe(0);
  });

  it('doesn’t echo what stands in the query', async () => {
    const { port } = await listening();
    const script = encodeURIComponent('<script>alert(1)</script>');
    const got = await ask(port, `/callback?error=${script}&state=${script}`);
    expect(got.body).not.toMatch(/alert|script/);
  });

  it.each([
    ['another path', '/', 404],
    ['a path below', `/callback/?state=${STATE}`, 404],
    ['a path that only ends so', `/x/callback?state=${STATE}`, 404],
    ['an address of another host', `//elsewhere/callback?state=${STATE}`, 404],
    ['a whole address', `http://elsewhere/callback?state=${STATE}`, 404],
    ['an address that is none', '//', 404],
    ['an address without a slash', '*', 404],
  ])('refuses %s, and lives on', async (_what, target, status) => {
    const { port, answered } = await listening();
    expect((await ask(port, target)).status).toBe(status);
    expect(answered).toEqual([]);
    expect((await ask(port, `/callback?code=c&state=${STATE}`)).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('refuses %s', async (method) => {
    const { port, answered } = await listening();
    expect((await ask(port, `/callback?state=${STATE}`, { method })).status).toBe(405);
    expect(answered).toEqual([]);
  });

  it.each(['evil.example', 'localhost', '127.0.0.1:21741'])(
    'refuses the Host %s, under which a foreign page may reach it',
    async (host) => {
      const { port, answered, strays } = await listening();
      const got = await ask(port, `/callback?code=c&state=${STATE}`, { host });
      expect(got.status).toBe(421);
      expect(answered).toEqual([]);
      expect(strays()).toBe(0);
    },
  );

  it('frees its port when it closes', async () => {
    const { port, loopback } = await listening();
    loopback.close();
    for (const address of ADDRESSES) await release(await hold(port, address));
  });
});

describe('choosing a port', () => {
  it.each(ADDRESSES)('passes over one that another program holds on %s alone', async (address) => {
    const first = await freePort();
    const other = await hold(first, address);
    const second = await freePort();
    try {
      const ports = [first, second];
      const loopback = valueOf(await Loopback.open({ ports, onStray: () => undefined }));
      opened.push(loopback);
      expect(loopback.redirectUri).toBe(`http://localhost:${second}/callback`);
      // Nothing of ours stays on the port that we passed over.
      for (const each of ADDRESSES.filter((one) => one !== address)) {
        await release(await hold(first, each));
      }
    } finally {
      await release(other);
    }
  });

  it('fails with the ports named when all are taken', async () => {
    const others = [await hold(0, '127.0.0.1'), await hold(0, '127.0.0.1')];
    const ports = others.map(portOf);
    try {
      const failure = failureOf(await Loopback.open({ ports, onStray: () => undefined }));
      expect(failure).toMatchObject({ code: 'portsTaken', next: 'freePorts' });
      expect(failure.message).toContain(ports.join(', '));
    } finally {
      await Promise.all(others.map(release));
    }
  });
});
