import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerHttp2Session } from 'node:http2';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type LoopbackCertificate } from '../../sandbox/certificate.ts';
import type { C1Client } from '../../../main/c1/client.ts';
import { openConnection } from '../../../main/c1/connection.ts';
import { createNetwork } from '../../../main/network.ts';
import { FakeClock } from '../fake-clock.ts';
import { FakeC1, makeClient, taskId, type Poll } from './fake-c1.ts';
import { handleAs, serveSecurely, type Handle, type SecureServer } from './secure-server.ts';

let certificate: LoopbackCertificate;
const closing: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  certificate = await makeCertificate(Date.now());
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(handle: Handle): Promise<SecureServer> {
  const server = await serveSecurely(certificate, handle);
  closing.push(server.close);
  return server;
}

function clientFor(port: number, ca: string | undefined = certificate.ca): C1Client {
  const client = makeClient(
    openConnection(`127.0.0.1:${port}`, createNetwork(ca).dial),
    new FakeClock(),
  );
  closing.push(() => client.close());
  return client;
}

describe('over TLS and HTTP/2', () => {
  it('many calls share one connection', async () => {
    const c1 = new FakeC1();
    const { port, sessions } = await serve(handleAs(c1));
    const client = clientFor(port);
    expect(await client.getTask()).toMatchObject({ ok: true });
    await Promise.all([client.getTask(), client.heartbeat(taskId(1)), client.getTask()]);
    expect(c1.polls).toBe(3);
    expect(sessions).toHaveLength(1);
  });

  it('a connection that C1 drops is made anew', async () => {
    const c1 = new FakeC1();
    const { port, sessions } = await serve(handleAs(c1));
    const client = clientFor(port);
    await client.getTask();
    const dropped = sessions[0];
    if (dropped === undefined) throw new Error('no session');
    const gone = once(dropped, 'close');
    dropped.destroy();
    await gone;
    const polls = [await client.getTask(), await client.getTask()];
    expect(polls.at(-1)).toMatchObject({ ok: true });
    expect(sessions).toHaveLength(2);
  });

  it.each<[string, (session: ServerHttp2Session, client: C1Client) => void]>([
    ['that C1 says goodbye on', (session) => session.goaway()],
    ['dropped after sleep', (_, client) => client.reset()],
  ])('a connection %s is replaced with the next call', async (_, end) => {
    const { port, sessions } = await serve(handleAs(new FakeC1()));
    const client = clientFor(port);
    await client.getTask();
    const [first] = sessions;
    if (first === undefined) throw new Error('no session');
    end(first, client);
    // The goodbye may cross the first of them.
    await client.getTask();
    expect(await client.getTask()).toMatchObject({ ok: true });
    expect(sessions).toHaveLength(2);
  });

  it('a call that is open when C1 says goodbye is answered, while the next goes over a new connection', async () => {
    const c1 = new FakeC1();
    const { port, sessions } = await serve(handleAs(c1));
    const client = clientFor(port);
    let answer: (poll: Poll) => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      c1.onPoll = () => {
        resolve();
        return new Promise<Poll>((answered) => (answer = answered));
      };
    });
    const polling = client.getTask();
    await held;
    const [first] = sessions;
    if (first === undefined) throw new Error('no session');
    first.close();
    // The goodbye may cross the first of them, which then goes over the old connection.
    await client.heartbeat(taskId(1));
    expect(await client.heartbeat(taskId(1))).toMatchObject({ ok: true });
    expect(sessions).toHaveLength(2);
    answer({ nextPoll: 7000 });
    expect(await polling).toMatchObject({ ok: true, value: { nextPoll: 7000 } });
  });

  it('calls that are open when the way breaks off fail as unreachable, and the next go over one new connection', async () => {
    const c1 = new FakeC1();
    const { port, sessions, relay } = await serve(handleAs(c1));
    const client = clientFor(port);
    const held = new Promise<void>((resolve) => {
      c1.onPoll = (calls) => {
        if (calls === 2) resolve();
        return new Promise<Poll>(() => undefined);
      };
    });
    const polling = Promise.all([client.getTask(), client.getTask()]);
    await held;
    relay.cut();
    for (const polled of await polling) {
      expect(polled).toMatchObject({ failure: { code: 'c1Unreachable', next: 'wait' } });
    }
    c1.onPoll = () => ({ nextPoll: 1000 });
    for (const polled of await Promise.all([client.getTask(), client.getTask()])) {
      expect(polled).toMatchObject({ ok: true });
    }
    expect(sessions).toHaveLength(2);
  });

  it('a call that a reset breaks off heals like one that the network broke', async () => {
    const c1 = new FakeC1();
    const { port } = await serve(handleAs(c1));
    const client = clientFor(port);
    c1.onPoll = async () => {
      client.reset();
      return await new Promise(() => undefined);
    };
    expect(await client.getTask()).toMatchObject({ failure: { code: 'c1Unreachable' } });
  });

  it('a file arrives whole, and again from its start when the connection broke in mid-upload', async () => {
    const c1 = new FakeC1();
    const { port, sessions } = await serve(handleAs(c1));
    c1.onUpload = ({ msg }, attempt) => {
      if (attempt === 1 && msg.case === 'data') sessions[0]?.destroy();
    };
    const folder = await mkdtemp(path.join(tmpdir(), 'c1-connection-'));
    closing.push(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'sync.c1z');
    await writeFile(file, randomBytes(3_000_000));
    const client = clientFor(port);
    const uploaded = await client.uploadAsset(
      taskId(1),
      file,
      () => undefined,
      new AbortController().signal,
    );
    expect(uploaded).toEqual({ ok: true, value: undefined });
    const whole = c1.uploads.at(-1);
    expect(whole?.sha256).toBe(whole?.claimed);
    expect(whole?.sizes.reduce((sum, size) => sum + size, 0)).toBe(3_000_000);
  });
});

describe('something else than C1', () => {
  it('behind a certificate that isn’t trusted is told as such, and no token goes there', async () => {
    const c1 = new FakeC1();
    const { port } = await serve(handleAs(c1));
    const stranger = await makeCertificate(Date.now());
    expect(await clientFor(port, stranger.ca).getTask()).toMatchObject({
      failure: {
        code: 'certificateUntrusted',
        next: 'chooseCaFile',
        message: expect.stringContaining('isn’t trusted') as string,
      },
    });
    expect(c1.authorizations).toEqual([]);
  });

  it('that answers with a page is taken for a captive portal', async () => {
    const { port } = await serve((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<html>Welcome to the Grand Hotel</html>');
    });
    expect(await clientFor(port).getTask()).toMatchObject({
      failure: {
        code: 'c1Unavailable',
        message: expect.stringContaining('sign-in page') as string,
      },
    });
  });

  it('that doesn’t listen is unreachable', async () => {
    const { port } = await serve(() => undefined);
    for (const close of closing.splice(0)) await close();
    expect(await clientFor(port).getTask()).toMatchObject({
      failure: { code: 'c1Unreachable', detail: 'ECONNREFUSED' },
    });
  });

  it('at a name that doesn’t exist is unreachable', async () => {
    const client = makeClient(
      openConnection('c1.invalid', createNetwork(undefined).dial),
      new FakeClock(),
    );
    closing.push(() => client.close());
    expect(await client.getTask()).toMatchObject({ failure: { code: 'c1Unreachable' } });
  });
});
