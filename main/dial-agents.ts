import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Destination, Dial } from './ports.ts';

type Connected = (error: Error | null, stream: Duplex) => void;

/** Node's own client for HTTP/1.1, over connections of the dial. */
export class DialAgent extends HttpsAgent {
  readonly #dial: Dial;

  constructor(dial: Dial) {
    super();
    this.#dial = dial;
  }

  override createConnection(to: ClientRequestArgs, connected: Connected): undefined {
    hand(this.#dial(destination(to, 'https:')), connected);
  }
}

/** The same without TLS: Node takes no agent of the one kind for the other. */
export class PlainDialAgent extends HttpAgent {
  readonly #dial: Dial;

  constructor(dial: Dial) {
    super();
    this.#dial = dial;
  }

  override createConnection(to: ClientRequestArgs, connected: Connected): undefined {
    hand(this.#dial(destination(to, 'http:')), connected);
  }
}

function hand(dialled: Promise<Duplex>, connected: Connected): void {
  dialled.then(
    (socket) => connected(null, socket),
    // Node looks at the error first, and at no stream then.
    (error: unknown) => connected(asError(error), undefined as never),
  );
}

function destination({ host, port }: ClientRequestArgs, protocol: 'http:' | 'https:'): Destination {
  const plain = protocol === 'http:';
  return {
    host: (host ?? 'localhost').replace(/^\[|\]$/g, ''),
    port: Number(port ?? '') || (plain ? 80 : 443),
    security: plain ? { kind: 'none' } : { kind: 'tls', speaks: 'http/1.1' },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('unknown');
}
