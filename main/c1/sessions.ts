import {
  constants,
  type ClientHttp2Stream,
  type Http2Session,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { Duplex } from 'node:stream';
import { Code, ConnectError } from '@connectrpc/connect';
import { Http2SessionManager, type GrpcTransportOptions } from '@connectrpc/connect-node';
import type { Dial } from '../ports.ts';

/**
 * A dead peer is found within 55 s while a call is open, and before the next call after a pause as
 * long as that. An idle connection isn't pinged: gRPC servers take that for abuse, and more than
 * two pings in a row without an answer of theirs in between too (grpc A8), which heartbeats give.
 */
const KEEP_ALIVE = {
  pingIntervalMs: 40_000,
  pingTimeoutMs: 15_000,
  idleConnectionTimeoutMs: 15 * 60_000,
};
const LONGEST_PING_INTERVAL_MS = 320_000;
/** How a gRPC server says so in its goodbye (grpc A8). */
const TOO_MANY_PINGS = Buffer.from('too_many_pings');
/** How often one call dials when what it reaches hangs up at once. */
const DIALS = 3;

/** What Connect's transport asks of it; the package gives that type no name of its own. */
type SessionManager = NonNullable<GrpcTransportOptions['sessionManager']>;

/** Connect's manager asked for a second connection, which is for us to dial. */
class Spent extends Error {}

/**
 * HTTP/2 over connections that the network dials, one at a time (c1-protocol.md §3.1). Each is in
 * the care of a manager of Connect's, which pings it and knows when it is gone: closed, silent, or
 * told to go away. Then the next call dials anew; calls under way on the old one may end there.
 */
export class Sessions implements SessionManager {
  readonly authority: string;
  readonly #dial: Dial;
  readonly #open = new Set<Http2SessionManager>();
  #current: Promise<Http2SessionManager> | undefined;
  #pingIntervalMs = KEEP_ALIVE.pingIntervalMs;
  /** Why everything was dropped the last time; a dial that began before it is dropped too. */
  #dropped: ConnectError | undefined;

  constructor(authority: string, dial: Dial) {
    this.authority = authority;
    this.#dial = dial;
  }

  async request(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    options: Parameters<SessionManager['request']>[3],
  ): Promise<ClientHttp2Stream> {
    for (let dials = 1; ; dials += 1) {
      const current = (this.#current ??= this.#connect());
      try {
        const manager = await current;
        const stream = await manager.request(method, path, headers, options);
        this.#follow(stream.session);
        tellOfSilence(stream);
        return stream;
      } catch (error) {
        if (this.#current === current) this.#current = undefined;
        if (!(error instanceof Spent)) throw error;
        if (dials === DIALS) throw new ConnectError('hung up at once', Code.Unavailable);
      }
    }
  }

  notifyResponseByteRead(stream: ClientHttp2Stream): void {
    for (const manager of this.#open) manager.notifyResponseByteRead(stream);
  }

  /** The next call dials anew; what is under way may end on the old connection. */
  retire(): void {
    this.#current = undefined;
    this.#tidy();
  }

  /** Drops every connection and what is under way on it. */
  abort(reason: ConnectError): void {
    this.#dropped = reason;
    this.#current = undefined;
    for (const manager of this.#open) manager.abort(reason);
    this.#open.clear();
  }

  async #connect(): Promise<Http2SessionManager> {
    this.#tidy();
    const dropped = this.#dropped;
    const { hostname, port } = new URL(this.authority);
    const socket = await this.#dial({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? 443 : Number(port),
      security: { kind: 'tls', speaks: 'h2' },
    });
    if (this.#dropped !== undefined && this.#dropped !== dropped) {
      socket.destroy();
      throw this.#dropped;
    }
    const manager = new Http2SessionManager(
      this.authority,
      { ...KEEP_ALIVE, pingIntervalMs: this.#pingIntervalMs },
      { createConnection: once(socket) },
    );
    this.#open.add(manager);
    return manager;
  }

  /** Called when there is no current connection: all but those with calls under way can go. */
  #tidy(): void {
    for (const manager of this.#open) {
      const state = manager.state();
      if (state === 'open' || state === 'verifying') continue;
      this.#open.delete(manager);
      manager.abort(new ConnectError('no longer used', Code.Canceled));
    }
  }

  /**
   * A session tells of its end only when its socket has closed. Its manager may have let go of it by
   * then: an error that nobody listens to would end the process, and what C1 said would be lost.
   */
  #follow(session: Http2Session | undefined): void {
    if (session === undefined || session.listenerCount('error', ignore) > 0) return;
    session.on('error', ignore);
    session.on('goaway', (_code: number, _last: number, why?: Uint8Array) => {
      if (why !== undefined && TOO_MANY_PINGS.equals(why)) this.#pingLess();
    });
  }

  /** Half as many from the next connection on, as gRPC asks of its clients (A8). */
  #pingLess(): void {
    this.#pingIntervalMs = Math.min(this.#pingIntervalMs * 2, LONGEST_PING_INTERVAL_MS);
  }
}

function ignore(): void {
  // Each call on the session was told by its own stream.
}

/**
 * Connect learns of a stream's end from its answer or its error code. One that ends with neither, as
 * when C1 hangs up just after it has taken a whole request, would leave the call waiting for ever.
 */
function tellOfSilence(stream: ClientHttp2Stream): void {
  let isAnswered = false;
  stream.once('response', () => (isAnswered = true));
  stream.once('close', () => {
    if (isAnswered || stream.rstCode !== constants.NGHTTP2_NO_ERROR) return;
    stream.emit('error', brokenOff());
  });
}

/** Looks like what the system says of a connection that broke, so that it heals like one. */
export function brokenOff(): ConnectError {
  const cause = Object.assign(new Error('connection reset'), { code: 'ECONNRESET' });
  return new ConnectError('connection reset', Code.Unavailable, undefined, undefined, cause);
}

function once(socket: Duplex): () => Duplex {
  let left: Duplex | undefined = socket;
  return () => {
    const given = left;
    left = undefined;
    if (given === undefined) throw new Spent();
    return given;
  };
}
