import { ConnectError, Code, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import type { Dial } from '../ports.ts';
import { oneAnswer } from './one-answer.ts';
import { brokenOff, Sessions } from './sessions.ts';

/** A way to call C1, and to hang up. Tests bring one without a network. */
export interface Connection {
  readonly transport: Transport;
  /** The next call opens a new connection; calls under way may end on the old one. */
  renew(): void;
  /** Drops the connection with all calls under way, which end as if the network had broken. */
  reset(): void;
  /** Hangs up for good. */
  close(): void;
}

const LONGEST_MESSAGE = 4 * 1024 * 1024;

/**
 * One HTTP/2 connection over TLS that is opened with the first call, kept alive and rebuilt when
 * it breaks (c1-protocol.md §3.1, §8.2).
 * @param host `host[:port]`
 */
export function openConnection(host: string, dial: Dial): Connection {
  const baseUrl = `https://${host}`;
  const sessionManager = new Sessions(new URL(baseUrl).origin, dial);
  const transport = createGrpcTransport({
    baseUrl,
    sessionManager,
    interceptors: [oneAnswer],
    readMaxBytes: LONGEST_MESSAGE,
  });
  return {
    transport,
    renew: () => sessionManager.retire(),
    reset: () => sessionManager.abort(brokenOff()),
    close: () => sessionManager.abort(new ConnectError('closed', Code.Canceled)),
  };
}
