import { gzipSync } from 'node:zlib';
import { fromBinary, type DescMessage } from '@bufbuild/protobuf';
import type { Transport } from '@connectrpc/connect';
import { compressionGzip } from '@connectrpc/connect-node';
import { createTransport } from '@connectrpc/connect/protocol-grpc';
import { BatonService } from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { problemsOf } from '../sandbox/c1/check.ts';
import type { SeededRandom } from '../sandbox/random.ts';
import { bodyFor, frame, joined, noise } from './untrusted-c1-answers.ts';

const LIMIT = 4 * 1024 * 1024;
const TOO_LONG = frame(new Uint8Array(LIMIT + 1));
/** Four kilobytes that unpack to four megabytes and a little. */
const BOMB = frame(new Uint8Array(gzipSync(new Uint8Array(LIMIT + 1))), 1);
const HTML = new TextEncoder().encode('<!doctype html><title>Guest Wi-Fi</title>');
const STATUSES = ['', '0', '1', '12', '14', '16', '99', '-1', 'x', '1e9', '4294967296'] as const;
const TYPES = [
  'text/html',
  'application/json',
  'application/grpc-web',
  'application/grpc+json',
  '',
];

interface Answer {
  status: number;
  header: Headers;
  body: Uint8Array[];
  trailer: Headers;
}

/** A C1 below gRPC, in memory: it may answer with any bytes, frames, headers and trailers. */
export class UntrustedPeer {
  /** Answers so far, by call. */
  readonly answers = new Map<string, number>();
  /** Rules that our requests broke; an answer of C1's never makes us break one. */
  readonly violations: string[] = [];
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  get total(): number {
    return [...this.answers.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The same transport as over a network, with its limits, apart from the network. */
  transport(): Transport {
    return createTransport({
      httpClient: async ({ url, body }) => {
        const rpc = url.slice(url.lastIndexOf('/') + 1);
        await this.#read(rpc, body);
        this.answers.set(rpc, (this.answers.get(rpc) ?? 0) + 1);
        const { status, header, body: chunks, trailer } = this.#answer(rpc);
        return { status, header, body: streamed(chunks), trailer };
      },
      baseUrl: 'https://in-memory',
      useBinaryFormat: true,
      interceptors: [],
      acceptCompression: [compressionGzip],
      sendCompression: null,
      compressMinBytes: 1024,
      readMaxBytes: LIMIT,
      writeMaxBytes: 0xffffffff,
    });
  }

  async #read(rpc: string, body: AsyncIterable<Uint8Array> = streamed([])): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const method = BatonService.methods.find(({ name }) => name === rpc);
    if (method === undefined) this.violations.push(`there is no call ${rpc}`);
    else for (const message of frames(joined(chunks))) this.#judge(method.input, message);
  }

  #judge(schema: DescMessage, message: Uint8Array): void {
    const problems = problemsOf(schema, fromBinary(schema, message));
    this.violations.push(...problems.map((problem) => `${schema.name}: ${problem}`));
  }

  #answer(rpc: string): Answer {
    const random = this.#random;
    const answer: Answer = {
      status: 200,
      header: new Headers({ 'content-type': 'application/grpc+proto' }),
      body: [frame(bodyFor(rpc, random))],
      trailer: new Headers({ 'grpc-status': '0' }),
    };
    // So that tasks come about, be worked on and answered, half of the answers are bad in content alone.
    if (random.fraction() < 0.5) spoil(answer, random);
    return answer;
  }
}

/** Does one thing to an answer that no gRPC server should do. */
function spoil(answer: Answer, random: SeededRandom): void {
  const body = joined(answer.body);
  random.pick<() => void>([
    () => (answer.body = [frame(mutated(body.subarray(5), random))]),
    () => (answer.body = [frame(mutated(body.subarray(5), random))]),
    () => (answer.body = [frame(noise(random, 200))]),
    () => (answer.body = [mutated(body, random)]),
    () => (answer.body = [body.subarray(0, random.integer(body.length + 1))]),
    () => (answer.body = [...body].map((byte) => Uint8Array.of(byte)).slice(0, 500)),
    () => (answer.body = [body, body]),
    () => (answer.body = []),
    () =>
      (answer.body = [random.fraction() < 0.1 ? TOO_LONG : Uint8Array.of(0, 255, 255, 255, 255)]),
    () => {
      answer.header.set('grpc-encoding', random.pick(['gzip', 'gzip', 'br', 'x']));
      answer.body = [random.fraction() < 0.1 ? BOMB : frame(noise(random, 50), 1)];
    },
    () => {
      answer.status = random.pick([200, 204, 302, 401, 403, 404, 429, 500, 502, 503]);
      answer.header = new Headers({ 'content-type': 'text/html', location: 'https://example.com' });
      answer.body = [HTML];
      answer.trailer = new Headers();
    },
    () => answer.header.set('content-type', random.pick(TYPES)),
    () => answer.header.delete('content-type'),
    () => (answer.trailer = new Headers()),
    () => answer.trailer.set('grpc-status', random.pick(STATUSES)),
    () => {
      answer.trailer.set('grpc-status', random.pick(STATUSES));
      answer.trailer.set('grpc-message', random.pick(['%', '%zz', '%00', 'x'.repeat(10_000)]));
      answer.trailer.set('grpc-status-details-bin', random.pick(['', '!', 'AAAA', 'CAESAA']));
    },
  ])();
}

/** A few bits turned, bytes put in, taken out or said twice. */
function mutated(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  let mutant = Uint8Array.from(bytes);
  for (let left = 1 + random.integer(4); left > 0; left -= 1) {
    const at = random.integer(mutant.length + 1);
    const [head, tail] = [mutant.subarray(0, at), mutant.subarray(at)];
    const length = random.integer(8);
    mutant = random.pick([
      () => mutant.map((byte, index) => (index === at ? byte ^ (1 << random.integer(8)) : byte)),
      () => mutant.map((byte, index) => (index === at ? random.integer(256) : byte)),
      () => joined([head, noise(random, 8), tail]),
      () => joined([head, tail.subarray(length)]),
      () => joined([head, tail.subarray(0, length), tail]),
    ])() as Uint8Array<ArrayBuffer>;
  }
  return mutant;
}

function* frames(body: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(body.buffer, body.byteOffset);
  for (let at = 0; at < body.length; at += 5 + view.getUint32(at + 1)) {
    yield body.subarray(at + 5, at + 5 + view.getUint32(at + 1));
  }
}

async function* streamed(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield chunk;
  }
}
