import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ClientRequestArgs } from 'node:http';
import type { buildConnector } from 'undici';
import { createDial } from './dial.ts';
import type { Destination, Dial, Network } from './ports.ts';
import { noProxy, type ProxyFor } from './proxy.ts';
import { trustOf } from './trust.ts';

export interface OwnNetwork extends Network {
  /** Trusts these authorities (PEM) from the next connection on, in place of those named here before. */
  readonly trustAlso: (ca: string | undefined) => void;
}

/**
 * The network of both shells. All that is sent goes over connections of one dial, and so by one
 * trust and one proxy policy: fetch (OAuth), Node's client (xero-node) and C1's gRPC.
 * @param ca certificate authorities in PEM on top of the system's and Node's own
 */
export function createNetwork(ca: string | undefined, proxyFor: ProxyFor = noProxy): OwnNetwork {
  const given = ca === undefined ? [] : [ca];
  let trust = trustOf(given);
  const dial = createDial(() => trust(), proxyFor);
  return {
    fetch: fetchOver(dial),
    agent: new DialAgent(dial),
    dial,
    trustAlso: (more) => {
      trust = trustOf(more === undefined ? given : [...given, more]);
    },
  };
}

/** Loads what it takes when first used: what only reads Xero with a token at hand never does. */
function fetchOver(dial: Dial): typeof fetch {
  let loaded: Promise<typeof fetch> | undefined;
  return async (input, init) => {
    const fetchIt = await (loaded ??= loadFetch(dial));
    return await fetchIt(input, init);
  };
}

async function loadFetch(dial: Dial): Promise<typeof fetch> {
  const [{ default: Agent }, { fetch: undiciFetch }] = await Promise.all([
    import('undici/lib/dispatcher/agent.js'),
    import('undici/lib/web/fetch/index.js'),
  ]);
  const dispatcher = new Agent({ connect: connectorOf(dial) });
  // undici's fetch is the one that Node's types describe; only its type names differ.
  const request: unknown = (input: Parameters<typeof undiciFetch>[0], init?: RequestInit) =>
    undiciFetch(input, { ...(init as Parameters<typeof undiciFetch>[1]), dispatcher });
  return request as typeof fetch;
}

function connectorOf(dial: Dial): buildConnector.connector {
  return ({ hostname, port, protocol }, callback) => {
    dial(destination(hostname, port, protocol)).then(
      // undici's types ask for a net.Socket, which is what the dial makes.
      (socket) => callback(null, socket as Parameters<typeof callback>[1] & object),
      (error: unknown) => callback(asError(error), null),
    );
  };
}

/** Node's own client for HTTP/1.1, over connections of the dial. */
class DialAgent extends HttpsAgent {
  readonly #dial: Dial;

  constructor(dial: Dial, options: AgentOptions = {}) {
    super(options);
    this.#dial = dial;
  }

  override createConnection(
    { host, port }: ClientRequestArgs,
    callback: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.#dial(destination(host ?? 'localhost', String(port ?? ''), 'https:')).then(
      (socket) => callback(null, socket),
      // Node looks at the error first, and at no stream then.
      (error: unknown) => callback(asError(error), undefined as never),
    );
  }
}

function destination(hostname: string, port: string, protocol: string): Destination {
  const plain = protocol === 'http:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (plain ? 80 : 443) : Number(port),
    security: plain ? { kind: 'none' } : { kind: 'tls', speaks: 'http/1.1' },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('unknown');
}
