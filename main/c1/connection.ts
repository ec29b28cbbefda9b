import { rootCertificates } from 'node:tls';
import { ConnectError, Code, type Transport } from '@connectrpc/connect';
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';

/** A way to call C1, and to hang up. Tests bring one without a network. */
export interface Connection {
  readonly transport: Transport;
  close(): void;
}

const KEEP_ALIVE = {
  // Heartbeats answer more often than this, so that gRPC servers never count our pings as too many.
  pingIntervalMs: 60_000,
  pingTimeoutMs: 15_000,
  idleConnectionTimeoutMs: 15 * 60_000,
};
const LONGEST_MESSAGE = 4 * 1024 * 1024;

/**
 * One HTTP/2 connection over TLS that is opened with the first call, kept alive and rebuilt when
 * it breaks (c1-protocol.md §3.1, §8.2).
 * @param host `host[:port]`
 * @param ca certificate authorities in PEM on top of Node's own
 */
export function openConnection(host: string, ca: string | undefined): Connection {
  const baseUrl = `https://${host}`;
  const sessionManager = new Http2SessionManager(baseUrl, KEEP_ALIVE, {
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  });
  const transport = createGrpcTransport({ baseUrl, sessionManager, readMaxBytes: LONGEST_MESSAGE });
  return {
    transport,
    close: () => sessionManager.abort(new ConnectError('closed', Code.Canceled)),
  };
}
