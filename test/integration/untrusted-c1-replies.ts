import { constants, type ServerHttp2Stream } from 'node:http2';
import type { SeededRandom } from '../sandbox/random.ts';

/** How a peer on HTTP/2 answers a call, in due form or not. */

export const LIMIT = 4 * 1024 * 1024;
const HEAD = { ':status': 200, 'content-type': 'application/grpc+proto' };

type Headers = Record<string, string | number>;

/** An answer in due form, with what it is given for form; null ends it without trailers. */
export function reply(
  stream: ServerHttp2Stream,
  body: readonly Uint8Array[],
  trailer: Headers | null,
  head: Headers = {},
): void {
  if (stream.destroyed) return;
  stream.respond({ ...HEAD, ...head }, { waitForTrailers: trailer !== null });
  if (trailer !== null) {
    stream.on('wantTrailers', () => {
      if (!stream.destroyed) stream.sendTrailers(trailer);
    });
  }
  for (const piece of body) stream.write(piece);
  stream.end();
}

/** Says it all in the header. */
export function end(stream: ServerHttp2Stream, head: Headers): void {
  stream.respond({ ...HEAD, ...head }, { endStream: true });
}

export function resetAnywhere(
  stream: ServerHttp2Stream,
  body: Uint8Array,
  random: SeededRandom,
): void {
  const code = random.integer(14);
  const point = random.integer(4);
  if (point > 0) stream.respond(HEAD, { waitForTrailers: point === 3 });
  if (point === 2) stream.write(cut(body, random));
  if (point === 3) {
    stream.on('wantTrailers', () => stream.close(code));
    stream.end(body);
    return;
  }
  setImmediate(() => stream.close(code === constants.NGHTTP2_NO_ERROR ? 2 : code));
}

export function manyHeaders(count: number, value: string): Headers {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, value]));
}

export function misframed(framed: Uint8Array, random: SeededRandom): Uint8Array {
  const wrong = Uint8Array.from(framed);
  const length = random.pick([0, 1, framed.length * 2, LIMIT, LIMIT + 1, 2 ** 31, 2 ** 32 - 1]);
  new DataView(wrong.buffer).setUint32(1, length);
  return wrong;
}

export function cut(framed: Uint8Array, random: SeededRandom): Uint8Array {
  return framed.subarray(0, random.integer(framed.length));
}
