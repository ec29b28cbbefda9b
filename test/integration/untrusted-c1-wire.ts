import { once } from 'node:events';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2Session,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { gzipSync } from 'node:zlib';
import type { LoopbackCertificate } from '../sandbox/certificate.ts';
import { portOf } from '../sandbox/c1/relay.ts';
import type { SeededRandom } from '../sandbox/random.ts';
import { bodyFor, frame, noise } from './untrusted-c1-answers.ts';
import {
  cut,
  end,
  LIMIT,
  manyHeaders,
  misframed,
  reply,
  resetAnywhere,
} from './untrusted-c1-replies.ts';

/** Nobody who keeps to the limit takes so much of one answer, whatever lies in buffers on the way. */
const FLOOD = 8 * LIMIT;
const PIECE = new Uint8Array(64 * 1024);
const HEAD = { ':status': 200, 'content-type': 'application/grpc+proto' };
const BOMB = frame(new Uint8Array(gzipSync(new Uint8Array(LIMIT + 1))), 1);
const NO_STATUS = ['', '-1', '17', '99', 'x', '0x10', '1e9', '12x', '4294967308'];
const TYPES = ['text/html', 'application/json', 'application/grpc-web', 'application/grpc+json'];
const PAGES = [204, 301, 302, 400, 401, 403, 404, 429, 500, 502, 503];

/** A C1 over real TLS and HTTP/2 that answers with what no gRPC server should send. */
export class WirePeer {
  /** How often each deed was done. */
  readonly deeds = new Map<string, number>();
  /** Set when nothing more will come for the call under way. */
  silent = false;
  /** Whether a code that C1 may give was given, in due form, since the call began. */
  refused = false;
  /** The most that was taken of an answer without end, in bytes. */
  mostTaken = 0;
  #mood: 'odd' | 'good' = 'odd';
  readonly #random: SeededRandom;
  readonly #server: Http2SecureServer;
  readonly #sessions = new Set<ServerHttp2Session>();

  constructor({ key, cert }: LoopbackCertificate, random: SeededRandom) {
    this.#random = random;
    this.#server = createSecureServer({ key, cert });
    this.#server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('error', ignore).on('close', () => this.#sessions.delete(session));
    });
    this.#server.on('stream', (stream, headers) => {
      stream.on('error', ignore).on('aborted', ignore);
      const path = headers[':path'] ?? '';
      this.#answer(stream, path.slice(path.lastIndexOf('/') + 1));
    });
  }

  async open(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return portOf(this.#server);
  }

  /** A call begins. */
  begin(): void {
    this.silent = false;
    this.refused = false;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#sessions.size;
  }

  /** From now on it is as C1 is. */
  behave(): void {
    this.#mood = 'good';
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #answer(stream: ServerHttp2Stream, rpc: string): void {
    const good = () => reply(stream, [frame(bodyFor(rpc, this.#random))], { 'grpc-status': '0' });
    if (this.#mood === 'good') {
      stream.resume().once('end', good);
      return;
    }
    const [name, deed] = this.#random.pick([
      ['a good answer', good] as const,
      ...this.#odd(stream, rpc),
    ]);

    this.deeds.set(name, (this.deeds.get(name) ?? 0) + 1);
    // What it doesn't read may come before or after its answer.
    if (this.#random.fraction() < 0.8) stream.resume();
    deed();
  }

  #odd(stream: ServerHttp2Stream, rpc: string): readonly (readonly [string, () => void])[] {
    const random = this.#random;
    const body = () => frame(bodyFor(rpc, random));
    const ok = { 'grpc-status': '0' };
    const status = random.pick(NO_STATUS);
    return [
      ['a length that isn’t the message’s', () => reply(stream, [misframed(body(), random)], ok)],
      ['a frame cut short', () => reply(stream, [cut(body(), random)], ok)],
      ['no frame at all', () => reply(stream, [noise(random, 200)], ok)],
      ['nothing', () => reply(stream, [], ok)],
      ['two messages', () => reply(stream, [body(), body()], ok)],
      [
        'byte by byte',
        () =>
          reply(
            stream,
            [...body()].slice(0, 300).map((byte) => Uint8Array.of(byte)),
            ok,
          ),
      ],
      ['compressed, without an encoding', () => reply(stream, [frame(noise(random, 50), 1)], ok)],
      [
        'an encoding that nobody knows, or that doesn’t fit',
        () => {
          const head = { 'grpc-encoding': random.pick(['gzip', 'br', 'identity', '']) };
          reply(stream, [frame(noise(random, 50), 1)], ok, head);
        },
      ],
      [
        'four kilobytes that unpack to four megabytes',
        () => reply(stream, [BOMB], ok, { 'grpc-encoding': 'gzip' }),
      ],
      ['no trailers', () => reply(stream, [body()], null)],
      ['trailers without a status', () => reply(stream, [body()], { 'x-any': 'thing' })],
      ['a status that is none', () => reply(stream, [body()], { 'grpc-status': status })],
      ['a status that is none, in the header', () => end(stream, { 'grpc-status': status })],
      [
        'a status with odd words',
        () => {
          this.refused = true;
          const words = random.pick(['%', '%zz', '%00', 'x'.repeat(10_000)]);
          const details = random.pick(['', '!', 'AAAA', 'CAESAA', 'CIy//7///////wE']);
          const code = String(1 + random.integer(16));
          reply(stream, [], {
            'grpc-status': code,
            'grpc-message': words,
            'grpc-status-details-bin': details,
          });
        },
      ],
      [
        'a code of gRPC’s',
        () => {
          this.refused = true;
          end(stream, { 'grpc-status': String(1 + random.integer(16)) });
        },
      ],
      ['another type', () => reply(stream, [body()], ok, { 'content-type': random.pick(TYPES) })],
      [
        'a page',
        () => {
          stream.respond({
            ':status': random.pick(PAGES),
            'content-type': 'text/html',
            location: 'https://portal.example/',
          });
          stream.end(stream.destroyed ? undefined : '<!doctype html><title>Guest Wi-Fi</title>');
        },
      ],
      ['many headers', () => reply(stream, [body()], ok, manyHeaders(500, 'x'))],
      ['large headers', () => reply(stream, [body()], ok, manyHeaders(6, 'x'.repeat(10_000)))],
      [
        'large trailers',
        () => reply(stream, [body()], { ...ok, ...manyHeaders(6, 'x'.repeat(10_000)) }),
      ],
      ['headers without end', () => this.#inform(stream)],
      ['a reset at any point', () => resetAnywhere(stream, body(), random)],
      ['an endless message', () => this.#flood(stream, Uint8Array.of(0, 255, 255, 255, 255))],
      [
        'endless messages of the longest kind',
        () => this.#flood(stream, Uint8Array.of(0, 0, 0x3f, 0xff, 0xff)),
      ],
      ['endless empty messages', () => this.#flood(stream, new Uint8Array(5))],
      ['silence', () => this.#fallSilent()],
      [
        'silence in the middle',
        () => {
          stream.respond(HEAD);
          stream.write(cut(body(), random));
          this.#fallSilent();
        },
      ],
      [
        'a goodbye',
        () =>
          this.#withSession(stream, (session) =>
            session.goaway(random.integer(14), random.integer(2) * 1000),
          ),
      ],
      ['a broken connection', () => this.#withSession(stream, (session) => session.destroy())],
      [
        'a connection closed in peace',
        () => this.#withSession(stream, (session) => session.close()),
      ],
      [
        'a window of nothing',
        () => {
          stream.session?.settings({ initialWindowSize: random.pick([0, 1, 65_535]) });
          reply(stream, [body()], ok);
        },
      ],
    ];
  }

  #fallSilent(): void {
    this.silent = true;
  }

  #withSession(stream: ServerHttp2Stream, deed: (session: Http2Session) => void): void {
    if (this.#random.fraction() < 0.5) stream.respond(HEAD);
    if (stream.session !== undefined) deed(stream.session);
    this.#fallSilent();
  }

  /** Headers that only inform, one after the other, and no answer. */
  #inform(stream: ServerHttp2Stream): void {
    for (let left = 500; left > 0 && !stream.destroyed; left -= 1) {
      stream.additionalHeaders({ ':status': 103, link: `</x${left}>` });
    }
    this.#fallSilent();
  }

  /** Sends as long as it is taken, and then gives up. */
  #flood(stream: ServerHttp2Stream, first: Uint8Array): void {
    stream.respond(HEAD);
    let taken = 0;
    const more = (piece: Uint8Array) => {
      if (stream.destroyed || taken > FLOOD) {
        stream.close();
        return;
      }
      stream.write(piece, () => {
        taken += piece.length;
        this.mostTaken = Math.max(this.mostTaken, taken);
        more(PIECE);
      });
    };
    more(first);
  }
}

function ignore(): void {
  // Whom it does harm to is on the other side.
}
