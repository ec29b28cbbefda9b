import { once } from 'node:events';
import { createServer, type TLSSocket } from 'node:tls';
import { afterEach, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { isAborted } from '../../main/c1/abort.ts';
import { openConnection } from '../../main/c1/connection.ts';
import { heals } from '../../main/c1/errors.ts';
import { createNetwork } from '../../main/network.ts';
import { makeCertificate, type LoopbackCertificate } from '../sandbox/certificate.ts';
import { portOf } from '../sandbox/c1/relay.ts';
import { makeClient } from '../unit/c1/fake-c1.ts';
import { FakeClock, settle } from '../unit/fake-clock.ts';

/** A C1 that breaks HTTP/2 itself (RFC 9113), frame by frame over real TLS. */

const [
  DATA,
  HEADERS,
  RST_STREAM,
  SETTINGS,
  PUSH_PROMISE,
  PING,
  GOAWAY,
  WINDOW_UPDATE,
  CONTINUATION,
] = [0, 1, 3, 4, 5, 6, 7, 8, 9];
const END_HEADERS = 4;
const ACK = 1;
/** `:status: 200` and `content-type: application/grpc`, in HPACK (RFC 7541). */
const OK = Buffer.concat([Buffer.of(0x88, 0x0f, 0x10, 16), Buffer.from('application/grpc')]);
/** One header that isn't indexed: `x: y`. */
const ONE_HEADER = Buffer.of(0, 1, 0x78, 1, 0x79);
const FLOOD = 64 * 1024 * 1024;
const PREFACE = 24;

function frame(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.of()) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** What is sent in answer to a call: once, or without end. */
interface Deed {
  readonly once: readonly Uint8Array[];
  readonly endless?: Uint8Array;
  readonly then?: 'close';
}

const many = (one: Uint8Array) => Buffer.concat(Array.from({ length: 1000 }, () => one));
const hello = frame(SETTINGS, 0, 0);
const headers = frame(HEADERS, END_HEADERS, 1, OK);
const message = frame(DATA, 0, 1, Buffer.alloc(5));

const DEEDS: readonly (readonly [string, Deed])[] = [
  [
    'headers that go on without end',
    {
      once: [hello, frame(HEADERS, 0, 1, OK)],
      endless: many(frame(CONTINUATION, 0, 1, ONE_HEADER)),
    },
  ],
  [
    'headers that can’t be unpacked',
    { once: [hello, frame(HEADERS, END_HEADERS, 1, Buffer.alloc(50, 0xff))] },
  ],
  [
    'headers that continue another stream’s',
    { once: [hello, frame(HEADERS, 0, 1, OK), frame(CONTINUATION, END_HEADERS, 3, OK)] },
  ],
  ['a message before its headers', { once: [hello, message] }],
  ['a message for a call that nobody made', { once: [hello, frame(HEADERS, END_HEADERS, 99, OK)] }],
  [
    'a message that breaks off with the connection',
    { once: [hello, headers, message.subarray(0, 11)], then: 'close' },
  ],
  [
    'more than a window holds',
    {
      once: [
        hello,
        headers,
        ...Array<Uint8Array>(2000).fill(frame(DATA, 0, 1, Buffer.alloc(16_384))),
      ],
    },
  ],
  ['empty frames without end', { once: [hello, headers], endless: many(frame(DATA, 0, 1)) }],
  [
    'a frame of sixteen megabytes',
    { once: [hello, Buffer.of(255, 255, 255, DATA, 0, 0, 0, 0, 1)], endless: Buffer.alloc(65_536) },
  ],
  ['settings without end', { once: [], endless: many(hello) }],
  ['settings of odd length', { once: [frame(SETTINGS, 0, 0, Buffer.alloc(5))] }],
  [
    'settings that nobody may ask for',
    { once: [frame(SETTINGS, 0, 0, Buffer.of(0, 4, 255, 255, 255, 255))] },
  ],
  ['pings without end', { once: [hello], endless: many(frame(PING, 0, 0, Buffer.alloc(8))) }],
  [
    'answers to pings that nobody sent',
    { once: [hello], endless: many(frame(PING, ACK, 0, Buffer.alloc(8))) },
  ],
  [
    'a window that overflows',
    {
      once: [
        hello,
        ...Array<Uint8Array>(3).fill(frame(WINDOW_UPDATE, 0, 0, Buffer.of(127, 255, 255, 255))),
      ],
    },
  ],
  [
    'a window that grows by nothing',
    { once: [hello, frame(WINDOW_UPDATE, 0, 1, Buffer.alloc(4))] },
  ],
  [
    'a promise',
    {
      once: [
        hello,
        frame(PUSH_PROMISE, END_HEADERS, 1, Buffer.concat([Buffer.of(0, 0, 0, 2), OK])),
      ],
    },
  ],
  [
    'resets of calls that nobody made',
    { once: [hello], endless: many(frame(RST_STREAM, 0, 77, Buffer.alloc(4))) },
  ],
  ['goodbyes without end', { once: [hello], endless: many(frame(GOAWAY, 0, 0, Buffer.alloc(8))) }],
  [
    'frames of kinds that nobody knows, without end',
    { once: [hello], endless: many(frame(250, 255, 1, Buffer.alloc(8))) },
  ],
  ['HTTP/1.1', { once: [Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')] }],
  [
    'noise',
    { once: [Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 193) % 251))] },
  ],
  ['nothing', { once: [] }],
  ['the end of the connection', { once: [], then: 'close' }],
];

let certificate: LoopbackCertificate;
beforeAll(async () => {
  certificate = await makeCertificate(Date.now());
});
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A server that answers the first call of each connection with the deed, and counts. */
async function serve(deed: Deed) {
  const seen = { connections: 0, taken: 0 };
  const sockets = new Set<TLSSocket>();
  const { key, cert } = certificate;
  const server = createServer({ key, cert, ALPNProtocols: ['h2'] }, (socket) => {
    seen.connections += 1;
    sockets.add(socket);
    let received = Buffer.of();
    let answered = false;
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (data: Buffer) => {
      if (answered) return;
      received = Buffer.concat([received, data]);
      answered = holdsCall(received);
      if (answered) answer(socket, deed, seen);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: portOf(server), seen };
}

/** Whether the headers of a call have arrived. */
function holdsCall(received: Buffer): boolean {
  for (let at = PREFACE; at + 9 <= received.length; at += 9 + received.readUIntBE(at, 3)) {
    if (received[at + 3] === HEADERS) return true;
  }
  return false;
}

function answer(socket: TLSSocket, { once: first, endless, then }: Deed, seen: { taken: number }) {
  for (const piece of first) socket.write(piece);
  if (then === 'close') socket.end();
  if (endless === undefined) return;
  const more = () => {
    if (socket.destroyed || seen.taken > FLOOD) return;
    socket.write(endless, () => {
      seen.taken += endless.length;
      more();
    });
  };
  more();
}

it.each(DEEDS)('%s in answer to a call ends that call alone', async (_, deed) => {
  const { port, seen } = await serve(deed);
  const { dial } = createNetwork(certificate.ca);
  const client = makeClient(openConnection(`127.0.0.1:${port}`, dial), new FakeClock());
  onTestFinished(() => client.close());
  for (const calls of [1, 2]) {
    const over = new AbortController();
    const call = client.getTask().finally(() => over.abort());
    for (let turns = 1; !isAborted(over.signal); turns += 1) {
      await settle();
      // What is to come has come; the rest is silence, which a deadline ends.
      if (turns % 200 === 0) await vi.advanceTimersByTimeAsync(90_000);
    }
    const answered = await call;
    if (answered.ok) throw new Error('that was no answer');
    expect(heals(answered.failure), answered.failure.detail).toBe(true);
    expect(seen.connections).toBeGreaterThanOrEqual(calls);
    client.reset();
  }
});
