import { gzipSync } from 'node:zlib';
import { Code, ConnectError } from '@connectrpc/connect';
import type { UniversalClientResponse } from '@connectrpc/connect/protocol';
import { describe, expect, it } from 'vitest';
import { taskId, taskOfKind } from './fake-c1.ts';
import { startLoop } from './loop.ts';

/** What stands between us and C1 gives answers that C1 never gave; none of them is C1's last word. */

type Between = () => UniversalClientResponse;

const GRANT = { task: taskOfKind(1, 'grant'), nextPoll: 60_000 };
const PAGE = new TextEncoder().encode('<!doctype html><title>Guest Wi-Fi</title>');
const EMPTY = Uint8Array.of(0, 0, 0, 0, 0);

function page(status: number): Between {
  return () => ({
    status,
    header: new Headers({ 'content-type': 'text/html', location: 'https://portal.example' }),
    body: streamed(PAGE),
    trailer: new Headers(),
  });
}

function grpc(body: readonly Uint8Array[], header = {}, trailer = {}): Between {
  return () => ({
    status: 200,
    header: new Headers({ 'content-type': 'application/grpc+proto', ...header }),
    body: streamed(...body),
    trailer: new Headers({ 'grpc-status': '0', ...trailer }),
  });
}

/** What Node says when the network, the name service or the certificate fails. */
function network(code: string): Between {
  return () => {
    const cause = Object.assign(new Error(code), { code });
    throw new ConnectError(code, Code.Internal, undefined, undefined, cause);
  };
}

/** What Connect makes of a stream that the other side resets with HTTP_1_1_REQUIRED. */
const reset: Between = () => {
  throw new ConnectError('http/2 stream closed', Code.PermissionDenied);
};

async function* streamed(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* chunks;
}

const GARBAGE = Uint8Array.of(1, 0, 0, 0, 3, 7, 7, 7);
const BOMB_BYTES = gzipSync(new Uint8Array(4 * 1024 * 1024 + 1));
const BOMB = Buffer.concat([Uint8Array.of(1, 0, 0, 0x10, 0), BOMB_BYTES]);
BOMB.writeUInt32BE(BOMB_BYTES.length, 1);

/** What it is taken for; null where that is the matter of another test. */
const CASES: readonly (readonly [string, Between, string | null])[] = [
  ['a sign-in page', page(200), 'c1Unavailable'],
  ['a page that isn’t found', page(404), 'c1Unavailable'],
  ['a redirect', page(302), 'c1Unavailable'],
  ['a page that asks for a password', page(401), 'c1Unavailable'],
  ['a page that forbids', page(403), 'c1Unavailable'],
  ['a gateway without C1 behind it', page(502), 'c1Unavailable'],
  ['an error of a server', page(500), 'c1Unavailable'],
  ['an answer without a message', grpc([]), 'c1Unavailable'],
  ['an answer with two messages', grpc([EMPTY, EMPTY]), 'c1Unavailable'],
  ['an answer that breaks off', grpc([EMPTY.subarray(0, 3)]), 'c1Unavailable'],
  [
    'a message that can’t be unpacked',
    grpc([GARBAGE], { 'grpc-encoding': 'gzip' }),
    'c1Unavailable',
  ],
  [
    'a message that unpacks to over 4 MiB',
    grpc([BOMB], { 'grpc-encoding': 'gzip' }),
    'c1Unavailable',
  ],
  ['a message of over 4 MiB', grpc([Uint8Array.of(0, 0, 0x40, 0, 1)]), 'c1Unavailable'],
  ['a status that is none', grpc([EMPTY], {}, { 'grpc-status': '12x' }), 'c1Unavailable'],
  ['a stream that is reset', reset, 'c1Unavailable'],
  ['a certificate that isn’t valid yet', network('CERT_NOT_YET_VALID'), null],
  ['a name that isn’t found', network('ENOTFOUND'), 'c1Unreachable'],
  ['a name service that fails', network('EAI_AGAIN'), 'c1Unreachable'],
];

describe.each(CASES)('%s in place of C1', (_, between, code) => {
  it('is outlasted at the start', async () => {
    const { c1, clock, events, stop, run } = startLoop();
    c1.between = between;
    const ran = run();
    await clock.untilAsleepFor(1000);
    const last = events.all.at(-1);
    expect(last).toMatchObject({ kind: 'offline', because: code === null ? {} : { code } });
    c1.between = undefined;
    await clock.advance(1000);
    await events.until(({ kind }) => kind === 'connected');
    stop.abort();
    await ran;
  });

  it('is outlasted by a loop that asks for many tasks, which goes on asking for many', async () => {
    const parts = { fetch: 'many' } as const;
    const { c1, clock, events, stop, run } = startLoop({}, [], parts);
    const ran = run();
    await clock.untilAsleepFor(60_000);
    c1.between = between;
    await clock.advance(60_000);
    await events.until(({ kind }) => kind === 'offline');
    c1.between = undefined;
    await clock.untilAsleepFor(1000);
    await clock.advance(1000);
    await events.until(({ kind }) => kind === 'answered', 2);
    expect({ many: c1.wanted.length, one: c1.polls }).toEqual({ many: 2, one: 0 });
    stop.abort();
    await ran;
  });

  it('loses no answer', async () => {
    const { c1, clock, finished, stop, run } = startLoop(
      {
        grant: () => {
          c1.between = between;
          return Promise.resolve({ kind: 'success' });
        },
      },
      [GRANT],
    );
    const ran = run();
    expect(await finished()).toMatchObject([{ delivered: false }]);
    c1.between = undefined;
    await clock.untilAsleep(2);
    await clock.advance(1000);
    expect(c1.finished).toMatchObject([{ taskId: taskId(1), finalState: { case: 'success' } }]);
    stop.abort();
    await ran;
  });
});
