import { constants } from 'node:http2';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCertificate, type LoopbackCertificate } from '../../sandbox/certificate.ts';
import { openConnection } from '../../../main/c1/connection.ts';
import { createNetwork } from '../../../main/network.ts';
import { FakeClock } from '../fake-clock.ts';
import { FakeC1, makeClient, taskId, type Poll } from './fake-c1.ts';
import { handleAs, serveSecurely } from './secure-server.ts';

const INTERVAL_MS = 40_000;
const TIMEOUT_MS = 15_000;

let certificate: LoopbackCertificate;
const closing: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  certificate = await makeCertificate(Date.now());
});
beforeEach(() => {
  // Node's own sockets keep time by themselves: what stands still is the pings and the deadlines.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0).reverse()) await close();
});

async function connect() {
  const c1 = new FakeC1();
  const server = await serveSecurely(certificate, handleAs(c1));
  closing.push(server.close);
  const dial = createNetwork(certificate.ca).dial;
  const client = makeClient(openConnection(`127.0.0.1:${server.port}`, dial), new FakeClock());
  closing.push(() => client.close());
  return { c1, client, ...server };
}

/** C1 holds the next poll open, as it may; resolves once it does. */
function holdPoll(c1: FakeC1): Promise<void> {
  return new Promise((held) => {
    c1.onPoll = () => {
      held();
      return new Promise<Poll>(() => undefined);
    };
  });
}

function answerPolls(c1: FakeC1): void {
  c1.onPoll = () => ({ nextPoll: 1000 });
}

describe('a C1 that fell silent', () => {
  it('is found by a ping while a call is open: the call ends long before its deadline, and the next goes over a new connection', async () => {
    const { c1, client, relay, sessions } = await connect();
    const held = holdPoll(c1);
    const polling = client.getTask();
    await held;
    relay.forget();
    await vi.advanceTimersByTimeAsync(INTERVAL_MS + TIMEOUT_MS);
    expect(await polling).toMatchObject({ failure: { code: 'c1Unreachable', next: 'wait' } });
    answerPolls(c1);
    expect(await client.getTask()).toMatchObject({ ok: true });
    expect(sessions).toHaveLength(2);
  });

  it('is found before the first call after a pause, which then goes over a new connection', async () => {
    const { client, relay, sessions } = await connect();
    await client.getTask();
    relay.forget();
    await vi.advanceTimersByTimeAsync(INTERVAL_MS + 1);
    const polling = client.getTask();
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
    expect(await polling).toMatchObject({ ok: true });
    expect(sessions).toHaveLength(2);
  });

  it('fails a short call at its deadline, and isn’t called over that connection again', async () => {
    const { client, relay, sessions } = await connect();
    await client.getTask();
    relay.forget();
    const beating = client.heartbeat(taskId(1));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await beating).toMatchObject({ failure: { code: 'c1Unreachable' } });
    expect(await client.heartbeat(taskId(1))).toMatchObject({ ok: true });
    expect(sessions).toHaveLength(2);
  });
});

it('a C1 that holds a call open and answers pings keeps its connection', async () => {
  const { c1, client, sessions } = await connect();
  const held = holdPoll(c1);
  const polling = client.getTask();
  await held;
  const pinged = new Promise((resolve) => sessions[0]?.once('ping', resolve));
  await vi.advanceTimersByTimeAsync(INTERVAL_MS);
  await pinged;
  // Its answer comes after that to the ping.
  expect(await client.heartbeat(taskId(1))).toMatchObject({ ok: true });
  await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
  expect(await client.heartbeat(taskId(1))).toMatchObject({ ok: true });
  expect(sessions).toHaveLength(1);
  client.close();
  expect(await polling).toMatchObject({ ok: false });
});

it('a connection without calls isn’t pinged, which servers take for abuse', async () => {
  const { client, sessions } = await connect();
  await client.getTask();
  let pings = 0;
  sessions[0]?.on('ping', () => (pings += 1));
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  // The ping before this call is the first: nobody had looked for ten minutes.
  const polling = client.getTask();
  expect(await polling).toMatchObject({ ok: true });
  expect(pings).toBe(1);
  expect(sessions).toHaveLength(1);
});

it('a C1 that finds our pings too many gets half as many on the next connection', async () => {
  const { c1, client, sessions } = await connect();
  const held = holdPoll(c1);
  const polling = client.getTask();
  await held;
  const { NGHTTP2_ENHANCE_YOUR_CALM: calm } = constants;
  sessions[0]?.goaway(calm, 0, Buffer.from('too_many_pings'));
  expect(await polling).toMatchObject({ ok: false });
  const again = holdPoll(c1);
  const next = client.getTask();
  await again;
  let pings = 0;
  sessions[1]?.on('ping', () => (pings += 1));
  await vi.advanceTimersByTimeAsync(INTERVAL_MS + 1);
  // A heartbeat is answered after any ping before it.
  expect(await client.heartbeat(taskId(1))).toMatchObject({ ok: true });
  expect(pings).toBe(0);
  client.close();
  await next;
});
