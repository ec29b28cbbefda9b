import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readBounded } from '../../../main/c1/bounded.ts';
import { createNetwork } from '../../../main/network.ts';
import type { FetchRequest } from '../../../main/ports.ts';
import { makeCertificate, type LoopbackCertificate } from '../../sandbox/certificate.ts';

let certificate: LoopbackCertificate;
let server: Server;

beforeAll(async () => {
  certificate = await makeCertificate(Date.now());
  server = createServer(certificate);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function answerBy(listener: Parameters<typeof createServer>[1] & object): void {
  server.removeAllListeners('request').on('request', listener);
}

function portOf(listening: Pick<Server, 'address'>): number {
  return (listening.address() as AddressInfo).port;
}

function fetched(request?: FetchRequest) {
  return createNetwork(certificate.ca).fetch(
    `https://127.0.0.1:${portOf(server)}/path?a=b`,
    request,
  );
}

describe('the network', () => {
  it('trusts an authority that the admin names', async () => {
    answerBy((_request, response) => response.end('hello'));
    expect(await readBounded(await fetched(), 9)).toBe('hello');
  });

  it('trusts no certificate of an authority that nobody named', async () => {
    const address = `https://127.0.0.1:${portOf(server)}/`;
    await expect(createNetwork(undefined).fetch(address)).rejects.toThrow('fetch failed');
  });

  it('reaches a loopback address without TLS too', async () => {
    const plain = createPlainServer((_request, response) => response.end('plain'));
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    onTestFinished(() => void plain.close());
    const answer = await createNetwork(undefined).fetch(`http://127.0.0.1:${portOf(plain)}/`);
    expect(await readBounded(answer, 9)).toBe('plain');
  });
});

describe('what is fetched', () => {
  it('is asked for by method, headers and form as they were given', async () => {
    const seen: unknown[] = [];
    answerBy((request, response) => {
      const { method, url, headers } = request;
      request.setEncoding('utf8').on('data', (body: string) => {
        seen.push({
          method,
          url,
          body,
          type: headers['content-type'],
          agent: headers['user-agent'],
        });
        response.end();
      });
    });
    const headers = {
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      'user-agent': 'ours',
    };
    await fetched({ method: 'POST', headers, body: new URLSearchParams({ 'a b': 'é' }) });
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/path?a=b',
        body: 'a+b=%C3%A9',
        type: 'application/x-www-form-urlencoded;charset=UTF-8',
        agent: 'ours',
      },
    ]);
  });

  it('comes with its status and headers, and is unpacked', async () => {
    answerBy((_request, response) => {
      response.writeHead(418, { 'Content-Encoding': 'gzip', 'X-Two': ['one', 'other'] });
      response.end(gzipSync('unpacked'));
    });
    const answer = await fetched();
    expect(answer).toMatchObject({ status: 418 });
    expect(answer.headers.get('x-two')).toBe('one, other');
    expect(await readBounded(answer, 9)).toBe('unpacked');
  });

  it('isn’t looked for wherever an answer points', async () => {
    answerBy((_request, response) => response.writeHead(307, { Location: '/elsewhere' }).end());
    const { status, headers } = await fetched({ method: 'POST', body: 'secret' });
    expect([status, headers.get('location')]).toEqual([307, '/elsewhere']);
  });

  it('is hung up on when it never ends', async () => {
    const hungUp = new Promise((resolve) => {
      answerBy((_request, response) => {
        const more = (): unknown => response.write('x'.repeat(1024)) && setImmediate(more);
        response.on('drain', more).on('close', resolve);
        more();
      });
    });
    expect(await readBounded(await fetched(), 64 * 1024)).toBe('');
    await hungUp;
  });

  it.each(['before the answer', 'in the middle of it'])(
    'is given up %s for the reason that its signal gives',
    async (when) => {
      const asked = new AbortController();
      const reason = new DOMException('late', 'TimeoutError');
      answerBy((_request, response) => {
        if (when === 'in the middle of it') response.write('half');
        setTimeout(() => asked.abort(reason), 20);
      });
      const reading = fetched({ signal: asked.signal }).then((answer) => readBounded(answer, 9));
      await expect(reading).rejects.toBe(reason);
    },
  );

  it('rejects by what broke when the line does', async () => {
    answerBy((_request, response) => response.write('half', () => response.socket?.destroy()));
    const reading = fetched().then((answer) => readBounded(answer, 9));
    await expect(reading).rejects.toMatchObject({
      name: 'TypeError',
      cause: { code: 'ECONNRESET' },
    });
  });
});
